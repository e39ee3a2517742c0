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
  /** Watches of events among them. */
  watches = 0;
  /** Lists and exports that are under way: each holds some pages. */
  readonly lists = new Turns(maxLists);
  /** Their first pages that are being made, and their further ones: so short lists do not wait for long ones. */
  readonly firstPages = new Turns(maxFirstPages);
  readonly furtherPages = new Turns(maxFurtherPages);

  constructor(readonly caller: string) {}
}

/** Most of what a caller has at a time. */
export interface ShareLimits {
  readonly maxCalls: number;
  readonly maxWatches: number;
}

/** Keeps one caller from having everything. */
export class CallerShares {
  readonly #limits: ShareLimits;
  readonly #shares = new Map<string, CallerShare>();

  constructor(limits: ShareLimits) {
    this.#limits = limits;
  }

  /** Counts a call in. Throws TOO_MANY_CALLS. */
  open(caller: string, isWatch: boolean): CallerShare {
    const { maxCalls, maxWatches } = this.#limits;
    const share = this.#shares.get(caller) ?? new CallerShare(caller);
    if (share.calls >= maxCalls) throw tooMany("calls", maxCalls);
    if (isWatch && share.watches >= maxWatches) throw tooMany("watches", maxWatches);
    share.calls += 1;
    if (isWatch) share.watches += 1;
    this.#shares.set(caller, share);
    return share;
  }

  /** Counts a call out, as it was counted in. */
  close(share: CallerShare, isWatch: boolean): void {
    share.calls -= 1;
    if (isWatch) share.watches -= 1;
    if (share.calls === 0) this.#shares.delete(share.caller);
  }
}

const tooMany = (what: "calls" | "watches", max: number): RosterError =>
  new RosterError(ErrorReason.TOO_MANY_CALLS, `a caller may have ${max} ${what} at a time on one server`, {
    metadata: { [`max_${what}`]: String(max) },
    retryAfterMs: 1_000,
  });
