import { setImmediate as nextPhase } from "node:timers/promises";

// A request that has arrived at the socket begins its read within so many turns of the event loop.
const phasesToBegin = 4;
/** Longest wait of a part of a list, for each object in it. Beside reads without end, lists so get a third of the time. */
const patienceMs = 0.05;

/** Reads of single objects, for which somebody waits, and the parts of lists, which give way to them. */
export class Foreground {
  #reads = 0;
  readonly #waiting = new Set<() => void>();

  /** Does a read of a single object. Lists give way until it is over. */
  async read<T>(work: () => Promise<T>): Promise<T> {
    this.#reads += 1;
    try {
      return await work();
    } finally {
      this.#reads -= 1;
      if (this.#reads === 0) for (const goOn of this.#waiting) goOn();
    }
  }

  /**
   * Resolves when no read is under way, and none that has arrived is still to begin; or when the wait was long enough for
   * so many objects.
   */
  async giveWay(objects: number): Promise<void> {
    const until = performance.now() + objects * patienceMs;
    for (;;) {
      const left = until - performance.now();
      if (this.#reads > 0 && left > 0) await this.#noReads(left);
      for (let i = 0; i < phasesToBegin; i++) await nextPhase();
      if (this.#reads === 0 || performance.now() >= until) return;
    }
  }

  #noReads(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const goOn = () => {
        clearTimeout(timer);
        this.#waiting.delete(goOn);
        resolve();
      };
      const timer = setTimeout(goOn, withinMs);
      this.#waiting.add(goOn);
    });
  }
}

/** One for the process, because that has one event loop. */
export const foreground: Foreground = new Foreground();
