import { setTimeout as sleep } from "node:timers/promises";
import type { AttributedMutation, Outcome } from "../../directory/commit/mutation.js";
import { isTooLarge, isTransient, toRosterError } from "../error.js";
import { giveUp, isConflict } from "./conflict.js";
import { NotToBeShared } from "./transaction.js";

/** Most ordered commits under way. They are large, and the single calls have their own. */
const lanes = 2;
/** How often a whole batch meets others until it is cut in half. */
const maxConflicts = 3;
/** How long a commit is tried again when the database changes its primary, or a single mutation meets others. */
const retryMs = 5_000;

/** What ordered commits share with the others. */
export interface SharedParts {
  /** The values that mutations under way look up. */
  readonly busy: Set<string>;
  /** Runs one transaction, in the order given. */
  attempt(mutations: readonly AttributedMutation<unknown>[]): Promise<Outcome[]>;
  /** Is told that values are not busy any more. */
  onFreed(): void;
}

interface Waiting {
  readonly keys: readonly string[];
  start(): void;
}

/** Runs many mutations of one caller, each batch in one transaction where nobody comes in between. */
export class OrderedCommits {
  readonly #parts: SharedParts;
  readonly #waiting: Waiting[] = [];
  #running = 0;

  constructor(parts: SharedParts) {
    this.#parts = parts;
  }

  /** See `Committer.runInOrder`. */
  async run(
    mutations: readonly AttributedMutation<unknown>[],
    keys: readonly string[],
    signal: AbortSignal,
  ): Promise<Outcome[]> {
    await new Promise<void>((resolve) => {
      this.#waiting.push({ keys, start: resolve });
      this.startNext();
    });
    try {
      return await this.#commit(mutations, signal);
    } finally {
      for (const key of keys) this.#parts.busy.delete(key);
      this.#running--;
      this.startNext();
      this.#parts.onFreed();
    }
  }

  /** Starts what waits, in the order of arrival: call it when values got free. */
  startNext(): void {
    const { busy } = this.#parts;
    for (let next = this.#waiting[0]; next !== undefined && this.#running < lanes; next = this.#waiting[0]) {
      if (next.keys.some((key) => busy.has(key))) return;
      this.#waiting.shift();
      this.#running++;
      for (const key of next.keys) busy.add(key);
      next.start();
    }
  }

  async #commit(mutations: readonly AttributedMutation<unknown>[], signal: AbortSignal): Promise<Outcome[]> {
    const retryUntil = performance.now() + retryMs;
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      const started = performance.now();
      try {
        return await this.#parts.attempt(mutations);
      } catch (error) {
        const commitInTwo = async (index: number) => {
          const first = await this.#commit(mutations.slice(0, index), signal);
          return [...first, ...(await this.#commit(mutations.slice(index), signal))];
        };
        if (error instanceof NotToBeShared) return commitInTwo(error.index);
        if (!isConflict(error) && !isTransient(error)) throw toRosterError(error);
        const durationMs = performance.now() - started;
        // One mutation that keeps meeting another server's must not hold up its neighbours.
        const meets = attempt > maxConflicts && isConflict(error);
        if (mutations.length > 1 && (meets || isTooLarge(error, durationMs))) {
          return commitInTwo(mutations.length >> 1);
        }
        if (performance.now() >= retryUntil) {
          const final = giveUp(error, durationMs);
          if (!isConflict(error)) throw final;
          return mutations.map(() => ({ ok: false, error: final }));
        }
        // The other one may be as large as this one.
        await sleep(Math.random() * Math.min(200, 20 * 2 ** attempt));
      }
    }
  }
}
