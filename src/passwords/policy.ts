import { bcryptMaxBytes, bcryptProblem, tooManyBytes } from "./algorithms/bcrypt.js";
import { estimateStrength } from "./strength.js";

/**
 * The longest text that is taken for a password, as typed: the time of NFC grows with the square of a row of marks. No
 * password that bcrypt takes in full comes near: NFC leaves a text at least a third of its bytes.
 */
export const maxTypedBytes = 4_096;
const minBytes = 8;
/** 2 of 4: more than 10^6 guesses. */
const minScore = 2;

/** What is known of the user whose password it will be. */
export interface PasswordOwner {
  readonly email: string;
  /** First name, last name, name, and whatever else others know of the user. */
  readonly names: readonly string[];
}

/** What the policy says of a password: exactly one of these. */
export type PolicyResult =
  /** The password to hash: in NFC. */
  | { readonly password: string }
  /** Bcrypt would cut it; says what is wrong and what is allowed. */
  | { readonly problem: string }
  /** Too easy to guess: sentences that say what is weak and how to mend it, at least one. */
  | { readonly weaknesses: readonly string[] };

/**
 * Checks a new password. Nothing in the answer but `password` holds a part of it. Throws HashingOverloaded when too many
 * are being checked.
 */
export const checkPasswordPolicy = async (given: string, { email, names }: PasswordOwner): Promise<PolicyResult> => {
  const typedBytes = Buffer.byteLength(given);
  if (typedBytes > maxTypedBytes) return { problem: tooManyBytes(typedBytes) };
  const password = given.normalize("NFC");
  const problem = bcryptProblem(password);
  if (problem !== undefined) return { problem };
  const bytes = Buffer.byteLength(password);
  if (bytes < minBytes) {
    return { weaknesses: [`It has ${bytes} bytes of UTF-8. Use ${minBytes}-${bcryptMaxBytes}.`] };
  }
  const known = [email, ...names].flatMap(wordsOf);
  const { score, advice, repeats } = await estimateStrength({ password, known, enough: minScore });
  if (score >= minScore) return { password };
  const weaknesses: string[] = [];
  if (repeats) weaknesses.push("It repeats itself. Use words that differ.");
  if (known.some((word) => word.length >= 4 && fold(password).includes(word))) {
    weaknesses.push("It holds a part of the user's email or name. Use words that have nothing to do with the user.");
  }
  weaknesses.push(...advice);
  if (weaknesses.length === 0) weaknesses.push("It is easy to guess. Add more words that are less common.");
  return { weaknesses };
};

/** The text as a whole, what white space, @, dots and commas separate in it, and each word. */
const wordsOf = (text: string): string[] => {
  const folded = fold(text);
  const parts = [
    folded,
    folded.split("@")[0] ?? "",
    ...folded.split(/[\s@.,]+/),
    ...folded.split(/[^\p{L}\p{M}\p{N}]+/u),
  ];
  return [...new Set(parts)].filter((part) => part.length >= 3).slice(0, 50);
};

const fold = (text: string): string => text.normalize("NFC").toLowerCase();
