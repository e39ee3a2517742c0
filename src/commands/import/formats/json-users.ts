import { pipeline, type Readable } from "node:stream";
import { pick } from "stream-json/filters/pick.js";
import { streamArray } from "stream-json/streamers/stream-array.js";
import { CommandError } from "../../command-error.js";
import { isObject, type JsonObject } from "../../rows/json-object.js";
import { decodeUtf8 } from "./lines.js";
import type { Place, SourceRow } from "../source-row.js";

/** Values as wholes: the parts of a long string are of no use. */
const packed = { packValues: true, streamValues: false } as const;

/** The elements of the array `users` of one document of JSON, however long it is. */
export async function* readJsonUsers(
  input: Readable,
  read: (place: Place, user: JsonObject) => SourceRow,
): AsyncGenerator<SourceRow> {
  const users = streamArray.asStream();
  const parsed = pipeline(
    decodeUtf8(input),
    pick.withParserAsStream({ ...packed, filter: /^users$/ }),
    users,
    () => {},
  );
  let number = 0;
  try {
    for await (const { value } of parsed as AsyncIterable<{ readonly value: unknown }>) {
      number += 1;
      yield read({ number }, isObject(value) ? value : {});
    }
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("Parser ")) {
      throw new CommandError(`the file is not JSON behind user ${number}`);
    }
    throw error;
  }
  if (number === 0) throw new CommandError("the file has no users: an array `users` is expected at its top");
}
