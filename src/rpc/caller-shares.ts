import { ErrorReason, RosterError } from "../directory/error.js";

// One page is read from the database while another is encoded.
const maxPages = 2;

/** What one caller has of a server at the moment. */
export class CallerShare {
  calls = 0;
  readonly caller: string;
  #pages = 0;
  readonly #waiting = new Set<() => void>();

  constructor(caller: string) {
    this.caller = caller;
  }

  /**
   * Makes a page of a stream when it is the caller's turn: a caller with many streams waits for itself, and the others do not
   * wait for all of them. Rejects with the signal's reason when that comes first.
   */
  async makePage<T>(signal: AbortSignal, make: () => Promise<T>): Promise<T> {
    if (this.#pages >= maxPages) await this.#turn(signal);
    else this.#pages += 1;
    try {
      return await make();
    } finally {
      const [next] = this.#waiting;
      if (next) next();
      else this.#pages -= 1;
    }
  }

  /** Resolves when another page is made, whose place is then taken. */
  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        signal.removeEventListener("abort", onAbort);
        this.#waiting.delete(begin);
      };
      const begin = () => {
        leave();
        resolve();
      };
      const onAbort = () => {
        leave();
        reject(signal.reason);
      };
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener("abort", onAbort);
      this.#waiting.add(begin);
    });
  }
}

/** Keeps one caller from having everything. */
export class CallerShares {
  readonly #maxCalls: number;
  readonly #shares = new Map<string, CallerShare>();

  /** `maxCalls`: of one caller at a time. */
  constructor(maxCalls: number) {
    this.#maxCalls = maxCalls;
  }

  /** Counts a call in. Throws TOO_MANY_CALLS. */
  open(caller: string): CallerShare {
    const share = this.#shares.get(caller) ?? new CallerShare(caller);
    if (share.calls >= this.#maxCalls) throw tooManyCalls(this.#maxCalls);
    share.calls += 1;
    this.#shares.set(caller, share);
    return share;
  }

  /** Counts a call out. */
  close(share: CallerShare): void {
    share.calls -= 1;
    if (share.calls === 0) this.#shares.delete(share.caller);
  }
}

const tooManyCalls = (max: number): RosterError =>
  new RosterError(ErrorReason.TOO_MANY_CALLS, `a caller may have ${max} calls at a time on one server`, {
    metadata: { max_calls: String(max) },
    retryAfterMs: 1_000,
  });
