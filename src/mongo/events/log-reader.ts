import type { Db } from "mongodb";
import { cursorExpired, invalidRequest } from "../../directory/error.js";
import type { Event } from "../../directory/events/event.js";
import { type EventFilter, type EventReader, matches, type Stretch } from "../../directory/events/event-log.js";
import { PacedReads } from "../../paced-reads.js";
import { type Find, findOnce } from "../find.js";
import {
  type LogDocument,
  type LogEntry,
  type LogPosition,
  logCollection,
  logStart,
  totalsOf,
  toEntry,
} from "./log-entries.js";
import type { LogTail } from "./log-tail.js";

/** What readers share. */
export interface LogSource {
  readonly db: Db;
  readonly tail: LogTail;
  /** Reads all that was appended to the log before the call. */
  readonly refresh: () => Promise<void>;
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
  #position: LogPosition | undefined;
  /** Up to where entries are looked at by the next reads. */
  #horizon = logStart;

  constructor(source: LogSource, filter: EventFilter, signal: AbortSignal) {
    this.#source = source;
    this.#filter = filter;
    this.#signal = signal;
  }

  async read(after: string, orLater = false): Promise<Stretch | undefined> {
    const { tail, refresh } = this.#source;
    if (after > tail.end.eventId) await refresh();
    const { end } = tail;
    if (after > end.eventId) throw invalidRequest([{ field: "after", description: "is ahead of every event" }]);
    if (after === end.eventId) return undefined;
    const entry = tail.entryAfter(after);
    if (entry) return this.#stretch([entry], after, entry.end);
    const read = () => this.#reads.take(this.#lastRead, () => this.#readFromDatabase(after, end, orLater));
    // What was found at first may have been dropped before it was read.
    const stretch = (await read()) ?? (orLater ? await read() : undefined);
    if (stretch === undefined) throw cursorExpired(after);
    return stretch;
  }

  /** Undefined where events are gone. */
  async #readFromDatabase(after: string, tail: LogPosition, orLater: boolean): Promise<Stretch | undefined> {
    const number =
      this.#position?.eventId === after ? this.#position.entry + 1 : await this.#numberAfter(after, orLater);
    if (number === undefined) return undefined;
    const limit = this.#reads.parts;
    const conditions = conditionsOf(this.#filter);
    const [hint = "_id_", ...others] = Object.keys(conditions);
    if (others.length > 0 && this.#horizon.entry < number) {
      this.#horizon = (await this.#positionFarAfter(number, { [hint]: conditions[hint] }, hint)) ?? tail;
    }
    const to = others.length > 0 ? this.#horizon : tail;
    const filter = { ...conditions, _id: { $gte: number, ...(to !== tail && { $lte: to.entry }) } };
    const { documents, complete } = await this.#find<LogDocument>({ filter, sort: { _id: 1 }, hint, limit });
    // What is dropped while it is read may be missing anywhere in it.
    const isWhole = hint === "_id_" ? isWithoutGap(documents, number) : (await this.#oldestNumber()) <= number;
    if (!isWhole) return undefined;
    const entries = documents.map(toEntry);
    const totals = totalsOf(entries);
    this.#lastRead = totals.objects;
    this.#reads.learn(totals);
    const end = entries.at(-1)?.end ?? to;
    const all = complete && entries.length < limit;
    return this.#stretch(entries, after, all && end.entry < to.entry ? to : end);
  }

  /** The number of the entry with the first event behind a place; undefined where events behind the place are gone. */
  async #numberAfter(after: string, orLater: boolean): Promise<number | undefined> {
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
  async #positionFarAfter(number: number, condition: object, hint: string): Promise<LogPosition | undefined> {
    const filter = { ...condition, _id: { $gte: number } };
    const find = { filter, sort: { _id: 1 }, hint, skip: mostLookedAt, projection: { after: 1 }, limit: 1 };
    const [next] = (await this.#find<Pick<LogDocument, "_id" | "after">>(find)).documents;
    return next && { entry: next._id - 1, eventId: next.after };
  }

  async #oldestNumber(): Promise<number> {
    const find = { filter: {}, sort: { _id: 1 }, hint: "_id_", projection: { _id: 1 }, limit: 1 };
    const { documents } = await this.#find<Pick<LogDocument, "_id">>(find);
    return documents[0]?._id ?? Number.POSITIVE_INFINITY;
  }

  #find<T extends object>(find: Omit<Find, "collection" | "signal">) {
    return findOnce<T>(this.#source.db, { ...find, collection: logCollection, signal: this.#signal });
  }

  #stretch(entries: readonly LogEntry[], after: string, end: LogPosition): Stretch {
    this.#position = end;
    const isWanted = (event: Event) => event.id > after && matches(this.#filter, event);
    return { events: entries.flatMap(({ events }) => events.filter(isWanted)), end: end.eventId };
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
