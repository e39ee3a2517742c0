import type { ObjectId } from "mongodb";
import { eventIdPrefix, organizationIdOf, type PendingEvent, userIdOf } from "../../directory/events/event.js";
import { eventBytes } from "../../directory/events/page.js";
import { idAfter } from "../../directory/id.js";
import { piecesOf } from "../../pieces.js";
import type { OutboxDocument } from "../commit/outbox.js";
import type { LogDocument } from "./log-document.js";

/** The newest entry of the log, of which the sources are gone from the outbox. */
export interface Head {
  readonly number: number;
  readonly last: string;
}

/** A document of the outbox that waits for its place. */
export interface Waiting {
  readonly source: ObjectId;
  readonly events: readonly PendingEvent[];
  /** At least as many as the events take. */
  readonly bytes: number;
}

/** Readers decode an entry in one piece. */
const maxEntryBytes = 512 * 1_024;

/** A document of the outbox, with the size of its events. */
export const toWaiting = ({ _id: source, events }: OutboxDocument): Waiting => ({
  source,
  events,
  bytes: events.reduce((sum, event) => sum + eventBytes(event), 0),
});

/** Cuts what waits into pieces of at most so many bytes, or of a single document that has more. */
export const cutAt = (waiting: readonly Waiting[], maxBytes: number): Generator<readonly Waiting[]> =>
  piecesOf(waiting, { maxBytes, bytesOf: ({ bytes }) => bytes });

/** What waits, as the entries that follow the head, of the time `now`. */
export const toLogDocuments = ({ number, last }: Head, waiting: readonly Waiting[], now: Date): LogDocument[] => {
  let before: EntryBefore = { _id: number, last, sources: [] };
  return Array.from(cutAt(waiting, maxEntryBytes), (piece) => {
    const entry = toLogDocument(before, piece, now);
    before = entry;
    return entry;
  });
};

type EntryBefore = Pick<LogDocument, "_id" | "last" | "sources">;

const toLogDocument = (before: EntryBefore, waiting: readonly Waiting[], now: Date): LogDocument => {
  let { last } = before;
  const events = waiting.flatMap(({ events }) =>
    events.map((event) => {
      last = idAfter(eventIdPrefix, last, now);
      return { id: last, ...event };
    }),
  );
  return {
    _id: before._id + 1,
    after: before.last,
    last,
    sources: [...before.sources, ...waiting.map(({ source }) => source)],
    events,
    userIds: [...new Set(events.flatMap((event) => userIdOf(event) ?? []))],
    organizationIds: [...new Set(events.flatMap((event) => organizationIdOf(event) ?? []))],
    types: [...new Set(events.map(({ type }) => type))],
  };
};
