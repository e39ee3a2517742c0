import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { CommandError, exitCodes } from "../command-error.js";
import type { ImportArguments } from "./options.js";
import { firebase } from "./formats/firebase.js";
import { guessFormat } from "./guess-format.js";
import type { SourceRow } from "./source-row.js";

/** The users of a file or of standard input. */
export interface Source {
  readonly rows: AsyncIterable<SourceRow>;
  /** The size in bytes, where it is known. */
  readonly size: number | undefined;
  /** How many bytes were read. */
  position(): number;
  /** Stops reading. */
  close(): void;
}

/** Opens the source and finds its format. Leaves out the rows to skip. Throws a CommandError when it cannot be read. */
export const openSource = async (given: ImportArguments, interrupted: AbortSignal): Promise<Source> => {
  const { input, size } = given.file === "-" ? { input: process.stdin, size: undefined } : await openFile(given.file);
  const counted = input as Readable & { readonly bytesRead?: number };
  const fileName = given.file === "-" ? "" : given.file;
  const { format, whole } = given.format
    ? { format: given.format, whole: input }
    : await unlessInterrupted(input, interrupted, () => guessFormat(input, fileName));
  if (format === firebase && given.hashConfig === undefined && !given.withoutPasswords) {
    throw new CommandError(
      "a Firebase export needs --hash-config FILE with the project's password hash parameters, or --without-passwords",
    );
  }
  const { withoutPasswords, hashConfig } = given;
  const rows = format.read(whole, { withoutPasswords, ...(hashConfig === undefined ? {} : { hashConfig }) });
  return {
    rows: select(rows, given),
    size,
    position: () => counted.bytesRead ?? 0,
    close: () => input.destroy(),
  };
};

const openFile = async (path: string): Promise<{ input: Readable; size: number | undefined }> => {
  try {
    const file = await open(path);
    const stats = await file.stat();
    if (stats.isDirectory()) throw new Error("it is a folder");
    // A named pipe has no size.
    return { input: createReadStream(path, { fd: file }), size: stats.isFile() ? stats.size : undefined };
  } catch (error) {
    throw new CommandError(`cannot read ${path}: ${(error as Error).message}`);
  }
};

/** Ends what waits for the beginning of a source that keeps it waiting. */
const unlessInterrupted = async <T>(input: Readable, interrupted: AbortSignal, work: () => Promise<T>): Promise<T> => {
  const stop = () => input.destroy(new CommandError("stopped", exitCodes.interrupted));
  interrupted.addEventListener("abort", stop);
  try {
    return await work();
  } finally {
    interrupted.removeEventListener("abort", stop);
  }
};

async function* select(
  rows: AsyncIterable<SourceRow>,
  { skip, withoutPasswords }: ImportArguments,
): AsyncGenerator<SourceRow> {
  for await (const row of rows) {
    if (row.number <= skip) continue;
    if (withoutPasswords && "row" in row) {
      row.row.password = undefined;
      row.row.passwordHash = undefined;
    }
    yield row;
  }
}
