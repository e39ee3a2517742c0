import type { Clock } from "../clock.js";
import { checkRow } from "./check-row.js";
import type { ChunkCommitter } from "./chunk-committer.js";
import { Condition } from "./condition.js";
import type { ImportOptions, ImportRow, RowResult } from "./import-row.js";
import { rowBytes, type WaitingRow, WaitingRows } from "./waiting-rows.js";

/** Most rows, and about as many bytes of rows, that were read and whose results were not taken yet. */
const maxRows = 3_000;
const maxBytes = 8 * 1_024 * 1_024;

/**
 * One import on its way: rows are read and checked, wait, are committed in chunks, and their results wait to be taken.
 * All of these go on at the same time, and stop when too many rows are between the first and the last of them.
 */
export class ImportRun {
  readonly #options: ImportOptions;
  readonly #chunkCommitter: ChunkCommitter;
  readonly #clock: Pick<Clock, "now">;
  readonly #changed: Condition;
  readonly #waiting = new WaitingRows();
  readonly #chunks: { readonly results: Promise<RowResult[]>; readonly bytes: number }[] = [];
  /** Commits at a time. A row that changes a user may set free what the next one takes: these wait for each other. */
  readonly #lanes: number;
  #committing = 0;
  #rows = 0;
  #bytes = 0;
  #lastRow = 0;
  #reading = true;
  #working = true;
  #failure: { readonly error: unknown } | undefined;

  constructor(options: ImportOptions, chunkCommitter: ChunkCommitter, clock: Pick<Clock, "now">, signal: AbortSignal) {
    this.#options = options;
    this.#chunkCommitter = chunkCommitter;
    this.#clock = clock;
    this.#changed = new Condition(signal);
    this.#lanes = options.matchOn === undefined && !options.dryRun ? 2 : 1;
  }

  /** Runs the rows. When they end in an error, the results of all rows before come first. */
  async *results(rows: AsyncIterable<readonly ImportRow[]>): AsyncGenerator<readonly RowResult[]> {
    void this.#read(rows);
    void this.#work();
    try {
      for (;;) {
        await this.#changed.until(() => this.#chunks.length > 0 || !this.#working);
        const chunk = this.#chunks.shift();
        if (chunk === undefined) break;
        const results = await chunk.results;
        yield results;
        this.#rows -= results.length;
        this.#bytes -= chunk.bytes;
        this.#changed.notify();
      }
      if (this.#failure) throw this.#failure.error;
    } finally {
      this.#reading = false;
      this.#working = false;
      this.#changed.notify();
    }
  }

  async #read(messages: AsyncIterable<readonly ImportRow[]>): Promise<void> {
    try {
      for await (const rows of messages) {
        const now = this.#clock.now();
        const checked = rows.map((row): WaitingRow => {
          return { row: checkRow(row, this.#options, now), bytes: rowBytes(row) };
        });
        this.#rows += checked.length;
        for (const { bytes } of checked) this.#bytes += bytes;
        this.#waiting.push(checked);
        this.#changed.notify();
        await this.#changed.until(() => (this.#rows < maxRows && this.#bytes < maxBytes) || !this.#reading);
        if (!this.#reading) return;
      }
    } catch (error) {
      this.#failure ??= { error };
    } finally {
      this.#reading = false;
      this.#changed.notify();
    }
  }

  /** Starts one chunk after another; with rows enough, also beside one that is under way. */
  async #work(): Promise<void> {
    const isWorthwhile = () => this.#committing === 0 || this.#waiting.full || !this.#reading;
    const canStart = () => this.#waiting.length > 0 && this.#committing < this.#lanes && isWorthwhile();
    const isOver = () => !this.#working || (!this.#reading && this.#waiting.length === 0);
    try {
      for (;;) {
        await this.#changed.until(() => canStart() || isOver());
        if (isOver()) break;
        await this.#start(this.#waiting.take());
      }
    } catch {
      // The signal: whoever waits for results gets its reason.
    } finally {
      this.#working = false;
      this.#changed.notify();
    }
  }

  /** Resolves when the chunk was given to the committer, which keeps the order of those that are. */
  async #start(rows: readonly WaitingRow[]): Promise<void> {
    this.#committing++;
    const first = this.#lastRow + 1;
    this.#lastRow += rows.length;
    const prepared = this.#chunkCommitter.prepare(rows.map(({ row }) => row));
    const results = prepared
      .then((chunk) => this.#chunkCommitter.commit(chunk))
      .then((outcomes) => outcomes.map((outcome, i): RowResult => ({ row: first + i, ...outcome })))
      .catch((error: unknown) => {
        // No later chunk is started.
        this.#working = false;
        throw error;
      })
      .finally(() => {
        this.#committing--;
        this.#changed.notify();
      });
    // Whoever takes the results is told.
    results.catch(() => {});
    this.#chunks.push({ results, bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0) });
    this.#changed.notify();
    await prepared.catch(() => {});
  }
}
