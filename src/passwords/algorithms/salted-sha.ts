import { createHash, timingSafeEqual } from "node:crypto";
import { decodeBase64, toBase64 } from "../base64.js";
import { refuse } from "../problem.js";

/** Where the salt stands in what was hashed, as `SaltPosition` of the protos names it. */
export type SaltPosition = "PREFIX" | "SUFFIX";

/** One round of SHA over the password and a salt, as LDAP servers keep it. */
export interface SaltedShaCredential {
  readonly algorithm: "saltedSha";
  readonly digest: "sha1" | "sha256";
  /** Where the salt stands: "suffix" for password then salt. */
  readonly saltPosition: "prefix" | "suffix";
  /** Base64. */
  readonly salt: string;
  /** Base64. */
  readonly hash: string;
}

const maxSaltBytes = 256;

/** Reads `{SSHA}` and base64 of sha1(password, salt), then the salt. The name of a scheme has no case. */
export const parseSsha = (text: string): SaltedShaCredential => {
  const [, base64] = /^\{SSHA\}(.*)$/is.exec(text) ?? [];
  if (base64 === undefined) return refuse("must be {SSHA} and base64 of the hash and the salt");
  return { algorithm: "saltedSha", digest: "sha1", saltPosition: "suffix", ...split(base64, 20) };
};

/** Reads base64 of sha256(password, salt), then the salt, with `{SSHA256}` in front or without. */
export const parseSsha256 = (text: string, saltPosition: SaltPosition = "SUFFIX"): SaltedShaCredential => {
  const [, base64 = text] = /^\{SSHA256\}(.*)$/is.exec(text) ?? [];
  if (base64.startsWith("{")) refuse("must be base64 of the hash and the salt, with {SSHA256} in front or without");
  return {
    algorithm: "saltedSha",
    digest: "sha256",
    saltPosition: saltPosition === "PREFIX" ? "prefix" : "suffix",
    ...split(base64, 32),
  };
};

const split = (base64: string, digestBytes: number): { salt: string; hash: string } => {
  const name = `hash of ${digestBytes} bytes and salt of 1-${maxSaltBytes} bytes, together`;
  const bytes = decodeBase64(base64, name, { min: digestBytes + 1, max: digestBytes + maxSaltBytes });
  return { salt: toBase64(bytes.subarray(digestBytes)), hash: toBase64(bytes.subarray(0, digestBytes)) };
};

/** Costs microseconds. */
export const verifySaltedSha = (credential: SaltedShaCredential, password: string): boolean => {
  const salt = Buffer.from(credential.salt, "base64");
  const bytes = Buffer.from(password);
  const parts = credential.saltPosition === "prefix" ? [salt, bytes] : [bytes, salt];
  const digest = createHash(credential.digest).update(Buffer.concat(parts)).digest();
  return timingSafeEqual(digest, Buffer.from(credential.hash, "base64"));
};

export const formatSaltedSha = ({ digest, salt, hash }: SaltedShaCredential): string => {
  const base64 = toBase64(Buffer.concat([Buffer.from(hash, "base64"), Buffer.from(salt, "base64")]));
  return `{${digest === "sha1" ? "SSHA" : "SSHA256"}}${base64}`;
};
