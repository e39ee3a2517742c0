import type { Readable } from "node:stream";
import type { JsonObject } from "../../rows/json-object.js";
import type { SourceRow } from "../source-row.js";
import type { FirebaseHashConfig } from "./firebase-hash-config.js";

/** What a reader may need to know beside the source. */
export interface ReaderOptions {
  /** Leave hashes where they are: the users come without a password. */
  readonly withoutPasswords: boolean;
  /** How the project's passwords are hashed. Firebase only, and required there unless `withoutPasswords`. */
  readonly hashConfig?: FirebaseHashConfig;
}

/** The beginning of a source, to tell its format by. */
export interface Head {
  /** The first 64 KiB, or all. */
  readonly text: string;
  /** The first line that is not empty, where it is an object of JSON. */
  readonly first: JsonObject | undefined;
  /** Ends with what the format's files are called. Empty for standard input. */
  readonly fileName: string;
}

/** A form in which users come. */
export interface Format {
  /** A few words for the help. */
  readonly summary: string;
  /** Whether a source looks like it. */
  recognizes(head: Head): boolean;
  /** Reads the rows one by one, only as fast as they are taken. Throws a CommandError for a source that it cannot read. */
  read(input: Readable, options: ReaderOptions): AsyncIterable<SourceRow>;
}
