import type { ClockedDb } from "../database-clock.js";
import type { WorkAccount } from "../steady-work.js";
import { Eraser, erasingMs } from "./erase.js";
import type { MongoEventLog } from "./mongo-event-log.js";
import { oneAtATime } from "./one-at-a-time.js";

/** How far a look goes back before the one before it: an entry may have been read before it was erased, and kept after. */
const overlapMs = 60_000;

/** What erasing works with. */
export interface ErasingParts {
  readonly database: ClockedDb;
  readonly log: MongoEventLog;
  readonly account: WorkAccount;
  readonly signal: AbortSignal;
}

/**
 * A server's part in erasing users: it takes up what is written down, and keeps nothing in memory of what is erased by
 * whichever server. The change stream tells of both at once; a look every 10 seconds misses nothing.
 */
export class Erasing {
  readonly #parts: ErasingParts;
  readonly #eraser: Eraser;
  readonly #changed = new Set<number>();
  /** Until when a look has seen everything, by `performance.now()`. */
  #seenUntil = performance.now();
  #timer: NodeJS.Timeout | undefined;
  readonly #run = oneAtATime(() => this.#accounted(() => this.#eraser.run(this.#parts.signal)));
  readonly #reread = oneAtATime(() => this.#accounted(() => this.#rereadChanged()));

  constructor(parts: ErasingParts) {
    this.#parts = parts;
    this.#eraser = new Eraser(parts.database.db, parts.database.clock);
  }

  /** Begins to look. */
  start(): void {
    void this.wake();
    void this.#accounted(() => this.#look());
    this.#timer = setTimeout(() => this.start(), erasingMs);
  }

  /** Resolves when nothing is under way any more; the signal has to be aborted before. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await Promise.all([this.#run(), this.#reread()]);
  }

  /** There is something to erase. */
  wake(): Promise<void> {
    return this.#run();
  }

  /** Events of an entry of the log were erased. */
  entryChanged(number: number): void {
    if (!this.#parts.log.keeps(number)) return;
    this.#changed.add(number);
    void this.#reread();
  }

  async #rereadChanged(): Promise<void> {
    const numbers = [...this.#changed];
    this.#changed.clear();
    if (numbers.length > 0) await this.#parts.log.reread({ _id: { $in: numbers } }, "_id_");
  }

  async #look(): Promise<void> {
    const { database, log } = this.#parts;
    const startedAt = performance.now();
    const since = database.clock.now().getTime() - (startedAt - this.#seenUntil) - overlapMs;
    await log.reread({ erasedAt: { $gte: new Date(since) } }, "erasedAt");
    this.#seenUntil = startedAt;
  }

  /** Keeps the account. What fails is done by the next look. */
  async #accounted(work: () => Promise<void>): Promise<void> {
    const { account, signal } = this.#parts;
    if (signal.aborted) return;
    try {
      await work();
      account.succeeded();
    } catch (error) {
      if (!signal.aborted) account.failed(error);
    }
  }
}
