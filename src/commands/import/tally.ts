import { ErrorReason } from "../../../gen/ts/roster/v1/error_reason.js";
import { ImportResult_Outcome } from "../../../gen/ts/roster/v1/import.js";
import { count, rate } from "../bulk/progress.js";
import { jsonOfRow } from "../rows/row-json.js";
import type { RejectedFile } from "./rejected-file.js";
import type { Settled } from "./row-sender.js";
import type { Rejection } from "./source-row.js";

/** Counts what became of the rows, and keeps those that were rejected. */
export class Tally {
  readonly #skipped: number;
  readonly #rejectedFile: RejectedFile;
  readonly #started = Date.now();
  readonly #outcomes = new Map<ImportResult_Outcome, number>();
  readonly #reasons = new Map<string, number>();
  #done = 0;

  /** `skipped`: how many rows of the source are left out. */
  constructor(skipped: number, rejectedFile: RejectedFile) {
    this.#skipped = skipped;
    this.#rejectedFile = rejectedFile;
  }

  /** The number of the last row whose fate is known. */
  get lastRow(): number {
    return this.#skipped + this.#done;
  }

  get done(): number {
    return this.#done;
  }

  get rejected(): number {
    return this.#outcomes.get(ImportResult_Outcome.REJECTED) ?? 0;
  }

  add(settled: Settled): void {
    this.#done += 1;
    const { row } = settled;
    if (!("result" in settled)) {
      this.#reject(settled.row.rejection.reason);
      this.#rejectedFile.add(row, settled.row.rejection, settled.row.json, settled.row.text);
      return;
    }
    const { outcome, error } = settled.result;
    if (outcome !== ImportResult_Outcome.REJECTED) {
      this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1);
      return;
    }
    const rejection: Rejection = {
      reason: ErrorReason[error?.reason ?? ErrorReason.UNSPECIFIED] ?? String(error?.reason),
      message: error?.message ?? "",
      ...(error?.fieldViolations.length ? { field_violations: error.fieldViolations } : {}),
    };
    this.#reject(rejection.reason);
    this.#rejectedFile.add(row, rejection, jsonOfRow(settled.row.row));
  }

  /** What to tell at the end. */
  summary(dryRun: boolean): string {
    const of = (outcome: ImportResult_Outcome) => count(this.#outcomes.get(outcome) ?? 0);
    const counts = [
      `${of(ImportResult_Outcome.CREATED)} created`,
      `${of(ImportResult_Outcome.UPDATED)} updated`,
      `${of(ImportResult_Outcome.UNCHANGED)} unchanged`,
      `${of(ImportResult_Outcome.REJECTED)} rejected`,
    ];
    const seconds = ((Date.now() - this.#started) / 1_000).toFixed(1);
    const lines = [
      `${dryRun ? "dry run, nothing was written: " : ""}${counts.join(", ")}`,
      `${count(this.#done)} rows in ${seconds} s, ${rate(this.#done, this.#started)} rows/s`,
      ...[...this.#reasons].map(([reason, rows]) => `rejected for ${reason}: ${count(rows)}`),
    ];
    const { path } = this.#rejectedFile;
    if (path !== undefined) lines.push(`the rejected rows are in ${path}; mend them there and import that file`);
    return `${lines.join("\n")}\n`;
  }

  #reject(reason: string): void {
    const outcome = ImportResult_Outcome.REJECTED;
    this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1);
    this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1);
  }
}
