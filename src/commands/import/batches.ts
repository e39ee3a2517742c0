import type { ImportRow } from "../../../gen/ts/roster/v1/import.js";
import { rowFields } from "../rows/fields.js";
import type { SourceRow } from "./source-row.js";

/** Rows of the source that go to the server in one message, and those beside them that are not sent. */
export interface Batch {
  readonly rows: readonly SourceRow[];
  /** How many bytes of the source were read for it. */
  readonly position: number;
}

const maxRows = 500;
/** Well under what a server takes in one message; in UTF-16 units, each of which is 3 bytes of UTF-8 at most. */
const maxSize = 256 * 1_024;

/** Puts rows together, in order, until the source ends or breaks or the signal comes. */
export async function* batches(
  source: AsyncIterable<SourceRow>,
  position: () => number,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  let rows: SourceRow[] = [];
  let size = 0;
  let failure: unknown;
  try {
    for await (const row of until(source, signal)) {
      const more = "row" in row ? sizeOf(row.row) : 1_000;
      if (rows.length > 0 && (rows.length === maxRows || size + more > maxSize)) {
        yield { rows, position: position() };
        rows = [];
        size = 0;
      }
      rows.push(row);
      size += more;
    }
  } catch (error) {
    failure = error;
  }
  if (rows.length > 0 && !signal.aborted) yield { rows, position: position() };
  if (failure !== undefined) throw failure;
}

/** What is not read when the signal comes is left, also where the source keeps one waiting. */
async function* until<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  // One promise that every row is raced with would keep a reaction for each of them.
  let stop: (() => void) | undefined;
  signal.addEventListener("abort", () => stop?.(), { once: true });
  while (!signal.aborted) {
    const result = await new Promise<IteratorResult<T> | undefined>((resolve, reject) => {
      stop = () => resolve(undefined);
      iterator.next().then(resolve, reject);
    });
    if (result === undefined || result.done) return;
    yield result.value;
  }
}

const sizeOf = (row: ImportRow): number => {
  let size = 100;
  for (const { property } of rowFields) {
    const value = row[property];
    if (typeof value === "string") size += value.length;
  }
  for (const [key, value] of row.metadata) size += key.length + value.length + 8;
  return size + (row.passwordHash?.hash.length ?? 0);
};
