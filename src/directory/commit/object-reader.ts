import type { Loaded } from "../tables.js";
import type { Lookup } from "./mutation.js";

/** Reads objects outside of a commit. Promises of `UserReader` hold here too. */
export interface ObjectReader {
  /** Everything that is looked up: one query for each table, or a few when it is much. */
  read(lookups: readonly Lookup[]): Promise<Loaded>;
}
