import { verifyArgon2 } from "./algorithms/argon2.js";
import { verifyBcrypt } from "./algorithms/bcrypt.js";
import { costOf, verifyFirebaseScrypt } from "./algorithms/firebase-scrypt.js";
import { verifyPbkdf2 } from "./algorithms/pbkdf2.js";
import { verifySaltedSha } from "./algorithms/salted-sha.js";
import { scryptMemory, verifyScrypt } from "./algorithms/scrypt.js";
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
