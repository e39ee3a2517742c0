/** How a turn is waited for. */
export interface TurnOptions {
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
  /** Comes before those that are not, most of the time. Default: false. */
  readonly isUrgent?: boolean;
  /** How long the turn lasts at most: what is done in it goes on beside the next one. */
  readonly atMostMs?: number;
}

// The others get their turn, too, however many urgent ones there are.
const maxUrgentInARow = 4;

/** Lets some do something at a time, and the others wait, first come first served, but most urgent ones before the others. */
export class Turns {
  #free: number;
  readonly #urgent = new Set<() => void>();
  readonly #waiting = new Set<() => void>();
  #urgentInARow = 0;

  /** `max`: how many at a time. */
  constructor(max: number) {
    this.#free = max;
  }

  /** Does something when it is its turn. Rejects with the signal's reason when that comes first. */
  async take<T>(work: () => Promise<T>, options: TurnOptions = {}): Promise<T> {
    await this.begin(options);
    let isOver = false;
    const end = () => {
      if (!isOver) this.end();
      isOver = true;
    };
    const timer = options.atMostMs === undefined ? undefined : setTimeout(end, options.atMostMs);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      end();
    }
  }

  /** Resolves when it is one's turn, which ends with `end`. Rejects with the signal's reason when that comes first. */
  begin({ signal, isUrgent = false }: TurnOptions = {}): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    const waiting = isUrgent ? this.#urgent : this.#waiting;
    return new Promise((resolve, reject) => {
      const leave = () => {
        signal?.removeEventListener("abort", onAbort);
        waiting.delete(begin);
      };
      const begin = () => {
        leave();
        resolve();
      };
      const onAbort = () => {
        leave();
        reject(signal?.reason);
      };
      if (signal?.aborted) return reject(signal.reason);
      signal?.addEventListener("abort", onAbort);
      waiting.add(begin);
    });
  }

  /** Ends a turn that `begin` began: the next one begins. */
  end(): void {
    const isUrgent = this.#urgent.size > 0 && (this.#urgentInARow < maxUrgentInARow || this.#waiting.size === 0);
    this.#urgentInARow = isUrgent ? this.#urgentInARow + 1 : 0;
    const [next] = isUrgent ? this.#urgent : this.#waiting;
    if (next) next();
    else this.#free += 1;
  }
}
