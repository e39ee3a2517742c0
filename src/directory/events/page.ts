import { maxMessageBytes, userBytes } from "../message-size.js";
import type { PendingEvent } from "./event.js";

/** Cuts events into pages of at most `size` that each fit into a message. */
export function* pagesOf<E extends PendingEvent>(events: readonly E[], size: number): Generator<readonly E[]> {
  let start = 0;
  let bytes = 0;
  for (const [i, event] of events.entries()) {
    const more = eventBytes(event);
    if (i > start && (i - start >= size || bytes + more > maxMessageBytes)) {
      yield events.slice(start, i);
      start = i;
      bytes = 0;
    }
    bytes += more;
  }
  if (start < events.length) yield events.slice(start);
}

/** At least as many bytes as an event takes, in a message or in the database. */
export const eventBytes = ({ user, authentication, previousAttributes }: PendingEvent): number => {
  if (authentication !== undefined) return 8_000;
  // What changed was at most as large as a whole user.
  return 400 + userBytes(user) + (previousAttributes ? userBytes({ ...user, ...previousAttributes }) : 0);
};
