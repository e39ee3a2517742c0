import { formatPasswordHash, type PasswordCredential } from "../passwords/index.js";
import type { Entity } from "./commit/table.js";
import type { Draft } from "./commit/working-set.js";

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

/** A password for a user, compared with the one that the user has. */
export interface ComparedPassword {
  /** What to keep. Undefined where the password is the user's already. */
  readonly credential?: PasswordCredential | undefined;
  /** What it was compared with. Absent where nothing depends on that. */
  readonly compared?: { readonly to: PasswordCredential | undefined };
}

/** The user's password has changed since another one was compared with it. */
export class CredentialMoved extends Error {}

/** Throws CredentialMoved when the user's password is not what a new one was compared with. Looks up the password. */
export const requireUnmoved = (draft: Draft, userId: string | undefined, { compared }: ComparedPassword): void => {
  if (compared === undefined) return;
  const stored = userId === undefined ? undefined : draft.credentials.find("id", userId)?.password;
  if (!isSamePassword(stored, compared.to)) throw new CredentialMoved();
};
