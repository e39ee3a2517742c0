import type { Db, Document } from "mongodb";
import type { EventFilter, EventLog } from "../../directory/events/event-log.js";
import { type Find, findOnce } from "../find.js";
import { type LogDocument, type LogEntry, logCollection, newestEntry, positionOf, toEntry } from "./log-entries.js";
import { readLatest } from "../primary.js";
import { LogReader } from "./log-reader.js";
import { LogTail } from "./log-tail.js";
import { oneAtATime } from "./one-at-a-time.js";

/** Entries that are read at once to follow the end of the log. */
const entriesAtOnce = 4;

/**
 * Reads the log. Follows its end with one query for each stretch, however many readers there are; who falls behind what
 * is kept in memory reads from the database.
 */
export class MongoEventLog implements EventLog {
  readonly #db: Db;
  readonly #tail = new LogTail();
  /** Reads what was appended, as far as the primary knows. The promise is for a read that began after the call. */
  readonly refresh: () => Promise<void> = oneAtATime(() => this.#readOn());
  /** Reads all that was appended before the call. */
  readonly #refreshToLatest = (): Promise<void> => readLatest(this.#db, this.refresh);

  constructor(db: Db) {
    this.#db = db;
  }

  /** Finds the end of the log. Everything that is appended from then on is kept in memory for a while. */
  async open(): Promise<void> {
    const newest = await newestEntry(this.#db);
    if (newest) this.#tail.startAt(positionOf(newest));
  }

  /** Id of the newest event that is known here. */
  get tail(): string {
    return this.#tail.end.eventId;
  }

  async currentTail(): Promise<string> {
    await this.#refreshToLatest();
    return this.tail;
  }

  /** Takes an entry that this server has appended, or reads on when others came before it. */
  async appended(entry: LogEntry): Promise<void> {
    const known = this.#tail.end.entry;
    if (entry.end.entry === known + 1) this.#tail.add([entry]);
    else if (entry.end.entry > known) await this.refresh();
  }

  /** Whether the entry with this number is known. */
  has(number: number): boolean {
    return number <= this.#tail.end.entry;
  }

  /** Whether the entry with this number is kept in memory. */
  keeps(number: number): boolean {
    return this.#tail.oldest <= number && this.has(number);
  }

  /** Reads those of the entries in memory anew that match, because they have changed. `hint`: the name of the index. */
  async reread(filter: Document, hint: string): Promise<void> {
    for (let after = this.#tail.oldest - 1; ; ) {
      const inMemory = { $and: [filter, { _id: { $gt: after, $lte: this.#tail.end.entry } }] };
      const documents = await this.#find({ filter: inMemory, hint, sort: { _id: 1 }, limit: entriesAtOnce });
      this.#tail.replace(documents.map(toEntry));
      const last = documents.at(-1);
      if (last === undefined) return;
      after = last._id;
    }
  }

  reader(filter: EventFilter, signal: AbortSignal): LogReader {
    return new LogReader({ db: this.#db, tail: this.#tail, refresh: this.#refreshToLatest }, filter, signal);
  }

  waitBehind(place: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
    return this.#tail.waitAfter(place, timeoutMs, signal);
  }

  async #readOn(): Promise<void> {
    for (;;) {
      const filter = { _id: { $gt: this.#tail.end.entry } };
      const documents = await this.#find({ filter, sort: { _id: 1 }, limit: entriesAtOnce });
      // Some may have been handed over meanwhile.
      this.#tail.add(documents.filter(({ _id }) => !this.has(_id)).map(toEntry));
      if (documents.length === 0) return;
    }
  }

  async #find(find: Omit<Find, "collection">): Promise<LogDocument[]> {
    const { documents } = await findOnce<LogDocument>(this.#db, { ...find, collection: logCollection, mayBeOld: true });
    return documents;
  }
}
