import type { ClientDuplexStream } from "@grpc/grpc-js";
import type { ImportOptions, ImportResult } from "../../../gen/ts/roster/v1/import.js";
import type { ImportUsersRequest, ImportUsersResponse } from "../../../gen/ts/roster/v1/user_service.js";
import { CommandError, exitCodes } from "../command-error.js";
import type { Batch } from "./batches.js";
import type { BadRow, GoodRow, SourceRow } from "./source-row.js";

/** A call of `ImportUsers`. */
export type ImportCall = ClientDuplexStream<ImportUsersRequest, ImportUsersResponse>;

/** A row whose fate is known. */
export type Settled = { readonly row: GoodRow; readonly result: ImportResult } | { readonly row: BadRow };

/** Rows whose fate is known, and how many bytes of the source were read for them. */
export interface SettledBatch {
  readonly rows: readonly Settled[];
  readonly position: number;
}

/** Batches under way. One more is sent when the results of the first are here: that bounds the memory. */
const window = 8;

/** Sends the rows of an import, and puts them together with their results. */
export class RowSender {
  readonly #call: ImportCall;
  readonly #underWay: Batch[] = [];
  readonly #results: AsyncGenerator<ImportResult>;
  #allSent = false;
  /** What ended the call, or the reading of the source. */
  #callFailure: Error | undefined;
  #sourceFailure: Error | undefined;
  #stopped = false;
  #wake = () => {};

  constructor(call: ImportCall) {
    this.#call = call;
    this.#results = readResults(call);
    // Also when nobody reads from the call: the server may go away while the source keeps us waiting.
    call.once("error", (error) => this.#fail(error));
  }

  /**
   * Gives the rows of each batch with what became of them, in the order of the source. Ends when all that was sent is
   * answered. Throws, behind the rows before, what the source throws and the ServiceError of the call.
   */
  async *send(options: ImportOptions, source: AsyncIterable<Batch>): AsyncGenerator<SettledBatch> {
    const sent = this.#write(options, source);
    try {
      for (;;) {
        while (this.#underWay.length === 0 && !this.#allSent && !this.#callFailure) await this.#change();
        const [batch] = this.#underWay;
        if (batch === undefined) break;
        const rows = await this.#settle(batch.rows);
        this.#underWay.shift();
        this.#wake();
        yield { rows, position: batch.position };
        if (this.#callFailure) throw this.#callFailure;
      }
      // The end of the call, which may be an error behind the last result.
      await this.#results.next().catch((error: Error) => this.#fail(error));
      if (this.#callFailure) throw this.#callFailure;
      await sent;
      if (this.#sourceFailure) throw this.#sourceFailure;
    } finally {
      this.#stopped = true;
      this.#wake();
      this.#call.cancel();
    }
  }

  async #write(options: ImportOptions, source: AsyncIterable<Batch>): Promise<void> {
    try {
      this.#call.write({ options, rows: [] });
      for await (const batch of source) {
        while (this.#underWay.length >= window && !this.#isOver) await this.#change();
        if (this.#isOver) return;
        this.#underWay.push(batch);
        this.#wake();
        const rows = batch.rows.filter(isGood).map(({ row }) => row);
        if (rows.length > 0) this.#call.write({ options: undefined, rows });
      }
    } catch (error) {
      this.#sourceFailure = error as Error;
    } finally {
      this.#allSent = true;
      this.#call.end();
      this.#wake();
    }
  }

  /** Waits for the results of the rows. When the call ends before, gives those that have one. */
  async #settle(rows: readonly SourceRow[]): Promise<readonly Settled[]> {
    const settled: Settled[] = [];
    try {
      for (const row of rows) {
        if (!isGood(row)) settled.push({ row });
        else {
          const { done, value } = await this.#results.next();
          if (done) throw new CommandError(`the server gave no result for row ${row.number}`, exitCodes.callFailed);
          settled.push({ row, result: value });
        }
      }
    } catch (error) {
      this.#fail(error as Error);
    }
    return settled;
  }

  get #isOver(): boolean {
    return this.#stopped || this.#callFailure !== undefined;
  }

  #fail(error: Error): void {
    this.#callFailure ??= error;
    this.#wake();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

const isGood = (row: SourceRow): row is GoodRow => "row" in row;

async function* readResults(call: ImportCall): AsyncGenerator<ImportResult> {
  for await (const { results } of call as AsyncIterable<ImportUsersResponse>) yield* results;
}
