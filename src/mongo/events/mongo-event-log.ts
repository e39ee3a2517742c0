import type { Db } from "mongodb";
import { cursorExpired, invalidRequest } from "../../directory/error.js";
import { firstCursor } from "../../directory/events/event.js";
import { type EventFilter, type EventLog, matches, type Stretch } from "../../directory/events/event-log.js";
import { findOnce } from "../find.js";
import { type LogDocument, type LogEntry, logCollection, toEntry } from "./log-document.js";
import { oneAtATime } from "./one-at-a-time.js";
import { RecentEntries } from "./recent-entries.js";

/** Entries that one query reads. */
const entriesAtOnce = 100;

/**
 * Reads the log. Follows its end with one query for each stretch, however many readers there are; who falls behind what
 * is kept in memory reads from the database.
 */
export class MongoEventLog implements EventLog {
  readonly #db: Db;
  readonly #recent = new RecentEntries();
  /** Reads what was appended. The promise is for a read that began after the call. */
  readonly refresh: () => Promise<void> = oneAtATime(() => this.#readOn());

  constructor(db: Db) {
    this.#db = db;
  }

  /** Finds the end of the log. Everything that is appended from then on is kept in memory for a while. */
  async open(): Promise<void> {
    const [newest] = await this.#find({}, -1, 1);
    if (newest) this.#recent.startBehind(newest);
  }

  get tail(): string {
    return this.#recent.tail;
  }

  async currentTail(): Promise<string> {
    await this.refresh();
    return this.tail;
  }

  async oldest(signal: AbortSignal): Promise<string> {
    const [oldest] = await this.#find({}, 1, 1, signal);
    return oldest?.after ?? firstCursor;
  }

  /** Takes an entry that this server has appended, or reads on when others came before it. */
  async appended(entry: LogEntry): Promise<void> {
    if (entry.number === this.#recent.number + 1) this.#recent.add([entry]);
    else if (entry.number > this.#recent.number) await this.refresh();
  }

  /** Whether the entry with this number is known. */
  has(number: number): boolean {
    return number <= this.#recent.number;
  }

  async read(after: string, filter: EventFilter, signal: AbortSignal): Promise<Stretch | undefined> {
    if (after > this.tail) await this.refresh();
    const { tail } = this;
    if (after > tail) throw invalidRequest([{ field: "after", description: "is ahead of every event" }]);
    if (after === tail) return undefined;
    const entry = this.#recent.behind(after);
    if (entry) {
      return { events: entry.events.filter((event) => event.id > after && matches(filter, event)), end: entry.last };
    }
    return this.#readFromDatabase(after, tail, filter, signal);
  }

  waitBehind(place: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
    return this.#recent.waitBehind(place, timeoutMs, signal);
  }

  async #readFromDatabase(after: string, tail: string, filter: EventFilter, signal: AbortSignal): Promise<Stretch> {
    const conditions = {
      last: { $gt: after },
      ...(filter.userId !== undefined && { userIds: filter.userId }),
      ...(filter.organizationId !== undefined && { organizationIds: filter.organizationId }),
      ...(filter.types && { types: { $in: filter.types } }),
    };
    // Without a filter the first of these are the same; with one, the first entry behind the place tells of a gap.
    const [[first], found] = await Promise.all([
      this.#find({ last: { $gt: after } }, 1, 1, signal),
      findOnce<LogDocument>(this.#db, {
        collection: logCollection,
        filter: conditions,
        sort: { _id: 1 },
        limit: entriesAtOnce,
        signal,
      }),
    ]);
    if (first === undefined || first.after > after) throw cursorExpired(after);
    const entries = found.documents.map(toEntry);
    const all = found.complete && entries.length < entriesAtOnce;
    const end = entries.at(-1)?.last ?? tail;
    return {
      events: entries.flatMap(({ events }) => events.filter((event) => event.id > after && matches(filter, event))),
      end: all && end < tail ? tail : end,
    };
  }

  async #readOn(): Promise<void> {
    for (;;) {
      const entries = await this.#find({ _id: { $gt: this.#recent.number } }, 1, entriesAtOnce);
      // Some may have been handed over meanwhile.
      this.#recent.add(entries.filter(({ number }) => !this.has(number)));
      if (entries.length === 0) return;
    }
  }

  async #find(filter: object, order: 1 | -1, limit: number, signal?: AbortSignal): Promise<LogEntry[]> {
    const { documents } = await findOnce<LogDocument>(this.#db, {
      collection: logCollection,
      filter,
      sort: { _id: order },
      limit,
      ...(signal && { signal }),
    });
    return documents.map(toEntry);
  }
}
