import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "mongodb";
import type { Clock } from "../../directory/clock.js";
import { piecesOf } from "../../pieces.js";
import { inTransaction } from "../commit/in-transaction.js";
import { type OutboxDocument, outboxCollection } from "../commit/outbox.js";
import type { SessionPool } from "../commit/session-pool.js";
import { isDuplicateKey, isTransient } from "../error.js";
import { findOnce } from "../find.js";
import {
  type LogDocument,
  type LogEntry,
  logCollection,
  logStart,
  newestEntry,
  outboxBytes,
  positionOf,
  toEntry,
  toLogDocuments,
} from "./log-entries.js";

/** Most documents of the outbox, and about how many bytes of them, whose events are appended at once. */
const maxDocuments = 64;
const maxBytes = 2 * 1_024 * 1_024;

/** How often in a row an append may have to be made anew: servers that number at once meet less often. */
const maxMisses = 10;
/** The longest wait before it is made anew: another server may be within its transaction. */
const maxPauseMs = 500;

/** Another server has appended some of it. Nothing was written. */
class Overtaken extends Error {}

/**
 * Gives events their place: moves them from the outbox to the end of the log, where one transaction appends an entry and
 * deletes the documents that it was made of. Any number of servers may do this at once, and one may stop at any line;
 * `docs/events.md` says why the log stays right. One at a time is only faster.
 *
 * A server of the version before deletes the documents after it has appended the entry, which names them as `sources`.
 * Whoever appends after such an entry deletes these first. It understands entries with no sources, and finds each outbox
 * document either there or in the log.
 */
export class Sequencer {
  readonly #db: Db;
  readonly #sessions: SessionPool;
  readonly #clock: Pick<Clock, "now">;
  /** How many documents of the outbox to read at a time: fewer when they hold more than is appended at once. */
  #limit = maxDocuments;

  constructor(db: Db, sessions: SessionPool, clock: Pick<Clock, "now">) {
    this.#db = db;
    this.#sessions = sessions;
    this.#clock = clock;
  }

  /**
   * Appends what waits in the outbox as of a moment after the call, and returns how many events that were. Calls
   * `appended` after each entry, when a majority has it. Rejects with the database's error, also one that might pass when
   * it does not.
   */
  async drain(appended: (entry: LogEntry) => void): Promise<number> {
    for (let count = 0, misses = 0; ; ) {
      const { waiting, all } = await this.#readOutbox();
      if (waiting.length === 0) return count;
      const entries = await this.#append(waiting);
      if (entries instanceof Error) {
        misses += 1;
        if (misses === maxMisses) throw entries;
        await sleep(Math.random() * Math.min(maxPauseMs, 10 * 2 ** misses));
        continue;
      }
      misses = 0;
      for (const entry of entries) {
        appended(toEntry(entry));
        count += entry.events.length;
      }
      if (all) return count;
    }
  }

  /**
   * Moves documents of the outbox to the end of the log. Returns the error where nothing was written and another try, from
   * what is there then, may succeed: another server came first, or the database had to do with itself.
   */
  async #append(waiting: readonly OutboxDocument[]): Promise<LogDocument[] | Error> {
    try {
      return await this.#sessions.use((session) =>
        inTransaction(session, async () => {
          const outbox = this.#db.collection<OutboxDocument>(outboxCollection);
          const newest = await newestEntry(this.#db, session);
          const done = newest?.sources ?? [];
          if (done.length > 0) await outbox.deleteMany({ _id: { $in: done } }, { session });
          const left = waiting.filter(({ _id }) => !done.some((id) => id.equals(_id)));
          if (left.length === 0) return [];
          const { deletedCount } = await outbox.deleteMany({ _id: { $in: left.map(({ _id }) => _id) } }, { session });
          if (deletedCount !== left.length) throw new Overtaken();
          const entries = toLogDocuments(newest ? positionOf(newest) : logStart, left, this.#clock.now());
          await this.#db.collection<LogDocument>(logCollection).insertMany(entries, { session });
          return entries;
        }),
      );
    } catch (error) {
      if (error instanceof Overtaken || isDuplicateKey(error) || isTransient(error)) return error as Error;
      throw error;
    }
  }

  /**
   * What waits, in order, as of one moment: a commit that is seen is seen with everything that it depends on. `all`: there
   * is no more than that.
   */
  async #readOutbox(): Promise<{ waiting: readonly OutboxDocument[]; all: boolean }> {
    const limit = this.#limit;
    const { documents, complete } = await findOnce<OutboxDocument>(this.#db, {
      collection: outboxCollection,
      filter: {},
      sort: { order: 1, _id: 1 },
      limit,
      readConcern: "snapshot",
      // What is made of an old answer cannot be appended: a majority does not follow a primary that was deposed.
      mayBeOld: true,
    });
    const [waiting = []] = piecesOf(documents, { maxBytes, bytesOf: outboxBytes });
    const cut = waiting.length < documents.length;
    this.#limit = cut ? waiting.length : Math.min(maxDocuments, 2 * limit);
    return { waiting, all: complete && documents.length < limit && !cut };
  }
}
