import { existsSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { CommandError, exitCodes } from "../command-error.js";
import type { JsonObject } from "../rows/json-object.js";
import { rejectedKey } from "./formats/ndjson.js";
import type { Place, Rejection } from "./source-row.js";

/**
 * The rows that were rejected, each on a line in the form that an import takes, with the reason beside its fields. Made
 * when the first one comes; readable by its owner alone, because rows may hold hashes. Never writes over a file.
 */
export class RejectedFile {
  readonly #chosen: string | undefined;
  readonly #source: string;
  #file: FileHandle | undefined;
  #path: string | undefined;
  #lines: string[] = [];

  private constructor(chosen: string | undefined, source: string) {
    this.#chosen = chosen;
    this.#source = source;
  }

  /** The file that was chosen, which must not be there yet; else the first free name beside the source is taken. */
  static prepare(chosen: string | undefined, source: string): RejectedFile {
    if (chosen !== undefined && existsSync(chosen)) throw new CommandError(`${chosen} exists, and is left as it is`);
    return new RejectedFile(chosen, source);
  }

  /** Where the rows are; undefined when there are none. */
  get path(): string | undefined {
    return this.#path;
  }

  add({ number, line }: Place, rejection: Rejection, json: JsonObject, text?: string): void {
    const why = { row: number, ...(line === undefined ? {} : { line }), ...rejection };
    const rejected = text === undefined ? why : { ...why, text };
    this.#lines.push(`${JSON.stringify({ ...json, [rejectedKey]: rejected })}\n`);
  }

  /** Writes what was added. */
  async flush(): Promise<void> {
    if (this.#lines.length === 0) return;
    this.#file ??= await this.#create();
    const lines = this.#lines.splice(0);
    try {
      await this.#file.appendFile(lines.join(""));
    } catch (error) {
      throw new CommandError(`cannot write the rejected rows: ${(error as Error).message}`, exitCodes.usage, {
        cause: error,
      });
    }
  }

  async close(): Promise<void> {
    await this.flush();
    await this.#file?.close();
  }

  async #create(): Promise<FileHandle> {
    for (const path of this.#chosen === undefined ? defaultNames(this.#source) : [this.#chosen]) {
      try {
        const file = await open(path, "wx", 0o600);
        this.#path = path;
        return file;
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code === "EEXIST" && this.#chosen === undefined) continue;
        throw new CommandError(`cannot write the rejected rows: ${code === "EEXIST" ? `${path} exists` : message}`);
      }
    }
    throw new Error("there is always a free name");
  }
}

/** `users.csv.rejected.ndjson`, `users.csv.rejected-2.ndjson` and so on. */
function* defaultNames(source: string): Generator<string> {
  const name = source === "-" ? "import" : source;
  yield `${name}.rejected.ndjson`;
  for (let number = 2; ; number += 1) yield `${name}.rejected-${number}.ndjson`;
}
