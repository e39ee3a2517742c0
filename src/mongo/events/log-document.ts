import type { ObjectId } from "mongodb";
import type { Event, PendingEvent } from "../../directory/events/event.js";
import { eventBytes } from "../../directory/events/page.js";
import { timeOfId } from "../../directory/id.js";
import type { ReadTotals } from "../../paced-reads.js";

/** The log of events. */
export const logCollection = "events";

/** A stretch of the log. Entries are numbered without a gap, and only ever added behind the last one. */
export interface LogDocument {
  /** 1 for the first entry, one more for each. */
  _id: number;
  /** The place in front of the entry: `last` of the one before. */
  after: string;
  /** Id of the entry's last event. */
  last: string;
  /** Documents of the outbox that its events, and those of the entries that were appended together before it, came from. */
  sources: ObjectId[];
  /** In order, each with its id. */
  events: (PendingEvent & { id: string })[];
  /** What the events are about, for filters. */
  userIds: string[];
  /** Absent in entries of versions without organizations. */
  organizationIds?: string[];
  types: string[];
}

/** A stretch of the log as readers keep it. */
export interface LogEntry {
  readonly number: number;
  readonly after: string;
  readonly last: string;
  readonly events: readonly Event[];
  /** At most what the events take at the database; in memory it is of that order. */
  readonly bytes: number;
}

/** A document of the log as readers keep it. */
export const toEntry = (document: LogDocument): LogEntry => ({
  number: document._id,
  after: document.after,
  last: document.last,
  bytes: document.events.reduce((sum, event) => sum + eventBytes(event), 0),
  events: document.events.map((event) => ({ ...event, createdAt: timeOfId(event.id) })),
});

/** How much some entries hold. */
export const totalsOf = (entries: readonly LogEntry[]): ReadTotals => ({
  parts: entries.length,
  objects: entries.reduce((sum, { events }) => sum + events.length, 0),
  bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0),
});
