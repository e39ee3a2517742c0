import { Worker } from "node:worker_threads";
import { inSpan } from "../traces/spans.js";
import { HashingOverloaded } from "./hashing-pool.js";
import { lowerPoolPriority } from "./low-priority.js";

/** How hard a password is to guess, and what would help. */
export interface Strength {
  /** 0-4: guessed within 10^3, 10^6, 10^8 or 10^10 guesses, or none of these. */
  readonly score: number;
  /** Whether the password is one shorter text over and over, so that only the strength of that counts. */
  readonly repeats: boolean;
  /** Sentences. None where there is nothing to say. */
  readonly advice: readonly string[];
}

/** A password to estimate. */
export interface StrengthQuestion {
  readonly password: string;
  /** Words that an attacker tries first. */
  readonly known: readonly string[];
  /** The score at which the estimate may end. */
  readonly enough: number;
}

interface Waiting {
  resolve(strength: Strength): void;
  reject(error: Error): void;
}

/** Most estimates that wait for the thread; each takes some milliseconds. */
const maxWaiting = 64;
const retryAfterMs = 500;

/**
 * Asks a thread, so that the event loop does not wait. It starts with the first question, which therefore takes half a
 * second more, and loads the lists of words: a server that is never given a password does without their memory.
 */
class StrengthEstimator {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #lastId = 0;

  /** Throws HashingOverloaded when too many wait. */
  async ask(question: StrengthQuestion): Promise<Strength> {
    // First, for it may tell the threads of the pool from others by what they do.
    await lowerPoolPriority();
    if (this.#waiting.size >= maxWaiting) throw new HashingOverloaded(retryAfterMs);
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      this.#waiting.set(id, { resolve, reject });
      this.#worker ??= this.#start();
      this.#worker.ref();
      this.#worker.postMessage({ id, question });
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL("./strength-worker.mjs", import.meta.url));
    worker.on("message", ({ id, strength }: { id: number; strength: Strength }) => {
      this.#waiting.get(id)?.resolve(strength);
      this.#waiting.delete(id);
      // A thread without work does not keep the process from ending.
      if (this.#waiting.size === 0) worker.unref();
    });
    worker.on("error", (error) => this.#fail(error));
    return worker;
  }

  /** The next question starts another thread. */
  #fail(error: Error): void {
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

const strengthSpan = () => ({ name: "estimate password strength" });

const estimator = new StrengthEstimator();

/** The strength of the strongest piece of a password. Throws HashingOverloaded when too many wait for theirs. */
export const estimateStrength = (question: StrengthQuestion): Promise<Strength> =>
  inSpan(strengthSpan, () => estimator.ask(question));
