import { setTimeout as sleep } from "node:timers/promises";
import { forOperator } from "./error.js";

/** What a server does for as long as it runs, beside calls: how metrics name it, and what the log calls it. */
const steadyWorks = {
  event_numbering: "giving events their place in the order",
  event_reading: "reading new events",
  event_dropping: "dropping old events",
  erasing: "erasing what is stored of deleted users",
  change_stream: "hearing of changes at the database",
  heartbeat: "telling the other servers that this one runs",
} as const;

export type SteadyWork = keyof typeof steadyWorks;

/** Where work that fails is told of. */
export interface WorkLog {
  info(line: string): void;
  error(fields: { err: unknown }, line: string): void;
}

/** The steady work of one server, with how often a try of each has failed. */
export class SteadyWorks {
  readonly failures: Readonly<Record<SteadyWork, number>> & Record<string, number>;
  readonly #log: WorkLog;

  constructor(log: WorkLog) {
    this.#log = log;
    this.failures = Object.fromEntries(Object.keys(steadyWorks).map((work) => [work, 0])) as SteadyWorks["failures"];
  }

  /** What keeps the account of one of them. */
  account(work: SteadyWork): WorkAccount {
    const name = steadyWorks[work];
    return new WorkAccount({
      onFailure: () => {
        (this.failures as Record<string, number>)[work] = this.failures[work] + 1;
      },
      onTrouble: (err) => this.#log.error({ err }, `${name} fails; it is tried again, every two seconds at last`),
      onRecovery: (failedMs) => this.#log.info(`${name} works again, after ${Math.round(failedMs / 1_000)} s`),
    });
  }
}

interface AccountParts {
  onFailure(): void;
  /** It has failed for a second; `cause` may be logged. Called once until it recovers. */
  onTrouble(cause: unknown): void;
  onRecovery(failedMs: number): void;
}

/** Shorter failures are the change of a primary, or a collection that is too new to be read. */
const tellAfterMs = 1_000;
const firstPauseMs = 100;
const longestPauseMs = 2_000;

/** Keeps the account of work that is tried again and again, and slows it down while it fails. */
export class WorkAccount {
  readonly #parts: AccountParts;
  #failingSince: number | undefined;
  #isTold = false;
  #pauseMs = firstPauseMs;

  constructor(parts: AccountParts) {
    this.#parts = parts;
  }

  /** For how many milliseconds every try has failed; 0 where the last one succeeded. */
  get failingMs(): number {
    return this.#failingSince === undefined ? 0 : performance.now() - this.#failingSince;
  }

  succeeded(): void {
    if (this.#isTold) this.#parts.onRecovery(this.failingMs);
    this.#failingSince = undefined;
    this.#isTold = false;
    this.#pauseMs = firstPauseMs;
  }

  failed(error: unknown): void {
    this.#failingSince ??= performance.now();
    this.#parts.onFailure();
    if (this.#isTold || this.failingMs < tellAfterMs) return;
    this.#isTold = true;
    this.#parts.onTrouble(forOperator(error));
  }

  /** Waits before the next try: longer each time, up to two seconds, but not after the signal. */
  async pause(signal: AbortSignal): Promise<void> {
    const ms = this.#pauseMs;
    this.#pauseMs = Math.min(longestPauseMs, 2 * ms);
    await sleep(ms, undefined, { signal }).catch(() => {});
  }
}
