import type { ZxcvbnFactory } from "@zxcvbn-ts/core";

/** How hard a password is to guess, and what would help. */
export interface Strength {
  /** 0-4: guessed within 10^3, 10^6, 10^8 or 10^10 guesses, or none of these. */
  readonly score: number;
  /** Whether the password is one shorter text over and over, so that only the strength of that counts. */
  readonly repeats: boolean;
  /** Sentences. None where there is nothing to say. */
  readonly advice: readonly string[];
}

/**
 * How much of a password is estimated in one piece. The time goes up with the square of the length, and the event loop
 * waits: 24 characters take it about 5 ms, 72 would take ten times that.
 */
const pieceLength = 24;

// Of what the library has, the lists that matter most for the memory they take. A process grows by 55 MiB with these.
const lists = ["passwords-common", "commonWords-en", "firstnames-en", "lastnames-en"];

const load = async (): Promise<ZxcvbnFactory> => {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
    import("@zxcvbn-ts/language-en"),
  ]);
  const all = { ...common.dictionary, ...english.dictionary };
  return new ZxcvbnFactory({
    dictionary: Object.fromEntries(Object.entries(all).filter(([name]) => lists.includes(name))),
    graphs: common.adjacencyGraphs,
    translations: english.translations,
    // How many readings of "p@$$w0rd" are tried. The default of 100 takes seconds for some passwords.
    l33tMaxSubstitutions: 5,
  });
};

let loaded: Promise<ZxcvbnFactory> | undefined;

/** Loads the lists of words, once; takes about a quarter of a second. A server does it before it serves. */
export const loadStrengthEstimator = (): Promise<ZxcvbnFactory> => {
  loaded ??= load();
  return loaded;
};

/**
 * The strength of the strongest piece of the password: who guesses the whole has guessed that piece. `known` holds words
 * that an attacker tries first. Ends at the first piece of a score of `enough`; other work gets a turn between pieces.
 */
export const estimateStrength = async (
  password: string,
  { known, enough }: { known: readonly string[]; enough: number },
): Promise<Strength> => {
  const estimator = await loadStrengthEstimator();
  const knownPieces = known.flatMap(pieces);
  const repeated = password.length > pieceLength ? repeatedPart(password) : password;
  const repeats = repeated !== password;
  let best: Strength = { score: -1, repeats, advice: [] };
  for (const piece of pieces(repeated)) {
    if (best.score >= 0) await new Promise(setImmediate);
    const { score, feedback } = estimator.check(piece, knownPieces);
    const advice = [feedback.warning ?? "", ...feedback.suggestions].filter((sentence) => sentence !== "");
    if (score > best.score) best = { score, repeats, advice };
    if (score >= enough) break;
  }
  return best;
};

const pieces = (text: string): string[] => text.match(new RegExp(`.{1,${pieceLength}}`, "gsu")) ?? [];

/** The shortest text that makes the whole when it is repeated, its last time perhaps not to the end. */
const repeatedPart = (text: string): string => {
  for (let length = 1; length <= text.length / 2; length++) {
    if (text.startsWith(text.slice(length))) return text.slice(0, length);
  }
  return text;
};
