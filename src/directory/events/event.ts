import type { Change } from "../commit/working-set.js";
import type { IdPrefix } from "../id.js";
import type { User } from "../user.js";

/** What happened to an object. */
type Verb = "created" | "updated" | "deleted";

/** The types of events, as `proto/roster/v1/event.proto` lists them. */
export type EventType = `user.${Verb}`;

export const eventTypes: readonly EventType[] = ["user.created", "user.updated", "user.deleted"];

/** A change that is written down together with the change itself, and has no place in the order of events yet. */
export interface PendingEvent {
  readonly type: EventType;
  /** The object after the change; for a deletion, before it. */
  readonly user: User;
  /** For an update: the properties that changed, with their values before; null where there was none. */
  readonly previousAttributes?: Readonly<Record<string, unknown>>;
  readonly requestId?: string;
}

/** An event in its place in the order. */
export interface Event extends PendingEvent {
  /** Greater than the id of every event before. */
  readonly id: string;
  readonly createdAt: Date;
}

export const eventIdPrefix: IdPrefix = "event";

/** The place in front of the first event there can be. */
export const firstCursor = `${eventIdPrefix}_${"0".repeat(26)}`;

// What changes with every change, or follows from another property.
const unlisted: ReadonlySet<string> = new Set(["revision", "updatedAt", "normalizedEmail"]);

/** The event of a change. */
export const toEvent = ({ before, after }: Change, requestId: string | undefined): PendingEvent => {
  const context = requestId === undefined ? {} : { requestId };
  if (after === undefined) return { type: "user.deleted", user: before as User, ...context };
  if (before === undefined) return { type: "user.created", user: after, ...context };
  return { type: "user.updated", user: after, previousAttributes: previousAttributes(before, after), ...context };
};

const previousAttributes = (before: User, after: User): Record<string, unknown> => {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof User>;
  return Object.fromEntries(
    [...names]
      .filter((name) => !unlisted.has(name) && !isSame(before[name], after[name]))
      .map((name) => [name, before[name] ?? null]),
  );
};

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b));
