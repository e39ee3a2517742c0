import { Readable } from "node:stream";
import { CommandError } from "../command-error.js";
import { isObject } from "../rows/json-object.js";
import type { Format, Head } from "./formats/format.js";
import { formats } from "./formats/index.js";

const headBytes = 65_536;

/** The format that a source looks like, by its beginning, and the whole source to read. */
export const guessFormat = async (
  input: Readable,
  fileName: string,
): Promise<{ readonly format: Format; readonly whole: Readable }> => {
  const { text, whole } = await peek(input);
  const head: Head = { text, first: firstObject(text), fileName };
  const format = Object.values(formats).find((each) => each.recognizes(head));
  if (format) return { format, whole };
  throw new CommandError(
    `cannot tell the format of the file; give one with --format: ${Object.keys(formats).join(", ")}`,
  );
};

const peek = async (input: Readable): Promise<{ readonly text: string; readonly whole: Readable }> => {
  const chunks: Buffer[] = [];
  const rest: AsyncIterator<Buffer> = input[Symbol.asyncIterator]();
  for (let size = 0; size < headBytes; ) {
    const { done, value } = await rest.next();
    if (done) break;
    chunks.push(value);
    size += value.length;
  }
  const text = Buffer.concat(chunks)
    .toString("utf8")
    .replace(/^\uFEFF/, "");
  const whole = async function* () {
    yield* chunks;
    yield* { [Symbol.asyncIterator]: () => rest };
  };
  return { text, whole: Readable.from(whole()) };
};

const firstObject = (text: string): Head["first"] => {
  try {
    const json: unknown = JSON.parse(text.trimStart().split("\n", 1)[0] ?? "");
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
};
