import type { Readable } from "node:stream";
import { isObject, type JsonObject } from "../../rows/json-object.js";
import { RowProblem } from "../../rows/row-problem.js";
import { rejectionOf, type Place, type SourceRow } from "../source-row.js";
import { readLines } from "./lines.js";

/** The rows of a source with an object of JSON on each line. */
export async function* readJsonLines(
  input: Readable,
  read: (place: Place, json: JsonObject) => SourceRow,
): AsyncGenerator<SourceRow> {
  let number = 0;
  for await (const { line, text } of readLines(input)) {
    number += 1;
    const place = { number, line };
    const json = parse(text);
    if (isObject(json)) yield read(place, json);
    else {
      const rejection = rejectionOf("UNREADABLE_ROW", new RowProblem("the line is not an object of JSON"));
      yield { ...place, rejection, json: {}, text };
    }
  }
}

/** The error of the engine is not told: it quotes the line, which may hold a password. */
const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
