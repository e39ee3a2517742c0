import type { Readable } from "node:stream";
import { CommandError } from "../../command-error.js";

/** A line of a text. */
export interface Line {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

/** No row comes near; a longer line is a file of another format. In UTF-16 units. */
const maxLength = 16 * 1_048_576;

/** The text of a stream of UTF-8. Anything else ends the command: half a name would be worse. */
export async function* decodeUtf8(input: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of input) yield decoder.decode(chunk as Buffer, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new CommandError("the file is not UTF-8");
    throw error;
  }
}

/** The lines of a stream, but for those that are empty. */
export async function* readLines(input: Readable): AsyncGenerator<Line> {
  let line = 0;
  let rest = "";
  for await (const text of decodeUtf8(input)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() as string;
    if (rest.length > maxLength) throw new CommandError(`line ${line + lines.length + 1} is too long for a row`);
    for (const complete of lines) {
      line += 1;
      if (complete.trim() !== "") yield { line, text: complete };
    }
  }
  if (rest.trim() !== "") yield { line: line + 1, text: rest };
}
