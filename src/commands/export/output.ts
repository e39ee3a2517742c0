import { once } from "node:events";
import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { CommandError, exitCodes } from "../command-error.js";

/** Where an export goes. */
export interface Output {
  /** Resolves when more may be written. */
  write(text: string): Promise<void>;
  /** All is written: from now on it is there for others. */
  finish(): Promise<void>;
  /** Leaves nothing, where nothing was finished. */
  abandon(): Promise<void>;
}

/** A file that appears when it is complete. Readable by its owner alone, because it holds hashes. */
export class FileOutput implements Output {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #ino: number;

  private constructor(file: FileHandle, path: string, ino: number) {
    this.#file = file;
    this.#path = path;
    this.#ino = ino;
  }

  static async open(path: string): Promise<FileOutput> {
    return guard(path, async () => {
      // One that was left keeps the mode that it has.
      await rm(partial(path), { force: true });
      const file = await open(partial(path), "wx", 0o600);
      return new FileOutput(file, path, (await file.stat()).ino);
    });
  }

  write(text: string): Promise<void> {
    return guard(this.#path, () => this.#file.appendFile(text));
  }

  finish(): Promise<void> {
    return guard(this.#path, async () => {
      await this.#file.sync();
      if (!(await this.#isThere())) throw new Error("another export writes to it");
      await this.#file.close();
      await rename(partial(this.#path), this.#path);
    });
  }

  async abandon(): Promise<void> {
    const isThere = await this.#isThere().catch(() => false);
    await this.#file.close().catch(() => {});
    if (isThere) await rm(partial(this.#path), { force: true }).catch(() => {});
  }

  /** Whether what is there is this export: another one to the same file puts its own beginning there. */
  async #isThere(): Promise<boolean> {
    return (await stat(partial(this.#path))).ino === this.#ino;
  }
}

const partial = (path: string): string => `${path}.partial`;

const guard = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw new CommandError(`cannot write ${path}: ${(error as Error).message}`);
  }
};

/** Standard output. When its reader goes away, the command ends without a word, as others in a pipe do. */
export const pipeOutput = (stream: NodeJS.WriteStream = process.stdout): Output => {
  let failure: Error | undefined;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    failure =
      error.code === "EPIPE"
        ? new CommandError("", exitCodes.brokenPipe)
        : new CommandError(`cannot write: ${error.message}`);
  });
  return {
    async write(text) {
      if (failure) throw failure;
      if (stream.write(text)) return;
      // The error comes to the listener above.
      await once(stream, "drain").catch(() => {});
      if (failure) throw failure;
    },
    async finish() {
      await new Promise<void>((resolve) => stream.write("", () => resolve()));
      if (failure) throw failure;
    },
    async abandon() {},
  };
};
