// Estimates how hard passwords are to guess; a thread of its own, see strength.ts. Plain JavaScript, so that a thread can
// be started with this file whether or not the sources are compiled.
import { constants, setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary as common } from "@zxcvbn-ts/language-common";
import { dictionary as english, translations } from "@zxcvbn-ts/language-en";

// On Linux zero is the calling thread; elsewhere it is the whole process.
if (process.platform === "linux") setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);

/**
 * How much of a password is estimated in one piece. The time goes up with the square of the length: 24 characters take
 * about 5 ms, 72 would take ten times that.
 */
const pieceLength = 24;

// Of what the library has, the lists that matter most for the memory they take. A process grows by 55 MiB with these.
const lists = ["passwords-common", "commonWords-en", "firstnames-en", "lastnames-en"];

const estimator = new ZxcvbnFactory({
  dictionary: Object.fromEntries(Object.entries({ ...common, ...english }).filter(([name]) => lists.includes(name))),
  graphs: adjacencyGraphs,
  translations,
  // How many readings of "p@$$w0rd" are tried. The default of 100 takes seconds for some passwords.
  l33tMaxSubstitutions: 5,
});

/** The strength of the strongest piece of the password: who guesses the whole has guessed that piece. */
const estimate = ({ password, known, enough }) => {
  const knownPieces = known.flatMap(pieces);
  const repeated = password.length > pieceLength ? repeatedPart(password) : password;
  const repeats = repeated !== password;
  let best = { score: -1, repeats, advice: [] };
  for (const piece of pieces(repeated)) {
    const { score, feedback } = estimator.check(piece, knownPieces);
    const advice = [feedback.warning ?? "", ...feedback.suggestions].filter((sentence) => sentence !== "");
    if (score > best.score) best = { score, repeats, advice };
    if (score >= enough) break;
  }
  return best;
};

const pieces = (text) => text.match(new RegExp(`.{1,${pieceLength}}`, "gsu")) ?? [];

/** The shortest text that makes the whole when it is repeated, its last time perhaps not to the end. */
const repeatedPart = (text) => {
  for (let length = 1; length <= text.length / 2; length++) {
    if (text.startsWith(text.slice(length))) return text.slice(0, length);
  }
  return text;
};

parentPort.on("message", ({ id, question }) => parentPort.postMessage({ id, strength: estimate(question) }));
