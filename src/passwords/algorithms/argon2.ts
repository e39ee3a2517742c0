import { timingSafeEqual } from "node:crypto";
import { hashRaw } from "@node-rs/argon2";
import { decodeBase64, toBase64, unpadded } from "../base64.js";
import { readInteger, readParameters, splitParts } from "../parameters.js";
import { refuse } from "../problem.js";

// The library declares its enums `const`, which isolated modules cannot read.
const libraryNumbers = { argon2d: 0, argon2i: 1, argon2id: 2 } as const;
const libraryVersion13 = 1;

type Variant = keyof typeof libraryNumbers;

/** A hash by Argon2 version 1.3. */
export interface Argon2Credential {
  readonly algorithm: "argon2";
  readonly variant: Variant;
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
  /** Base64. */
  readonly salt: string;
  /** Base64. */
  readonly hash: string;
}

const saltBytes = { min: 8, max: 64 };
const hashBytes = { min: 12, max: 128 };
const maxMemoryKib = 256 * 1_024;

/** Reads `$argon2id$v=19$m=65536,t=3,p=4$salt$hash`, also of argon2i and argon2d. */
export const parseArgon2 = (text: string): Argon2Credential => {
  const [variant = "", version, parameters = "", salt = "", hash = ""] = splitParts(text, 5) ?? [];
  if (!isVariant(variant) || version !== "v=19") {
    return refuse("must be $argon2id$v=19$m=…,t=…,p=…$salt$hash, or the same with argon2i or argon2d");
  }
  const { m, t, p } = readParameters(parameters.split(","), ["m", "t", "p"]);
  const lanes = readInteger(p, "p", 1, 16);
  return {
    algorithm: "argon2",
    variant,
    // Argon2 is defined for 8 blocks of 1 KiB in each lane, or more.
    memoryKib: readInteger(m, lanes === 1 ? "m" : `m with p=${lanes}`, 8 * lanes, maxMemoryKib),
    passes: readInteger(t, "t", 1, 10),
    lanes,
    salt: toBase64(decodeBase64(salt, "salt", saltBytes)),
    hash: toBase64(decodeBase64(hash, "hash", hashBytes)),
  };
};

const isVariant = (name: string): name is Variant => Object.hasOwn(libraryNumbers, name);

export const verifyArgon2 = async (credential: Argon2Credential, password: string): Promise<boolean> => {
  const expected = Buffer.from(credential.hash, "base64");
  const derived = await hashRaw(Buffer.from(password), {
    algorithm: libraryNumbers[credential.variant],
    version: libraryVersion13,
    memoryCost: credential.memoryKib,
    timeCost: credential.passes,
    parallelism: credential.lanes,
    salt: Buffer.from(credential.salt, "base64"),
    outputLen: expected.length,
  });
  return timingSafeEqual(derived, expected);
};

export const formatArgon2 = ({ variant, memoryKib, passes, lanes, salt, hash }: Argon2Credential): string =>
  `$${variant}$v=19$m=${memoryKib},t=${passes},p=${lanes}$${unpadded(salt)}$${unpadded(hash)}`;
