import type { Db } from "mongodb";
import type { Clock } from "../directory/clock.js";
import { idMaker } from "../directory/id.js";

/** A database and its clock. */
export interface ClockedDb {
  readonly db: Db;
  readonly clock: Clock;
}

/**
 * What the primary told of its time, and when by the clock of `performance.now()`, which no setting of the machine's time
 * moves: it was `time` at the primary between `sentAt` and `receivedAt`.
 */
export interface Reading {
  readonly time: Date;
  readonly sentAt: number;
  readonly receivedAt: number;
}

/**
 * The database's clock: the time that the primary told last, and what has passed since. It follows whatever the primary
 * tells, also a step back, and goes on by itself while the primary is away.
 */
export class DatabaseClock implements Clock {
  readonly newId: Clock["newId"] = idMaker(() => this.now());
  /** What to add to `performance.now()`. */
  #offset: number;

  constructor({ time, sentAt, receivedAt }: Reading) {
    this.#offset = time.getTime() - (sentAt + receivedAt) / 2;
  }

  now(): Date {
    return new Date(this.#now());
  }

  /** By how many milliseconds this server's own clock is ahead of the database's; negative where it is behind. */
  get serverAheadMs(): number {
    return Date.now() - this.#now();
  }

  /** Takes a reading. Moves no further than it proves to be needed, so that a slow answer moves nothing. */
  learn({ time, sentAt, receivedAt }: Reading): void {
    const least = time.getTime() - receivedAt;
    // The time is told in whole milliseconds.
    const most = time.getTime() + 1 - sentAt;
    this.#offset = Math.min(Math.max(this.#offset, least), most);
  }

  #now(): number {
    return performance.now() + this.#offset;
  }
}

/** Where it is said that a server's clock is off. */
export interface ClockLog {
  info(line: string): void;
  warn(fields: { readonly offsetSeconds: number }, line: string): void;
}

/** From where on a server's clock is off. */
const offMs = 5_000;

/** Says when a server's clock and the database's are more than five seconds apart, how that changes, and when it is over. */
export class ClockWatch {
  readonly #clock: DatabaseClock;
  readonly #log: ClockLog;
  /** By how much it was off when that was said last. */
  #said = 0;

  constructor(clock: DatabaseClock, log: ClockLog) {
    this.#clock = clock;
    this.#log = log;
  }

  /** To be called after each reading. */
  look(): void {
    const ahead = this.#clock.serverAheadMs;
    const isOff = Math.abs(ahead) > offMs;
    if (isOff && Math.abs(ahead - this.#said) > offMs) {
      this.#said = ahead;
      const seconds = Math.round(Math.abs(ahead) / 1_000);
      this.#log.warn(
        { offsetSeconds: Math.round(ahead / 1_000) },
        `the clock of this server is ${seconds} s ${ahead > 0 ? "ahead of" : "behind"} the database's: one of them is wrong; ` +
          "what is stored goes by the database's",
      );
    } else if (!isOff && this.#said !== 0) {
      this.#said = 0;
      this.#log.info("the clock of this server agrees with the database's again");
    }
  }
}
