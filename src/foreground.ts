import { setImmediate as nextPhase } from "node:timers/promises";

// In these a request that has come is read, and its query begins.
const phasesToBegin = 4;
/** How long parts of lists are put off, for each object in them: among reads without end they have a third of the time. */
const patienceMs = 0.05;

/** Reads of single objects, for which somebody waits, and the parts of lists, which give way to them. */
export class Foreground {
  #reads = 0;
  readonly #waiting = new Set<() => void>();

  /** The result of a read, to which lists give way until it is there. */
  async read<T>(work: () => Promise<T>): Promise<T> {
    this.#reads += 1;
    try {
      return await work();
    } finally {
      this.#reads -= 1;
      if (this.#reads === 0) for (const goOn of this.#waiting) goOn();
    }
  }

  /** Resolves when no read is under way, also none that has come but has not begun, or when these objects waited enough. */
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

/** Of this process, which has one event loop. */
export const foreground: Foreground = new Foreground();
