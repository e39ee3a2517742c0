import type { Db } from "mongodb";
import { cursorExpired, invalidRequest } from "../../directory/error.js";
import type { Event } from "../../directory/events/event.js";
import { type EventFilter, type EventReader, matches, type Stretch } from "../../directory/events/event-log.js";
import { PacedReads } from "../../paced-reads.js";
import { type Find, findOnce } from "../find.js";
import { type LogDocument, type LogEntry, logCollection, totalsOf, toEntry } from "./log-document.js";
import type { RecentEntries } from "./recent-entries.js";

/** What readers share. */
export interface LogSource {
  readonly db: Db;
  readonly recent: RecentEntries;
  /** Reads what was appended to the log. */
  readonly refresh: () => Promise<void>;
}

/** A place in the log: behind an event, and behind the entry with a number. */
interface Place {
  readonly last: string;
  readonly number: number;
}

/** Entries that one read looks at where its index does not know whether they match: a second when all are large. */
const mostLookedAt = 2_000;

/** Reads for one list or watch: from memory what is kept there, from the database what is older. */
export class LogReader implements EventReader {
  readonly #source: LogSource;
  readonly #filter: EventFilter;
  readonly #signal: AbortSignal;
  readonly #reads = new PacedReads(1, 1);
  #lastRead = 0;
  /** Where the last stretch ended. */
  #place: Place | undefined;
  /** Up to where entries are looked at by the next reads. */
  #horizon: Place = { last: "", number: 0 };

  constructor(source: LogSource, filter: EventFilter, signal: AbortSignal) {
    this.#source = source;
    this.#filter = filter;
    this.#signal = signal;
  }

  async read(after: string, orLater = false): Promise<Stretch | undefined> {
    const { recent, refresh } = this.#source;
    if (after > recent.tail) await refresh();
    const tail = { last: recent.tail, number: recent.number };
    if (after > tail.last) throw invalidRequest([{ field: "after", description: "is ahead of every event" }]);
    if (after === tail.last) return undefined;
    const entry = recent.behind(after);
    if (entry) return this.#stretch([entry], after, entry);
    const read = () => this.#reads.take(this.#lastRead, () => this.#readFromDatabase(after, tail, orLater));
    // What was found at first may have been dropped before it was read.
    const stretch = (await read()) ?? (orLater ? await read() : undefined);
    if (stretch === undefined) throw cursorExpired(after);
    return stretch;
  }

  /** Undefined where events are gone. */
  async #readFromDatabase(after: string, tail: Place, orLater: boolean): Promise<Stretch | undefined> {
    const number = this.#place?.last === after ? this.#place.number + 1 : await this.#numberBehind(after, orLater);
    if (number === undefined) return undefined;
    const limit = this.#reads.parts;
    const conditions = conditionsOf(this.#filter);
    const [hint = "_id_", ...others] = Object.keys(conditions);
    if (others.length > 0 && this.#horizon.number < number) {
      this.#horizon = (await this.#placeFarBehind(number, { [hint]: conditions[hint] }, hint)) ?? tail;
    }
    const to = others.length > 0 ? this.#horizon : tail;
    const filter = { ...conditions, _id: { $gte: number, ...(to !== tail && { $lte: to.number }) } };
    const { documents, complete } = await this.#find<LogDocument>({ filter, sort: { _id: 1 }, hint, limit });
    // What is dropped while it is read may be missing anywhere in it.
    const isWhole = hint === "_id_" ? isWithoutGap(documents, number) : (await this.#oldestNumber()) <= number;
    if (!isWhole) return undefined;
    const entries = documents.map(toEntry);
    const totals = totalsOf(entries);
    this.#lastRead = totals.objects;
    this.#reads.learn(totals);
    const end = entries.at(-1) ?? to;
    const all = complete && entries.length < limit;
    return this.#stretch(entries, after, all && end.number < to.number ? to : end);
  }

  /** The number of the entry with the first event behind a place; undefined where events behind the place are gone. */
  async #numberBehind(after: string, orLater: boolean): Promise<number | undefined> {
    const find = {
      filter: { last: { $gt: after } },
      sort: { last: 1 },
      hint: "last",
      projection: { after: 1 },
      limit: 1,
    };
    const [next] = (await this.#find<Pick<LogDocument, "_id" | "after">>(find)).documents;
    return next && (orLater || next.after <= after) ? next._id : undefined;
  }

  /** The place behind as many entries as one read looks at; undefined where there are not so many. */
  async #placeFarBehind(number: number, condition: object, hint: string): Promise<Place | undefined> {
    const filter = { ...condition, _id: { $gte: number } };
    const find = { filter, sort: { _id: 1 }, hint, skip: mostLookedAt, projection: { after: 1 }, limit: 1 };
    const [next] = (await this.#find<Pick<LogDocument, "_id" | "after">>(find)).documents;
    return next && { last: next.after, number: next._id - 1 };
  }

  async #oldestNumber(): Promise<number> {
    const find = { filter: {}, sort: { _id: 1 }, hint: "_id_", projection: { _id: 1 }, limit: 1 };
    const { documents } = await this.#find<Pick<LogDocument, "_id">>(find);
    return documents[0]?._id ?? Number.POSITIVE_INFINITY;
  }

  #find<T extends object>(find: Omit<Find, "collection" | "signal">) {
    return findOnce<T>(this.#source.db, { ...find, collection: logCollection, signal: this.#signal });
  }

  #stretch(entries: readonly LogEntry[], after: string, { last, number }: Place): Stretch {
    this.#place = { last, number };
    const isWanted = (event: Event) => event.id > after && matches(this.#filter, event);
    return { events: entries.flatMap(({ events }) => events.filter(isWanted)), end: last };
  }
}

const isWithoutGap = (documents: readonly LogDocument[], start: number): boolean =>
  documents.length > 0 && documents.at(-1)?._id === start + documents.length - 1;

/** Which entries may hold an event that matches. Each condition has an index of its name; the first one selects best. */
const conditionsOf = ({ userId, organizationId, types }: EventFilter): Record<string, unknown> => ({
  ...(userId !== undefined && { userIds: userId }),
  ...(organizationId !== undefined && { organizationIds: organizationId }),
  ...(types && { types: { $in: types } }),
});
