import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { CommandError } from "../../command-error.js";
import { csvTarget, jsonOfCells } from "../../rows/csv-columns.js";
import { rowOfJson } from "../../rows/row-json.js";
import { RowProblem } from "../../rows/row-problem.js";
import { rejectionOf, type SourceRow, sourceRow } from "../source-row.js";
import type { Format } from "./format.js";
import { decodeUtf8 } from "./lines.js";

/** What the parser gives for each record. */
interface Item {
  readonly record: readonly string[];
  /** The lines that were read, this record's last one included. */
  readonly info: { readonly lines: number };
}

/** Comma-separated values with a header of field names. */
export const csv: Format = {
  summary: "comma-separated values; the header has the names of the fields",
  recognizes: ({ text, fileName }) => fileName.endsWith(".csv") || isHeader(text.split(/\r?\n/, 1)[0] ?? ""),
  async *read(input) {
    // Records of another length than the header are one row's fault, not the file's.
    const parser = parse({
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 16 * 1_048_576,
    });
    Readable.from(decodeUtf8(input))
      .on("error", (error) => parser.destroy(error))
      .pipe(parser);
    let targets: readonly ReturnType<typeof target>[] | undefined;
    let number = 0;
    let countedTwice = 0;
    try {
      for await (const { record, info } of parser as AsyncIterable<Item>) {
        const text = record.join("");
        // The parser counts a line within quotes twice when it ends with CR and LF.
        countedTwice += text.split("\r\n").length - 1;
        const line = info.lines - countedTwice - (text.split("\n").length - 1);
        if (targets === undefined) targets = targetsOf(record);
        else yield rowOf({ number: ++number, line }, targets, record);
      }
    } catch (error) {
      if (error instanceof CsvError) throw new CommandError(`the file is not CSV: ${describe(error)}`);
      throw error;
    }
  },
};

const targetsOf = (header: readonly string[]) => {
  const twice = header.find((column, index) => header.indexOf(column) !== index);
  if (twice !== undefined) throw new CommandError(`the header has a column twice: ${twice}`);
  return header.map(target);
};

const isHeader = (line: string): boolean =>
  line.split(",").every((name) => csvTarget(name.trim().replace(/^"(.*)"$/, "$1")) !== undefined);

const target = (column: string) => {
  const found = csvTarget(column.trim());
  if (found === undefined) throw new CommandError(`the header has a column that no field has: ${column}`);
  return found;
};

const rowOf = (
  place: { readonly number: number; readonly line: number },
  targets: readonly ReturnType<typeof target>[],
  record: readonly string[],
): SourceRow => {
  const json = jsonOfCells(targets, record);
  if (record.length === targets.length) return sourceRow(place, json, rowOfJson);
  const problem = new RowProblem(`the line has ${record.length} cells, the header ${targets.length}`);
  return { ...place, rejection: rejectionOf("UNREADABLE_ROW", problem), json };
};

/** The parser's own message may quote the file. */
const describe = ({ code, ...rest }: CsvError): string => {
  const { lines } = rest as { readonly lines?: number };
  const what = code.replace(/^CSV_/, "").replaceAll("_", " ").toLowerCase();
  return lines === undefined ? what : `${what}, near line ${lines}`;
};
