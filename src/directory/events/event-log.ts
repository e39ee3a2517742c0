import { type Event, organizationIdOf, userIdOf } from "./event.js";

/** Which events a reader wants; what is absent does not filter. */
export interface EventFilter {
  readonly types?: readonly string[];
  readonly userId?: string;
  readonly organizationId?: string;
}

/** A stretch of the log. */
export interface Stretch {
  /** The events of the stretch that match, in order. */
  readonly events: readonly Event[];
  /** The place behind the stretch: where reading goes on. */
  readonly end: string;
}

/** Reads what matches a filter. */
export interface EventReader {
  /**
   * The next stretch behind `after`, or undefined when there is nothing behind it yet. Where events behind `after` are
   * gone it is the first one that is left if `orLater` is set, and rejects with CURSOR_EXPIRED otherwise. Rejects with
   * INVALID_REQUEST when `after` lies ahead of every event.
   */
  read(after: string, orLater?: boolean): Promise<Stretch | undefined>;
}

/**
 * Reads the events in their order. A place in the log is an event id and means right behind that event. What was read
 * stays as it is: no event ever appears in front of a place that a reader has been given.
 */
export interface EventLog {
  /** The place behind the newest event at the database. */
  currentTail(signal: AbortSignal): Promise<string>;
  /** Reads stretch after stretch for one list or watch, further ones when they hold up nobody. */
  reader(filter: EventFilter, signal: AbortSignal): EventReader;
  /** Resolves when there is an event behind `place`, or after `timeoutMs`. Rejects with the signal's reason. */
  waitBehind(place: string, timeoutMs: number, signal: AbortSignal): Promise<void>;
}

/** Whether an event matches. */
export const matches = ({ types, userId, organizationId }: EventFilter, event: Event): boolean =>
  (types === undefined || types.includes(event.type)) &&
  (userId === undefined || userIdOf(event) === userId) &&
  (organizationId === undefined || organizationIdOf(event) === organizationId);
