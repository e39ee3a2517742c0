import { piecesOf } from "../../pieces.js";
import {
  apiKeyBytes,
  identityBytes,
  maxMessageBytes,
  membershipBytes,
  organizationBytes,
  userBytes,
} from "../message-size.js";
import type { PendingEvent } from "./event.js";

/** Cuts events into pages of at most `size` that each fit into a message. */
export const pagesOf = <E extends PendingEvent>(events: readonly E[], size: number): Generator<readonly E[]> =>
  piecesOf(events, { maxBytes: maxMessageBytes, bytesOf: eventBytes, maxItems: size });

/** At least as many bytes as an event takes, in a message or in the database. */
export const eventBytes = (event: PendingEvent): number => {
  if (event.identity !== undefined) return 400 + identityBytes(event.identity);
  if (event.apiKey !== undefined) return 400 + apiKeyBytes(event.apiKey);
  if (event.authentication !== undefined) return 8_000;
  if (event.membership !== undefined) return 400 + 2 * membershipBytes(event.membership);
  // What changed was at most as large as a whole object.
  if (event.organization !== undefined) return 400 + sizes(organizationBytes, event.organization, event);
  return 400 + sizes(userBytes, event.user, event);
};

const sizes = <T extends object>(bytesOf: (object: T) => number, object: T, { previousAttributes }: PendingEvent) =>
  bytesOf(object) + (previousAttributes ? bytesOf({ ...object, ...previousAttributes }) : 0);
