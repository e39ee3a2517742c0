import { refuse } from "./problem.js";

/** How many bytes a value may have. */
export interface ByteRange {
  readonly min: number;
  readonly max: number;
}

/**
 * Reads base64 of the standard alphabet, with or without padding, in its one canonical spelling: two texts that differ
 * never give the same bytes, but for the padding.
 */
export const decodeBase64 = (text: string, name: string, { min, max }: ByteRange): Buffer => {
  const digits = text.replace(/={1,2}$/, "");
  const bytes = Buffer.from(digits, "base64");
  const padded = bytes.toString("base64");
  if (text !== padded && text !== padded.replace(/=+$/, "")) {
    refuse(`must have a ${name} in base64 (A-Z, a-z, 0-9, + and /), with or without padding`);
  }
  if (bytes.length < min || bytes.length > max) {
    refuse(`must have a ${name} of ${min === max ? min : `${min}-${max}`} bytes, not ${bytes.length}`);
  }
  return bytes;
};

/** The spelling that is stored: base64 with padding. */
export const toBase64 = (bytes: Buffer): string => bytes.toString("base64");

/** The spelling of modular hash strings: base64 without padding. */
export const unpadded = (base64: string): string => base64.replace(/=+$/, "");
