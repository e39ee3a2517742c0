import type { RosterError } from "../error.js";
import type { PendingEvent } from "../events/event.js";

/** What every object of the directory has. */
export interface Entity {
  readonly id: string;
  /** 1 when created, one more with every committed change. */
  readonly revision: number;
}

/** A property that no two objects of a table share. */
interface UniqueKey<T> {
  /** The value, or undefined when this object has none. */
  of(entity: T): string | undefined;
  /** The refusal of `entity` because another object has its value. */
  taken(entity: T): RosterError;
}

/** The rules that hold for all objects of one kind. The database enforces the same keys by unique indexes. */
export interface TableSchema<T extends Entity = Entity> {
  readonly unique: Readonly<Record<string, UniqueKey<T>>>;
  /**
   * The event that tells of a change; `before` is undefined for a new object, `after` for a deleted one. "told elsewhere"
   * where every change comes with a change of another object.
   */
  readonly event: ((before: T | undefined, after: T | undefined) => PendingEvent) | "told elsewhere";
}
