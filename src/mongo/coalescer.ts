import { inShares, type Sharer, startShare } from "../traces/spans.js";

interface Waiter<T> extends Sharer {
  resolve(value: T | undefined): void;
  reject(error: unknown): void;
}

/**
 * Turns concurrent reads of single values into few queries of many. A read joins only a query that has not been sent, so
 * it never sees anything older than its own arrival.
 */
export class Coalescer<T> {
  readonly #query: (keys: string[]) => Promise<Map<string, T>>;
  readonly #maxInFlight: number;
  readonly #maxKeys: number;
  #waiting = new Map<string, Waiter<T>[]>();
  #inFlight = 0;
  #scheduled = false;

  /** `query` returns what it found of at most `maxKeys` distinct keys. */
  constructor(query: (keys: string[]) => Promise<Map<string, T>>, { maxInFlight = 2, maxKeys = 500 } = {}) {
    this.#query = query;
    this.#maxInFlight = maxInFlight;
    this.#maxKeys = maxKeys;
  }

  get(key: string): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      const waiters = this.#waiting.get(key);
      const waiter = { resolve, reject, share: startShare("read") };
      if (waiters) waiters.push(waiter);
      else this.#waiting.set(key, [waiter]);
      this.#schedule();
    });
  }

  // Calls that arrive in one read of a socket are handled before the next turn of the event loop; they go together.
  #schedule(): void {
    if (this.#scheduled || this.#inFlight >= this.#maxInFlight) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#waiting.size > 0) void this.#send();
      if (this.#waiting.size > 0) this.#schedule();
    });
  }

  async #send(): Promise<void> {
    const batch = this.#take();
    this.#inFlight += 1;
    try {
      const found = await inShares(waitersOf(batch), () => this.#query([...batch.keys()]));
      for (const [key, waiters] of batch) {
        const value = found.get(key);
        for (const { share, resolve } of waiters) {
          share?.end();
          resolve(value);
        }
      }
    } catch (error) {
      for (const { share, reject } of waitersOf(batch)) {
        share?.end();
        reject(error);
      }
    } finally {
      this.#inFlight -= 1;
      if (this.#waiting.size > 0) this.#schedule();
    }
  }

  #take(): Map<string, Waiter<T>[]> {
    if (this.#waiting.size <= this.#maxKeys) {
      const all = this.#waiting;
      this.#waiting = new Map();
      return all;
    }
    const batch = new Map([...this.#waiting].slice(0, this.#maxKeys));
    for (const key of batch.keys()) this.#waiting.delete(key);
    return batch;
  }
}

function* waitersOf<T>(batch: ReadonlyMap<string, readonly Waiter<T>[]>): Generator<Waiter<T>> {
  for (const waiters of batch.values()) yield* waiters;
}
