import type { User } from "../user.js";
import type { PendingEvent } from "./event.js";

// What changes with every change, or follows from another property.
const unlisted: ReadonlySet<string> = new Set(["revision", "updatedAt", "normalizedEmail"]);

/** The event of a user's change. */
export const userEvent = (before: User | undefined, after: User | undefined): PendingEvent => {
  if (after === undefined) return { type: "user.deleted", user: before as User };
  if (before === undefined) return { type: "user.created", user: after };
  return { type: "user.updated", user: after, previousAttributes: previousAttributes(before, after) };
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
