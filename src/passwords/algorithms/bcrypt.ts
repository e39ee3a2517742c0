import bcrypt from "bcrypt";
import { readInteger } from "../parameters.js";
import { refuse } from "../problem.js";

/** What bcrypt reads of a password; it ignores the rest. */
export const bcryptMaxBytes = 72;

/** A hash by bcrypt: that of every password that Roster hashes, and of those that were imported so. */
export interface BcryptCredential {
  readonly algorithm: "bcrypt";
  /** `$2b$`, the cost in two digits, `$`, and 53 characters of salt and hash. */
  readonly hash: string;
  /** Whether another system made it. Those that Roster makes are of passwords in NFC, without NUL, of 1-72 bytes. */
  readonly imported: boolean;
}

const form = /^\$2[aby]\$(\d\d)\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})$/;
const digits = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/**
 * Reads `$2a$`, `$2b$` and `$2y$`, which are one algorithm under three names: they differ in how old versions of some
 * libraries treated bytes that are no UTF-8 and passwords over 254 bytes.
 */
export const parseBcrypt = (hash: string): BcryptCredential => {
  const [, cost, salt, digest] = form.exec(hash) ?? [];
  if (cost === undefined || salt === undefined || digest === undefined) {
    return refuse("must be $2a$, $2b$ or $2y$, a cost in two digits, $, and 53 characters of ./A-Za-z0-9");
  }
  readInteger(cost.replace(/^0/, ""), "a cost", 4, 15);
  // 31 characters hold 23 bytes and two bits that must be 0.
  if (digits.indexOf(digest.charAt(30)) % 4 !== 0) refuse("must end in a character that a bcrypt hash can end in");
  // 22 characters hold 16 bytes and four bits. Some old generators filled those; every verifier has to ignore them.
  const last = digits.charAt(digits.indexOf(salt.charAt(21)) & 0b110000);
  return { algorithm: "bcrypt", hash: `$2b$${cost}$${salt.slice(0, 21)}${last}${digest}`, imported: true };
};

/** The cost of a hash: the binary logarithm of its rounds. */
export const bcryptCost = ({ hash }: BcryptCredential): number => Number(hash.slice(4, 6));

/**
 * An imported hash is compared by what the system that made it looked at: the first 72 bytes, as typed, or in NFC, which
 * that system may have been as careful to make as Roster is. One that Roster made never matches a longer password. A
 * password with NUL matches nothing, because bcrypt libraries disagree on it. All of these do the same work.
 */
export const verifyBcrypt = async ({ hash, imported }: BcryptCredential, password: string): Promise<boolean> => {
  const composed = password.normalize("NFC");
  const matchesComposed = await bcrypt.compare(Buffer.from(composed), hash);
  const matchesTyped = composed === password ? matchesComposed : await bcrypt.compare(Buffer.from(password), hash);
  if (password.includes("\0")) return false;
  return imported ? matchesTyped || matchesComposed : matchesComposed && Buffer.byteLength(composed) <= bcryptMaxBytes;
};

/** Why bcrypt cannot take this password in full, if it cannot. */
export const bcryptProblem = (password: string): string | undefined => {
  if (password.includes("\0")) return "must not contain the character NUL";
  const bytes = Buffer.byteLength(password);
  return bytes > bcryptMaxBytes ? tooManyBytes(bytes) : undefined;
};

export const tooManyBytes = (bytes: number): string => `must be at most ${bcryptMaxBytes} bytes of UTF-8, not ${bytes}`;

/** Hashes a new password, which is in NFC already. A password that bcrypt would cut is not hashed. */
export const hashPassword = async (password: string, cost: number): Promise<BcryptCredential | { problem: string }> => {
  const problem = bcryptProblem(password);
  if (problem !== undefined) return { problem };
  return { algorithm: "bcrypt", hash: await bcrypt.hash(password, cost), imported: false };
};

/** A credential of no password, whose verification costs as much as that of a real one. */
export const decoyBcrypt = (cost: number): BcryptCredential => ({
  algorithm: "bcrypt",
  hash: `$2b$${String(cost).padStart(2, "0")}$${".".repeat(53)}`,
  imported: false,
});
