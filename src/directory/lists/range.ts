/** Along the ids, and so along the times of creation, or against them. */
export type Direction = "ascending" | "descending";

/** A stretch of objects in the order of their ids. */
export interface KeyRange {
  readonly direction: Direction;
  /** Only objects behind this id in the direction; with `inclusive`, also the object with this id. */
  readonly from?: { readonly id: string; readonly inclusive: boolean } | undefined;
  /** Most objects to look at. */
  readonly limit: number;
}

/** What a range holds. */
export interface RangeAnswer<T> {
  /** In the direction. Fewer than were looked at, or none, when some that an index named were gone when they were read. */
  readonly items: readonly T[];
  /** Whether the list goes on behind `end`. It may do so before the limit is reached when the objects are very large. */
  readonly more: boolean;
  /** The id of the last object that was looked at; undefined when there was none, and `more` is false then. */
  readonly end: string | undefined;
}
