import { type BinaryLike, scrypt, type ScryptOptions, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { decodeBase64, toBase64, unpadded } from "../base64.js";
import { readInteger, readParameters, splitParts } from "../parameters.js";
import { refuse } from "../problem.js";

/** The cost of scrypt: `n` is the cost itself, a power of two. */
export interface ScryptCost {
  readonly n: number;
  readonly r: number;
  readonly p: number;
}

/** A hash by scrypt (RFC 7914). */
export interface ScryptCredential extends ScryptCost {
  readonly algorithm: "scrypt";
  /** Base64. */
  readonly salt: string;
  /** Base64. */
  readonly hash: string;
}

const maxMemory = 64 * 1_024 * 1_024;
const saltBytes = { min: 1, max: 256 };
const hashBytes = { min: 16, max: 128 };

/** Reads `$scrypt$v=1$n=16384,r=8,p=1,kl=64$salt$hash` and the PHC form `$scrypt$ln=14,r=8,p=1$salt$hash`. */
export const parseScrypt = (text: string): ScryptCredential => {
  const plain = splitParts(text, 5);
  if (plain?.[0] === "scrypt" && plain[1] === "v=1") {
    const [, , parameters = "", salt = "", hash = ""] = plain;
    const { n, r, p, kl } = readParameters(parameters.split(","), ["n", "r", "p", "kl"]);
    const cost = readCost(readInteger(n, "n", 2, maxMemory / 128), r, p);
    const length = readInteger(kl, "kl", hashBytes.min, hashBytes.max);
    return credential(cost, salt, hash, { min: length, max: length });
  }
  const phc = splitParts(text, 4);
  if (phc?.[0] === "scrypt") {
    const [, parameters = "", salt = "", hash = ""] = phc;
    const { ln, r, p } = readParameters(parameters.split(","), ["ln", "r", "p"]);
    return credential(readCost(2 ** readInteger(ln, "ln", 1, 19), r, p), salt, hash, hashBytes);
  }
  return refuse("must be $scrypt$v=1$n=…,r=…,p=…,kl=…$salt$hash or $scrypt$ln=…,r=…,p=…$salt$hash");
};

const readCost = (n: number, rText: string, pText: string): ScryptCost => {
  if ((n & (n - 1)) !== 0) refuse("must have n as a power of two");
  const r = readInteger(rText, "r", 1, maxMemory / 256);
  const p = readInteger(pText, "p", 1, 16);
  if (128 * n * r > maxMemory) refuse("must need at most 64 MiB of memory: 128 times n (2^ln) times r");
  if (128 * r * p > maxMemory) refuse("must need at most 64 MiB of memory: 128 times r times p");
  return checkScryptCost({ n, r, p });
};

const credential = (cost: ScryptCost, salt: string, hash: string, length: typeof hashBytes): ScryptCredential => ({
  algorithm: "scrypt",
  ...cost,
  salt: toBase64(decodeBase64(salt, "salt", saltBytes)),
  hash: toBase64(decodeBase64(hash, "hash", length)),
});

/** Refuses what RFC 7914 does not define: n must be less than 2^(16 r). */
export const checkScryptCost = (cost: ScryptCost): ScryptCost =>
  cost.r === 1 && cost.n >= 65_536 ? refuse("must have r of at least 2 with a cost this high") : cost;

/** The bytes of memory that a verification needs, as OpenSSL counts them: three times `maxMemory` at most. */
export const scryptMemory = ({ n, r, p }: ScryptCost): number => 128 * r * (n + p + 2);

/** The key that scrypt derives from a password. */
export const deriveScrypt = (password: string, salt: Buffer, cost: ScryptCost, length: number): Promise<Buffer> => {
  const { n, r, p } = cost;
  return scryptAsync(Buffer.from(password), salt, length, { N: n, r, p, maxmem: scryptMemory(cost) });
};

const scryptAsync = promisify<BinaryLike, BinaryLike, number, ScryptOptions, Buffer>(scrypt);

export const verifyScrypt = async ({ salt, hash, ...cost }: ScryptCredential, password: string): Promise<boolean> => {
  const expected = Buffer.from(hash, "base64");
  const derived = await deriveScrypt(password, Buffer.from(salt, "base64"), cost, expected.length);
  return timingSafeEqual(derived, expected);
};

export const formatScrypt = ({ n, r, p, salt, hash }: ScryptCredential): string =>
  `$scrypt$ln=${Math.log2(n)},r=${r},p=${p}$${unpadded(salt)}$${unpadded(hash)}`;
