import { parseArgon2 } from "./algorithms/argon2.js";
import { parseBcrypt } from "./algorithms/bcrypt.js";
import { parseFirebaseScrypt } from "./algorithms/firebase-scrypt.js";
import { parsePbkdf2 } from "./algorithms/pbkdf2.js";
import { parseSsha, parseSsha256, type SaltPosition } from "./algorithms/salted-sha.js";
import { parseScrypt } from "./algorithms/scrypt.js";
import type { PasswordCredential } from "./credential.js";
import { HashProblem } from "./problem.js";

/** Each algorithm that a password hash may come in. */
const parsers = {
  BCRYPT: parseBcrypt,
  SCRYPT: parseScrypt,
  FIREBASE_SCRYPT: parseFirebaseScrypt,
  PBKDF2: parsePbkdf2,
  ARGON2: parseArgon2,
  SSHA: parseSsha,
  SSHA256: parseSsha256,
} as const satisfies Record<string, (hash: string, saltPosition?: SaltPosition) => PasswordCredential>;

/** The name of an algorithm, as in `PasswordHashAlgorithm` of the protos. */
export type PasswordHashAlgorithm = keyof typeof parsers;
export const passwordHashAlgorithms = Object.keys(parsers) as PasswordHashAlgorithm[];

/** A password hash as callers bring it. */
export interface PasswordHash {
  readonly algorithm: PasswordHashAlgorithm;
  readonly hash: string;
  /** Of SSHA256 only. Default: SUFFIX. */
  readonly saltPosition?: SaltPosition | undefined;
}

/** Why a password hash is refused. */
export interface PasswordHashProblem {
  /** The field that is wrong, in proto spelling. */
  readonly field: "algorithm" | "hash" | "salt_position";
  /** What is wrong and what is allowed. Never a part of the hash. */
  readonly problem: string;
}

const maxBytes = 2_048;

/** Reads a password hash into what is stored, or says what is wrong with it. */
export const parsePasswordHash = (given: PasswordHash): PasswordCredential | PasswordHashProblem => {
  const { algorithm, hash, saltPosition } = given;
  if (!Object.hasOwn(parsers, algorithm)) {
    return { field: "algorithm", problem: `must be one of ${passwordHashAlgorithms.join(", ")}` };
  }
  if (saltPosition !== undefined && algorithm !== "SSHA256") {
    return { field: "salt_position", problem: "must be absent with any algorithm but SSHA256" };
  }
  if (saltPosition !== undefined && saltPosition !== "PREFIX" && saltPosition !== "SUFFIX") {
    return { field: "salt_position", problem: "must be PREFIX or SUFFIX" };
  }
  if (hash === "") return { field: "hash", problem: "is required" };
  if (Buffer.byteLength(hash) > maxBytes) return { field: "hash", problem: `must be at most ${maxBytes} bytes` };
  try {
    return parsers[algorithm](hash, saltPosition);
  } catch (error) {
    if (error instanceof HashProblem) return { field: "hash", problem: error.message };
    throw error;
  }
};
