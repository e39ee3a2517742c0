import type { ClientSession, Db, ObjectId } from "mongodb";
import {
  type Event,
  eventIdPrefix,
  firstCursor,
  organizationIdOf,
  type PendingEvent,
  userIdOf,
} from "../../directory/events/event.js";
import { eventBytes } from "../../directory/events/page.js";
import { idAfter, timeOfId } from "../../directory/id.js";
import type { ReadTotals } from "../../paced-reads.js";
import { piecesOf } from "../../pieces.js";
import { fromStored, type OutboxDocument, outboxCollection } from "../commit/outbox.js";
import { inCommandSpan } from "../command-span.js";
import { findOnce } from "../find.js";

/** The collection of the log. */
export const logCollection = "events";

/** A place in the log: after an event, and after the entry that ends with it. */
export interface LogPosition {
  /** Number of the entry; 0 before the first one. */
  readonly entry: number;
  readonly eventId: string;
}

/** The place before the first entry. */
export const logStart: LogPosition = { entry: 0, eventId: firstCursor };

/** An entry of the log, as it is stored. Entries are numbered without a gap, and only ever added after the last one. */
export interface LogDocument {
  /** 1 for the first entry, one more for each. */
  _id: number;
  /** Id of the event before the entry: `last` of the entry before. */
  after: string;
  /** Id of the entry's last event. */
  last: string;
  /**
   * Empty. The version before deletes the outbox documents of an entry after it has appended the entry, and names them
   * here until then: see `Sequencer`.
   */
  sources: ObjectId[];
  /** In order, each with its id. */
  events: (PendingEvent & { id: string })[];
  /** What the events are about, for filters. */
  userIds: string[];
  /** Absent in entries of versions without organizations. */
  organizationIds?: string[];
  types: string[];
  /** When events of it were last erased. Absent where none was. */
  erasedAt?: Date;
}

/** An entry of the log, as readers keep it. */
export interface LogEntry {
  /** Id of the event before the entry. */
  readonly after: string;
  /** The place after the entry. */
  readonly end: LogPosition;
  readonly events: readonly Event[];
  /** At most what the events take at the database; in memory it is of that order. */
  readonly bytes: number;
}

/** Events that wait for their place, in order. */
type Waiting = Pick<OutboxDocument, "events">;

/** Readers decode an entry in one piece. */
const maxEntryBytes = 512 * 1_024;

/** A stored entry, as readers keep it. */
export const toEntry = (document: LogDocument): LogEntry => ({
  after: document.after,
  end: positionOf(document),
  bytes: document.events.reduce((sum, event) => sum + eventBytes(event), 0),
  events: document.events.map((event) => ({ ...fromStored(event), createdAt: timeOfId(event.id) })),
});

/** The place after a stored entry. */
export const positionOf = ({ _id, last }: Pick<LogDocument, "_id" | "last">): LogPosition => ({
  entry: _id,
  eventId: last,
});

/** How much some entries hold. */
export const totalsOf = (entries: readonly LogEntry[]): ReadTotals => ({
  parts: entries.length,
  objects: entries.reduce((sum, { events }) => sum + events.length, 0),
  bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0),
});

/** The newest entry of the log, without its events; undefined where there is none. A session reads in its transaction. */
export const newestEntry = async (
  db: Db,
  session?: ClientSession,
): Promise<Pick<LogDocument, "_id" | "last" | "sources"> | undefined> => {
  const { documents } = await findOnce<Pick<LogDocument, "_id" | "last" | "sources">>(db, {
    collection: logCollection,
    filter: {},
    sort: { _id: -1 },
    projection: { last: 1, sources: 1 },
    limit: 1,
    mayBeOld: true,
    ...(session && { session }),
  });
  return documents[0];
};

/**
 * The place after the newest entry, as a transaction sees it. Undefined where other events come first: they wait in the
 * outbox, or a server of the version before has yet to take those of the newest entry from there. Also where there is no
 * entry yet. One query.
 */
export const freeLogEnd = async (db: Db, session: ClientSession): Promise<LogPosition | undefined> => {
  const outbox = { from: outboxCollection, pipeline: [{ $limit: 1 }, { $project: { _id: 1 } }], as: "waiting" };
  const pipeline = [{ $sort: { _id: -1 } }, { $limit: 1 }, { $project: { last: 1, sources: 1 } }, { $lookup: outbox }];
  const [newest] = await inCommandSpan(db, "aggregate", logCollection, () =>
    db
      .collection(logCollection)
      .aggregate<Pick<LogDocument, "_id" | "last" | "sources"> & { waiting: unknown[] }>(pipeline, {
        session,
        hint: "_id_",
      })
      .toArray(),
  );
  return newest && newest.waiting.length + newest.sources.length === 0 ? positionOf(newest) : undefined;
};

/** How many bytes the events of a document of the outbox take, at most. */
export const outboxBytes = ({ events }: Waiting): number => events.reduce((sum, event) => sum + eventBytes(event), 0);

/** The entries that hold the events of these documents, in their order, after a place in the log, made at `now`. */
export const toLogDocuments = (end: LogPosition, waiting: readonly Waiting[], now: Date): LogDocument[] => {
  let { entry, eventId } = end;
  return Array.from(piecesOf(waiting, { maxBytes: maxEntryBytes, bytesOf: outboxBytes }), (piece) => {
    const after = eventId;
    const events = piece.flatMap((document) =>
      document.events.map((event) => {
        eventId = idAfter(eventIdPrefix, eventId, now);
        return { id: eventId, ...event };
      }),
    );
    entry += 1;
    return {
      _id: entry,
      after,
      last: eventId,
      sources: [],
      events,
      userIds: [...new Set(events.flatMap((event) => userIdOf(event) ?? []))],
      organizationIds: [...new Set(events.flatMap((event) => organizationIdOf(event) ?? []))],
      types: [...new Set(events.map(({ type }) => type))],
    };
  });
};
