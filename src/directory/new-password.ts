import {
  checkPasswordPolicy,
  HashingOverloaded,
  type PasswordCredential,
  type PasswordHash,
  type PasswordHasher,
  type PasswordOwner,
  parsePasswordHash,
} from "../passwords/index.js";
import { ErrorReason, RosterError } from "./error.js";

/** What requests that set a password have in common; neither is given where none is set. */
export interface NewPassword {
  readonly password?: string | undefined;
  readonly passwordHash?: PasswordHash | undefined;
}

/**
 * The credential to keep for the password or the hash that is given, or undefined when none is. Throws
 * PASSWORD_AND_HASH_GIVEN, PASSWORD_TOO_WEAK, INVALID_PASSWORD_HASH, SALT_POSITION_NOT_ALLOWED or HASHING_OVERLOADED.
 */
export const newCredential = async (
  given: NewPassword,
  owner: () => Promise<PasswordOwner> | PasswordOwner,
  hasher: PasswordHasher,
  signal: AbortSignal,
): Promise<PasswordCredential | undefined> => {
  const { credential, password } = readPassword(given);
  if (password === undefined) return credential;
  await orOverloaded(hasher.ready());
  const checked = await orOverloaded(checkPassword(password, await owner()));
  return orOverloaded(hashChecked(checked, hasher, signal));
};

/** What is to be kept for the hash that is given, or the password that is still to be hashed, or neither. */
export const readPassword = ({
  password,
  passwordHash,
}: NewPassword): { credential?: PasswordCredential; password?: string } => {
  if (password !== undefined && passwordHash !== undefined) throw passwordAndHashGiven();
  if (passwordHash !== undefined) return { credential: parsed(passwordHash) };
  return password === undefined ? {} : { password };
};

/** A new password in the form that is hashed. Throws PASSWORD_TOO_WEAK, or HashingOverloaded. */
export const checkPassword = async (password: string, owner: PasswordOwner): Promise<string> => {
  const policy = await checkPasswordPolicy(password, owner);
  if ("problem" in policy) throw tooWeak([policy.problem]);
  if ("weaknesses" in policy) throw tooWeak(policy.weaknesses);
  return policy.password;
};

/** Hashes a password that was checked. Throws HashingOverloaded. */
export const hashChecked = async (
  password: string,
  hasher: { hash(password: string, signal: AbortSignal): Promise<PasswordCredential | { problem: string }> },
  signal: AbortSignal,
): Promise<PasswordCredential> => {
  const hashed = await hasher.hash(password, signal);
  if ("problem" in hashed) throw tooWeak([hashed.problem]);
  return hashed;
};

/** What the hasher says, with its overload as an error of the directory. */
export const orOverloaded = async <T>(hashing: Promise<T>): Promise<T> => {
  try {
    return await hashing;
  } catch (error) {
    if (!(error instanceof HashingOverloaded)) throw error;
    throw new RosterError(ErrorReason.HASHING_OVERLOADED, error.message, { retryAfterMs: error.retryAfterMs });
  }
};

const parsed = (given: PasswordHash): PasswordCredential => {
  const result = parsePasswordHash(given);
  if (!("problem" in result)) return result;
  const field = `password_hash.${result.field}`;
  const reason =
    result.field === "salt_position" && given.algorithm !== "SSHA256"
      ? ErrorReason.SALT_POSITION_NOT_ALLOWED
      : ErrorReason.INVALID_PASSWORD_HASH;
  throw new RosterError(reason, `${field}: ${result.problem}`, {
    violations: [{ field, description: result.problem }],
  });
};

const tooWeak = (problems: readonly string[]): RosterError =>
  new RosterError(ErrorReason.PASSWORD_TOO_WEAK, `password: ${problems.join(" ")}`, {
    violations: problems.map((description) => ({ field: "password", description })),
  });

const passwordAndHashGiven = (): RosterError =>
  new RosterError(ErrorReason.PASSWORD_AND_HASH_GIVEN, "password and password_hash must not be given together", {
    violations: [{ field: "password_hash", description: "must not be given together with password" }],
  });
