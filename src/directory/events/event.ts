import type { IdPrefix } from "../id.js";
import type { User } from "../user.js";
import type { Authentication } from "./authentication.js";

/** What happens to an object. */
const verbs = ["created", "updated", "deleted"] as const;

export type Verb = (typeof verbs)[number];
export type AuthenticationEventType = "authentication.password_succeeded" | "authentication.password_failed";

/** The types of events, as `proto/roster/v1/event.proto` lists them. */
export type EventType = `user.${Verb}` | AuthenticationEventType;

export const eventTypes: readonly EventType[] = [
  ...verbs.map((verb): EventType => `user.${verb}`),
  "authentication.password_succeeded",
  "authentication.password_failed",
];

/** What an event is about: exactly one of these. For a change, the object after it; for a deletion, before it. */
export type EventSubject =
  | { readonly user: User; readonly authentication?: never }
  | { readonly authentication: Authentication; readonly user?: never };

/** An event that is written down together with what it tells of, and has no place in the order of events yet. */
export type PendingEvent = EventSubject & {
  readonly type: EventType;
  /** For an update: the properties that changed, with their values before; null where there was none. */
  readonly previousAttributes?: Readonly<Record<string, unknown>>;
  readonly requestId?: string;
};

/** An event in its place in the order. */
export type Event = PendingEvent & {
  /** Greater than the id of every event before. */
  readonly id: string;
  readonly createdAt: Date;
};

/** The user whom an event is about; undefined where nobody is known by the email that was given. */
export const userIdOf = ({ user, authentication }: PendingEvent): string | undefined =>
  user?.id ?? authentication?.userId;

export const eventIdPrefix: IdPrefix = "event";

/** The place in front of the first event there can be. */
export const firstCursor = `${eventIdPrefix}_${"0".repeat(26)}`;
