import type { Db } from "mongodb";
import { eventIdPrefix, firstCursor, organizationIdOf, userIdOf } from "../../directory/events/event.js";
import { eventBytes } from "../../directory/events/page.js";
import { idAfter, ulidAt } from "../../directory/id.js";
import { type OutboxDocument, outboxCollection } from "../commit/outbox.js";
import { isDuplicateKey } from "../error.js";
import { findOnce } from "../find.js";
import { type LogDocument, type LogEntry, logCollection, toEntry } from "./log-document.js";

const maxSources = 64;
// MongoDB takes 16 MiB in a document; what is less lives shorter in memory.
const maxBytes = 2 * 1_024 * 1_024;

/** The newest entry of the log, of which the sources are gone from the outbox. */
interface Head {
  readonly number: number;
  readonly last: string;
}

/**
 * Gives events their place: takes them from the outbox and appends them to the log. Any number of servers may do this at
 * once, and one may stop at any line; `docs/events.md` says why the log stays right. One at a time is only faster.
 */
export class Sequencer {
  readonly #db: Db;
  #head: Head | undefined;
  /** How many documents of the outbox to read at a time: fewer when they hold more than an entry of the log takes. */
  #sources = maxSources;

  constructor(db: Db) {
    this.#db = db;
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
      const entry = toLogDocument(head, waiting);
      try {
        await this.#log.insertOne(entry);
      } catch (error) {
        // Another server has appended this number.
        if (isDuplicateKey(error)) continue;
        throw error;
      }
      appended(toEntry(entry));
      await this.#removeSources(entry);
      this.#head = { number: entry._id, last: entry.last };
      count += entry.events.length;
      if (all) return count;
    }
  }

  /** Drops entries whose events are all from before `time`, but never the newest entry. */
  async trim(time: Date): Promise<void> {
    const newest = await this.#newest();
    if (!newest) return;
    const place = `${eventIdPrefix}_${ulidAt(time)}`;
    await this.#log.deleteMany({ last: { $lt: place }, _id: { $lt: newest._id } });
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
  async #readOutbox(): Promise<{ waiting: OutboxDocument[]; all: boolean }> {
    const limit = this.#sources;
    const { documents, complete } = await findOnce<OutboxDocument>(this.#db, {
      collection: outboxCollection,
      filter: {},
      sort: { order: 1, _id: 1 },
      limit,
      readConcern: "snapshot",
    });
    let bytes = 0;
    const waiting = documents.filter((document, i) => {
      for (const event of document.events) bytes += eventBytes(event);
      return i === 0 || bytes <= maxBytes;
    });
    const cut = waiting.length < documents.length;
    this.#sources = cut ? waiting.length : Math.min(maxSources, 2 * limit);
    return { waiting, all: complete && documents.length < limit && !cut };
  }
}

const toLogDocument = (head: Head, waiting: readonly OutboxDocument[]): LogDocument => {
  let last = head.last;
  const events = waiting.flatMap(({ events }) =>
    events.map((event) => {
      last = idAfter(eventIdPrefix, last);
      return { id: last, ...event };
    }),
  );
  return {
    _id: head.number + 1,
    after: head.last,
    last,
    sources: waiting.map(({ _id }) => _id),
    events,
    userIds: [...new Set(events.flatMap((event) => userIdOf(event) ?? []))],
    organizationIds: [...new Set(events.flatMap((event) => organizationIdOf(event) ?? []))],
    types: [...new Set(events.map(({ type }) => type))],
  };
};
