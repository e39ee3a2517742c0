import { createReadStream, readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { parseHashConfig } from "../../src/commands/import/formats/firebase-hash-config.js";
import { formats } from "../../src/commands/import/formats/index.js";
import { guessFormat } from "../../src/commands/import/guess-format.js";
import type { Place, Rejection, SourceRow } from "../../src/commands/import/source-row.js";
import type { JsonObject } from "../../src/commands/rows/json-object.js";
import { jsonOfRow } from "../../src/commands/rows/row-json.js";

/** The path of a file that another system, or a person, would bring. */
export const sample = (name: string): string => fileURLToPath(new URL(`../commands/samples/${name}`, import.meta.url));

/** The hash parameters of the Firebase sample. */
export const hashConfig = parseHashConfig(readFileSync(sample("firebase-hash-config.txt"), "utf8"));

/** A row of a source in JSON, with the rejection when there is one. */
export interface ReadRow extends Place {
  readonly json: JsonObject;
  readonly rejection?: Rejection;
  readonly text?: string;
}

const toJson = (row: SourceRow): ReadRow => {
  if (!("row" in row)) return row;
  const { row: message, ...place } = row;
  return { ...place, json: jsonOfRow(message) };
};

/** Reads a source as an import does: the format that it looks like, and the rows. */
export const readSource = async (
  input: Readable | string,
  { fileName = "", withoutPasswords = false } = {},
): Promise<{ readonly format: string | undefined; readonly rows: readonly ReadRow[] }> => {
  const stream = typeof input === "string" ? Readable.from([Buffer.from(input)]) : input;
  const { format, whole } = await guessFormat(stream, fileName);
  const rows: ReadRow[] = [];
  for await (const row of format.read(whole, { withoutPasswords, hashConfig })) rows.push(toJson(row));
  return { format: Object.entries(formats).find(([, each]) => each === format)?.[0], rows };
};

/** Reads a sample. */
export const readSample = (name: string, withoutPasswords = false): ReturnType<typeof readSource> =>
  readSource(createReadStream(sample(name)), { fileName: name, withoutPasswords });
