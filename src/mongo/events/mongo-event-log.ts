import type { Db } from "mongodb";
import type { EventFilter, EventLog } from "../../directory/events/event-log.js";
import { type Find, findOnce } from "../find.js";
import { type LogDocument, type LogEntry, logCollection, toEntry } from "./log-document.js";
import { LogReader } from "./log-reader.js";
import { oneAtATime } from "./one-at-a-time.js";
import { RecentEntries } from "./recent-entries.js";

/** Entries that are read at once to follow the end of the log. */
const entriesAtOnce = 4;

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
    const [newest] = await this.#find({ filter: {}, sort: { _id: -1 }, limit: 1, projection: { last: 1 } });
    if (newest) this.#recent.startBehind(newest._id, newest.last);
  }

  /** The place behind the newest event that is known here. */
  get tail(): string {
    return this.#recent.tail;
  }

  async currentTail(): Promise<string> {
    await this.refresh();
    return this.tail;
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

  reader(filter: EventFilter, signal: AbortSignal): LogReader {
    return new LogReader({ db: this.#db, recent: this.#recent, refresh: this.refresh }, filter, signal);
  }

  waitBehind(place: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
    return this.#recent.waitBehind(place, timeoutMs, signal);
  }

  async #readOn(): Promise<void> {
    for (;;) {
      const filter = { _id: { $gt: this.#recent.number } };
      const documents = await this.#find({ filter, sort: { _id: 1 }, limit: entriesAtOnce });
      // Some may have been handed over meanwhile.
      this.#recent.add(documents.filter(({ _id }) => !this.has(_id)).map(toEntry));
      if (documents.length === 0) return;
    }
  }

  async #find(find: Omit<Find, "collection">): Promise<LogDocument[]> {
    const { documents } = await findOnce<LogDocument>(this.#db, { ...find, collection: logCollection });
    return documents;
  }
}
