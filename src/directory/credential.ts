import type { PasswordCredential } from "../passwords/index.js";
import type { Entity } from "./commit/table.js";

/** A user's password, kept apart from what can be read of the user. Has the id of its user. */
export interface Credential extends Entity {
  readonly password: PasswordCredential;
}
