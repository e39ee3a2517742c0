import type { Identity } from "../identity.js";
import type { EventSubject, ObjectKind, PendingEvent } from "./event.js";

/**
 * The event of a change of an object, or undefined when only properties have changed that are `unlisted`: those that change
 * with every change, follow from another one, are told by events of another kind, or are no part of the object that callers
 * see.
 */
export const changeEvent = <T extends object>(
  kind: ObjectKind,
  before: T | undefined,
  after: T | undefined,
  subject: (object: T) => EventSubject,
  unlisted: readonly (keyof T)[],
): PendingEvent | undefined => {
  if (after === undefined) return { type: `${kind}.deleted`, ...subject(before as T) };
  if (before === undefined) return { type: `${kind}.created`, ...subject(after) };
  const changed = previousAttributes(before, after, unlisted);
  if (Object.keys(changed).length === 0) return undefined;
  return { type: `${kind}.updated`, ...subject(after), previousAttributes: changed };
};

/**
 * The event of an identity that was linked to a user or removed. Undefined for one that was signed in with: that is told by
 * `authentication.sso_succeeded`.
 */
export const identityEvent = (before: Identity | undefined, after: Identity | undefined): PendingEvent | undefined => {
  if (after === undefined) return { type: "identity.deleted", identity: before as Identity };
  return before?.userId === after.userId ? undefined : { type: "identity.created", identity: after };
};

const previousAttributes = <T extends object>(
  before: T,
  after: T,
  unlisted: readonly (keyof T)[],
): Record<string, unknown> => {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof T & string>;
  return Object.fromEntries(
    [...names]
      .filter((name) => !unlisted.includes(name) && !isSame(before[name], after[name]))
      .map((name) => [name, before[name] ?? null]),
  );
};

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b));
