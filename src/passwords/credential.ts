import type { Argon2Credential } from "./algorithms/argon2.js";
import { type BcryptCredential, bcryptCost, bcryptMaxBytes } from "./algorithms/bcrypt.js";
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
 * Whether a password that was just verified should be hashed anew: for anything but bcrypt at `cost` or more, as far as every
 * password that was right stays right. Where `hashPassword` then finds that bcrypt cannot take the password in full, the
 * credential stays as it is, too.
 */
export const needsRehash = (credential: PasswordCredential, password: string, cost: number): boolean =>
  credential.algorithm !== "bcrypt" || (bcryptCost(credential) < cost && isComparedInFull(credential, password));

/**
 * Whether the credential, where it matches the password, is of this password and no other. An imported bcrypt hash that
 * matches 72 bytes or more may be that of a longer password, whose rest bcrypt ignores.
 */
export const isComparedInFull = (credential: PasswordCredential, password: string): boolean => {
  if (credential.algorithm !== "bcrypt" || !credential.imported) return true;
  return [password, password.normalize("NFC")].every((form) => Buffer.byteLength(form) < bcryptMaxBytes);
};
