import { formatArgon2 } from "./algorithms/argon2.js";
import { formatFirebaseScrypt } from "./algorithms/firebase-scrypt.js";
import { formatPbkdf2 } from "./algorithms/pbkdf2.js";
import { formatSaltedSha } from "./algorithms/salted-sha.js";
import { formatScrypt } from "./algorithms/scrypt.js";
import type { PasswordCredential } from "./credential.js";
import type { PasswordHash } from "./parse.js";

/** The inverse of `parsePasswordHash`, in one spelling for each algorithm. A secret: for an export of the directory. */
export const formatPasswordHash = (credential: PasswordCredential): PasswordHash => {
  switch (credential.algorithm) {
    case "bcrypt":
      return { algorithm: "BCRYPT", hash: credential.hash };
    case "scrypt":
      return { algorithm: "SCRYPT", hash: formatScrypt(credential) };
    case "firebaseScrypt":
      return { algorithm: "FIREBASE_SCRYPT", hash: formatFirebaseScrypt(credential) };
    case "pbkdf2":
      return { algorithm: "PBKDF2", hash: formatPbkdf2(credential) };
    case "argon2":
      return { algorithm: "ARGON2", hash: formatArgon2(credential) };
    case "saltedSha": {
      const hash = formatSaltedSha(credential);
      if (credential.digest === "sha1") return { algorithm: "SSHA", hash };
      return { algorithm: "SSHA256", hash, saltPosition: credential.saltPosition === "prefix" ? "PREFIX" : "SUFFIX" };
    }
    default:
      return credential satisfies never;
  }
};
