import { hash, randomBytes } from "node:crypto";

const pattern = /^sk_([0-7][0-9A-HJKMNP-TV-Z]{25})_[A-Za-z0-9_-]{43}$/;

/** Makes a secret for the key with this id. */
export const newSecret = (keyId: string): string =>
  `sk_${keyId.slice("key_".length)}_${randomBytes(32).toString("base64url")}`;

/** The id of the key that a secret belongs to; undefined when it has not the form of a secret. */
export const keyIdOf = (secret: string): string | undefined => {
  const ulid = pattern.exec(secret)?.[1];
  return ulid === undefined ? undefined : `key_${ulid}`;
};

/** What is kept of a secret. A fast hash will do: 32 random bytes cannot be guessed. */
export const hashSecret = (secret: string): Buffer => hash("sha256", secret, "buffer");
