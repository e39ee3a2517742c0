import type { ImportRow } from "../../../gen/ts/roster/v1/import.js";
import type { JsonObject } from "../rows/json-object.js";
import { RowProblem } from "../rows/row-problem.js";

/** Where a row stands in its source. */
export interface Place {
  /** Counted from 1: what `--skip` counts. */
  readonly number: number;
  /** The line where it begins, in a source whose rows are lines. */
  readonly line?: number;
}

/** What is wrong with a row, in the words of `ImportError`. */
export interface Rejection {
  readonly reason: string;
  readonly message: string;
  readonly field_violations?: readonly { readonly field: string; readonly description: string }[];
}

/** A row that can be sent. */
export interface GoodRow extends Place {
  readonly row: ImportRow;
}

/** A row that is rejected before it is sent. */
export interface BadRow extends Place {
  readonly rejection: Rejection;
  /** What there is of the row, in JSON: to be mended and sent again. */
  readonly json: JsonObject;
  /** The text itself, where it is no JSON. */
  readonly text?: string;
}

/** A row of a source, good or bad. */
export type SourceRow = GoodRow | BadRow;

/**
 * Reasons of rejections that do not come from the server: `UNREADABLE_ROW` for a row that is not written as its format
 * asks; `NOT_CARRIED_OVER` for a user of another system with something that would be lost without a word.
 */
export type LocalReason = "UNREADABLE_ROW" | "NOT_CARRIED_OVER";

/** The rejection for a problem. */
export const rejectionOf = (reason: LocalReason, { message, field }: RowProblem): Rejection => ({
  reason,
  message: field === undefined ? message : `${field}: ${message}`,
  ...(field === undefined ? {} : { field_violations: [{ field, description: message }] }),
});

/** Makes a row of JSON, by a reader that throws RowProblem. */
export const sourceRow = (place: Place, json: JsonObject, read: (json: JsonObject) => ImportRow): SourceRow => {
  try {
    return { ...place, row: read(json) };
  } catch (error) {
    if (!(error instanceof RowProblem)) throw error;
    return { ...place, rejection: rejectionOf("UNREADABLE_ROW", error), json };
  }
};
