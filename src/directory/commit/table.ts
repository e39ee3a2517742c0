import type { RosterError } from "../error.js";
import type { PendingEvent } from "../events/event.js";

/** What every object of the directory has. */
export interface Entity {
  readonly id: string;
  /** 1 when created, one more with every committed change that callers are told of as one. */
  readonly revision: number;
}

/** A property that no two objects of a table share. */
export interface UniqueKey<T> {
  /** The value, several values, or undefined when this object has none. */
  of(entity: T): string | readonly string[] | undefined;
  /** The refusal of `entity` because another object has this value of it. */
  taken(entity: T, value: string): RosterError;
}

/** The rules that hold for all objects of one kind. The database enforces the same keys by unique indexes. */
export interface TableSchema<T extends Entity = Entity> {
  /** Objects of other kinds go with one of these. Its deletion is told after theirs. */
  readonly takesOthersAlong?: true;
  readonly unique: Readonly<Record<string, UniqueKey<T>>>;
  /** Properties by whose value all objects that have it can be looked up together. */
  readonly groups: Readonly<Record<string, (entity: T) => string>>;
  /**
   * The event that tells of a change; `before` is undefined for a new object, `after` for a deleted one. Undefined where
   * another event tells of the change: nothing is different that this one would list. "told elsewhere" where this holds for
   * every change.
   */
  readonly event: ((before: T | undefined, after: T | undefined) => PendingEvent | undefined) | "told elsewhere";
}

/** The values that an object has in a unique key. */
export const valuesOf = <T>({ of }: UniqueKey<T>, entity: T): readonly string[] => {
  const value = of(entity);
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
};
