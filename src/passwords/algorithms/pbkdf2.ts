import { pbkdf2, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { decodeBase64, toBase64, unpadded } from "../base64.js";
import { readInteger, readParameters, splitParts } from "../parameters.js";
import { refuse } from "../problem.js";

const digestBytes = { sha256: 32, sha512: 64 } as const;

type Digest = keyof typeof digestBytes;

/** A hash by PBKDF2 with HMAC of the digest. */
export interface Pbkdf2Credential {
  readonly algorithm: "pbkdf2";
  readonly digest: Digest;
  readonly iterations: number;
  /** Base64. */
  readonly salt: string;
  /** Base64. */
  readonly hash: string;
}

const saltBytes = { min: 1, max: 256 };
const hashBytes = { min: 16, max: 512 };
// A hash longer than its digest costs the iterations once more for each block of it.
const maxRounds = 4_000_000;

/** Reads `$pbkdf2$i=600000,d=sha256$salt$hash` and passlib's `$pbkdf2-sha256$600000$salt$hash`. */
export const parsePbkdf2 = (text: string): Pbkdf2Credential => {
  const [name = "", parameters = "", salt = "", hash = ""] = splitParts(text, 4) ?? [];
  if (name === "pbkdf2") {
    const { i, d } = readParameters(parameters.split(","), ["i", "d"]);
    if (!isDigest(d)) return refuse("must have d as sha256 or sha512");
    return credential(d, i, salt, hash);
  }
  const [, digest = ""] = /^pbkdf2-(\w+)$/.exec(name) ?? [];
  // Passlib writes "." where base64 has "+".
  if (isDigest(digest)) return credential(digest, parameters, salt.replaceAll(".", "+"), hash.replaceAll(".", "+"));
  return refuse("must be $pbkdf2$i=…,d=…$salt$hash, $pbkdf2-sha256$…$salt$hash or $pbkdf2-sha512$…$salt$hash");
};

const isDigest = (name: string): name is Digest => Object.hasOwn(digestBytes, name);

const credential = (digest: Digest, count: string, saltText: string, hashText: string): Pbkdf2Credential => {
  const iterations = readInteger(count, "iterations", 1_000, 2_000_000);
  const salt = decodeBase64(saltText, "salt", saltBytes);
  const hash = decodeBase64(hashText, "hash", hashBytes);
  const blocks = blocksOf(digest, hash);
  if (iterations * blocks > maxRounds) {
    refuse(
      `must have fewer iterations or a shorter hash: ${blocks} blocks of ${digest} may have ${maxRounds / blocks}`,
    );
  }
  return { algorithm: "pbkdf2", digest, iterations, salt: toBase64(salt), hash: toBase64(hash) };
};

const blocksOf = (digest: Digest, hash: Buffer): number => Math.ceil(hash.length / digestBytes[digest]);

/** How often the digest's HMAC is computed: the iterations, once for each block of it in the hash. */
export const pbkdf2Rounds = ({ digest, iterations, hash }: Pbkdf2Credential): number =>
  iterations * blocksOf(digest, Buffer.from(hash, "base64"));

export const verifyPbkdf2 = async (credential: Pbkdf2Credential, password: string): Promise<boolean> => {
  const { digest, iterations, salt } = credential;
  const expected = Buffer.from(credential.hash, "base64");
  const key = Buffer.from(password);
  const derived = await promisify(pbkdf2)(key, Buffer.from(salt, "base64"), iterations, expected.length, digest);
  return timingSafeEqual(derived, expected);
};

export const formatPbkdf2 = ({ digest, iterations, salt, hash }: Pbkdf2Credential): string =>
  `$pbkdf2$i=${iterations},d=${digest}$${unpadded(salt)}$${unpadded(hash)}`;
