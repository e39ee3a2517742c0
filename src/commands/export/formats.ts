import { stringify } from "csv-stringify/sync";
import type { ImportRow } from "../../../gen/ts/roster/v1/import.js";
import { cellsOfRow, csvColumns } from "../rows/csv-columns.js";
import { jsonOfRow } from "../rows/row-json.js";

/** How rows become text. */
export interface RowWriter {
  /** What stands in front of the first row. */
  readonly header: string;
  write(rows: readonly ImportRow[]): string;
}

/** One row in proto JSON on each line. */
export const ndjsonLines = (rows: readonly ImportRow[]): string =>
  rows.map((row) => `${JSON.stringify(jsonOfRow(row))}\n`).join("");

/** The line with the names of the columns. */
export const csvHeader: string = stringify([csvColumns]);

/** Comma-separated values. */
export const csvLines = (rows: readonly ImportRow[]): string => stringify(rows.map(cellsOfRow));
