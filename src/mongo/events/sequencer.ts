import type { Db } from "mongodb";
import type { Clock } from "../../directory/clock.js";
import { firstCursor } from "../../directory/events/event.js";
import { inTransaction } from "../commit/in-transaction.js";
import { type OutboxDocument, outboxCollection } from "../commit/outbox.js";
import type { SessionPool } from "../commit/session-pool.js";
import { isDuplicateKey, isTransient } from "../error.js";
import { findOnce } from "../find.js";
import { type LogDocument, type LogEntry, logCollection, toEntry } from "./log-document.js";
import { newestNumber } from "./newest-number.js";
import { cutAt, type Head, toLogDocuments, toWaiting, type Waiting } from "./numbering.js";

/** Most documents of the outbox, and about how many bytes of them, whose events are appended at once. */
const maxSources = 64;
const maxBytes = 2 * 1_024 * 1_024;

/** Somebody else has appended to the log. */
class Overtaken extends Error {}

/**
 * Gives events their place: takes them from the outbox and appends them to the log. Any number of servers may do this at
 * once, and one may stop at any line; `docs/events.md` says why the log stays right. One at a time is only faster.
 */
export class Sequencer {
  readonly #db: Db;
  readonly #sessions: SessionPool;
  readonly #clock: Pick<Clock, "now">;
  #head: Head | undefined;
  /** How many documents of the outbox to read at a time: fewer when they hold more than an entry of the log takes. */
  #sources = maxSources;

  constructor(db: Db, sessions: SessionPool, clock: Pick<Clock, "now">) {
    this.#db = db;
    this.#sessions = sessions;
    this.#clock = clock;
  }

  /**
   * Appends what waits in the outbox as of a moment after the call, and returns how many events that were. Calls
   * `appended` after each entry, when a majority has it.
   */
  async drain(appended: (entry: LogEntry) => void): Promise<number> {
    for (let count = 0; ; ) {
      const head = this.#head ?? (await this.#takeOver());
      // Whatever fails from here on, the next round finds out what became of it.
      this.#head = undefined;
      const { waiting, all } = await this.#readOutbox();
      if (waiting.length === 0) {
        this.#head = head;
        return count;
      }
      const entries = toLogDocuments(head, waiting, this.#clock.now());
      if (!(await this.#append(head, entries))) continue;
      for (const entry of entries) {
        appended(toEntry(entry));
        count += entry.events.length;
      }
      const newest = entries.at(-1) as LogDocument;
      await this.#removeSources(newest);
      this.#head = { number: newest._id, last: newest.last };
      if (all) return count;
    }
  }

  /** Appends entries behind the head. Returns false when it is not the end of the log any more. */
  async #append(head: Head, entries: readonly LogDocument[]): Promise<boolean> {
    try {
      await this.#sessions.use((session) =>
        inTransaction(session, async () => {
          // A number that is free may have been taken and dropped since: it is behind the newest entry that it has to be.
          if ((await newestNumber(this.#db, session)) !== head.number) throw new Overtaken();
          await this.#log.insertMany(entries, { session });
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof Overtaken || isDuplicateKey(error) || isTransient(error)) return false;
      throw error;
    }
  }

  get #log() {
    return this.#db.collection<LogDocument>(logCollection);
  }

  /** Finds the newest entry and does for it what its writer may not have come to do. */
  async #takeOver(): Promise<Head> {
    const newest = await this.#newest();
    if (!newest) return { number: 0, last: firstCursor };
    await this.#removeSources(newest);
    return { number: newest._id, last: newest.last };
  }

  async #newest(): Promise<LogDocument | null> {
    return this.#log.findOne({}, { sort: { _id: -1 }, projection: { last: 1, sources: 1 } });
  }

  async #removeSources({ sources }: Pick<LogDocument, "sources">): Promise<void> {
    await this.#db.collection<OutboxDocument>(outboxCollection).deleteMany({ _id: { $in: sources } });
  }

  /**
   * What waits, in order, as of one moment: a commit that is seen is seen with everything that it depends on. `all`: there
   * is no more than that.
   */
  async #readOutbox(): Promise<{ waiting: readonly Waiting[]; all: boolean }> {
    const limit = this.#sources;
    const { documents, complete } = await findOnce<OutboxDocument>(this.#db, {
      collection: outboxCollection,
      filter: {},
      sort: { order: 1, _id: 1 },
      limit,
      readConcern: "snapshot",
    });
    const [waiting = []] = cutAt(documents.map(toWaiting), maxBytes);
    const cut = waiting.length < documents.length;
    this.#sources = cut ? waiting.length : Math.min(maxSources, 2 * limit);
    return { waiting, all: complete && documents.length < limit && !cut };
  }
}
