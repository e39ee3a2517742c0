import { verifyArgon2 } from "./algorithms/argon2.js";
import { bcryptCost, verifyBcrypt } from "./algorithms/bcrypt.js";
import { costOf, verifyFirebaseScrypt } from "./algorithms/firebase-scrypt.js";
import { pbkdf2Rounds, verifyPbkdf2 } from "./algorithms/pbkdf2.js";
import { verifySaltedSha } from "./algorithms/salted-sha.js";
import { type ScryptCost, scryptMemory, verifyScrypt } from "./algorithms/scrypt.js";
import type { PasswordCredential } from "./credential.js";

/**
 * Whether the password is the one that the credential was made of. Hashes the UTF-8 of the password as given, but in NFC
 * against a hash that Roster made; works on pool threads, but for SHA; compares in constant time.
 */
export const verifyPassword = async (credential: PasswordCredential, password: string): Promise<boolean> => {
  switch (credential.algorithm) {
    case "bcrypt":
      return verifyBcrypt(credential, password);
    case "scrypt":
      return verifyScrypt(credential, password);
    case "firebaseScrypt":
      return verifyFirebaseScrypt(credential, password);
    case "pbkdf2":
      return verifyPbkdf2(credential, password);
    case "argon2":
      return verifyArgon2(credential, password);
    case "saltedSha":
      return verifySaltedSha(credential, password);
    default:
      return credential satisfies never;
  }
};

/** The bytes of memory that a verification takes beyond a few kilobytes. */
export const verificationMemory = (credential: PasswordCredential): number => {
  switch (credential.algorithm) {
    case "scrypt":
      return scryptMemory(credential);
    case "firebaseScrypt":
      return scryptMemory(costOf(credential));
    case "argon2":
      return credential.memoryKib * 1_024;
    default:
      return 0;
  }
};

/**
 * What a verification takes in milliseconds on the machine of docs/passwords.md, estimated from the parameters of the hash.
 * Other machines differ by some factor, and the algorithms among each other by up to three.
 */
export const estimatedMs = (credential: PasswordCredential): number => {
  switch (credential.algorithm) {
    case "bcrypt":
      return 2 ** bcryptCost(credential) * 0.05;
    case "scrypt":
      return scryptMs(credential);
    case "firebaseScrypt":
      return scryptMs(costOf(credential));
    case "pbkdf2":
      return pbkdf2Rounds(credential) * (credential.digest === "sha256" ? 0.0002 : 0.0005);
    case "argon2":
      return credential.memoryKib * credential.passes * 0.0006;
    case "saltedSha":
      return 0;
    default:
      return credential satisfies never;
  }
};

const scryptMs = ({ n, r, p }: ScryptCost): number => n * r * p * 0.000_35;

/** The same for credentials whose verifications do the same work. */
export const workKey = (credential: PasswordCredential): string => {
  // What is derived from passwords and salts says nothing of the work, but its length does.
  const { hash, ...rest } = credential;
  const parameters = Object.entries(rest).filter(([name]) => !secretNames.has(name));
  return JSON.stringify([parameters, hash.length]);
};

const secretNames = new Set(["salt", "saltSeparator", "signerKey"]);
