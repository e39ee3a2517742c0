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

/**
 * Reads the events in their order. A place in the log is an event id and means right behind that event. What was read
 * stays as it is: no event ever appears in front of a place that a reader has been given.
 */
export interface EventLog {
  /** The place behind the newest event that is known here. */
  readonly tail: string;
  /** The place behind the newest event at the database. */
  currentTail(signal: AbortSignal): Promise<string>;
  /** The place in front of the oldest event that is kept. */
  oldest(signal: AbortSignal): Promise<string>;
  /**
   * The next stretch behind `after`, or undefined when there is nothing behind it yet. Rejects with CURSOR_EXPIRED when
   * events behind `after` are gone, and with INVALID_REQUEST when `after` lies ahead of every event.
   */
  read(after: string, filter: EventFilter, signal: AbortSignal): Promise<Stretch | undefined>;
  /** Resolves when `tail` is behind `place`, or after `timeoutMs`. Rejects with the signal's reason. */
  waitBehind(place: string, timeoutMs: number, signal: AbortSignal): Promise<void>;
}

/** Whether an event matches. */
export const matches = ({ types, userId, organizationId }: EventFilter, event: Event): boolean =>
  (types === undefined || types.includes(event.type)) &&
  (userId === undefined || userIdOf(event) === userId) &&
  (organizationId === undefined || organizationIdOf(event) === organizationId);
