import { createHmac } from "node:crypto";

/** How many bytes the key has. */
export const secretKeyBytes = 32;

/** What a digest is for. Two purposes never have the same digest, whatever their texts. */
export type DigestPurpose =
  /** The part of a request's fingerprint that covers `password_hash`. */
  | "request password hash"
  /** The email that failed sign-ins are counted for. */
  | "attempts email"
  /** The IP address that failed sign-ins are counted for. */
  | "attempts address"
  /** Tells whether two servers have the same key. */
  | "key check";

/**
 * The key of what is stored only to be compared: short or guessable texts, which a plain hash would not hide from somebody
 * who has the database. All servers of a deployment have the same one.
 */
export class SecretKey {
  readonly #key: Buffer;

  /** Throws when it has not `secretKeyBytes` bytes. */
  constructor(key: Buffer) {
    if (key.length !== secretKeyBytes) throw new Error(`the secret key must have ${secretKeyBytes} bytes`);
    this.#key = key;
  }

  /** HMAC-SHA-256 of the purpose and the text, in base64: 44 characters. */
  digest(purpose: DigestPurpose, text: string): string {
    return createHmac("sha256", this.#key).update(purpose).update("\0").update(text).digest("base64");
  }
}
