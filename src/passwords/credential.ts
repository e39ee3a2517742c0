import type { Argon2Credential } from "./algorithms/argon2.js";
import { type BcryptCredential, bcryptCost } from "./algorithms/bcrypt.js";
import type { FirebaseScryptCredential } from "./algorithms/firebase-scrypt.js";
import type { Pbkdf2Credential } from "./algorithms/pbkdf2.js";
import type { SaltedShaCredential } from "./algorithms/salted-sha.js";
import type { ScryptCredential } from "./algorithms/scrypt.js";

/**
 * What is kept of a password, as plain data: strings, numbers and booleans only. Every credential that exists was checked
 * on arrival, so that a verification can fail for nothing but the password.
 */
export type PasswordCredential =
  | BcryptCredential
  | ScryptCredential
  | FirebaseScryptCredential
  | Pbkdf2Credential
  | Argon2Credential
  | SaltedShaCredential;

/**
 * Whether a password that was just verified should be hashed anew: for anything but bcrypt at `cost` or more. Where
 * `hashPassword` then finds that bcrypt cannot take the password in full, the credential stays as it is.
 */
export const needsRehash = (credential: PasswordCredential, cost: number): boolean =>
  credential.algorithm !== "bcrypt" || bcryptCost(credential) < cost;
