import type { JsonObject } from "../../rows/json-object.js";
import { rowOfJson } from "../../rows/row-json.js";
import { sourceRow } from "../source-row.js";
import type { Format } from "./format.js";
import { readJsonLines } from "./json-lines.js";

/** Key of a line in a file of rejected rows that says why; ignored when the file is sent again. */
export const rejectedKey = "_rejected";

/** One `ImportRow` in proto JSON on each line: what `roster export` writes, and files of rejected rows. */
export const ndjson: Format = {
  summary: "one row in JSON on each line, as roster export writes it",
  recognizes: ({ text, first, fileName }) => first !== undefined || text === "" || /\.(ndjson|jsonl)$/.test(fileName),
  read: (input) => readJsonLines(input, (place, json) => sourceRow(place, withoutReason(json), rowOfJson)),
};

const withoutReason = (json: JsonObject): JsonObject =>
  rejectedKey in json ? Object.fromEntries(Object.entries(json).filter(([key]) => key !== rejectedKey)) : json;
