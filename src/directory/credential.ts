import { formatPasswordHash, type PasswordCredential } from "../passwords/index.js";
import type { Entity } from "./commit/table.js";

/** A user's password, kept apart from what can be read of the user. Has the id of its user. */
export interface Credential extends Entity {
  readonly password: PasswordCredential;
}

/** Whether two passwords are kept as the same hash, wherever each came from. */
export const isSamePassword = (a: PasswordCredential | undefined, b: PasswordCredential | undefined): boolean => {
  if (a === undefined || b === undefined) return a === b;
  const [x, y] = [formatPasswordHash(a), formatPasswordHash(b)];
  return x.algorithm === y.algorithm && x.hash === y.hash && x.saltPosition === y.saltPosition;
};
