import { ErrorReason, RosterError } from "../directory/error.js";
import { Turns } from "../turns.js";

const maxLists = 32;
// Most lists have one page, and a caller asks for many of them at a time.
const maxFirstPages = 4;
// One page is read from the database while another is encoded.
const maxFurtherPages = 2;

/** What one caller has of a server at the moment. */
export class CallerShare {
  calls = 0;
  /** Lists and exports that are under way: each holds some pages. */
  readonly lists = new Turns(maxLists);
  /** Their first pages that are being made, and their further ones: so short lists do not wait for long ones. */
  readonly firstPages = new Turns(maxFirstPages);
  readonly furtherPages = new Turns(maxFurtherPages);

  constructor(readonly caller: string) {}
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
