import type { CallContext } from "../call-context.js";
import type { Committer, Outcome } from "../commit/mutation.js";
import { ErrorReason, RosterError } from "../error.js";
import type { CheckedRow } from "./check-row.js";
import type { RowDone, RowOutcome } from "./import-row.js";
import { CredentialMoved, type PreparedRow, rowMutation } from "./row-mutation.js";
import type { RowPasswords } from "./row-passwords.js";

/** A row that is ready for a commit, or why it is rejected, beside the row as it was. */
export interface ChunkRow {
  readonly row: CheckedRow | RosterError;
  readonly prepared: PreparedRow | RosterError;
}

/** A password changes under a row when somebody else changes it at the same time. */
const maxTries = 3;

/** Commits chunks of rows. */
export class ChunkCommitter {
  readonly #committer: Pick<Committer, "runInOrder">;
  readonly #passwords: RowPasswords;
  readonly #call: CallContext;

  constructor(committer: Pick<Committer, "runInOrder">, passwords: RowPasswords, call: CallContext) {
    this.#committer = committer;
    this.#passwords = passwords;
    this.#call = call;
  }

  /** Does for each row what takes time and needs no commit. */
  async prepare(rows: readonly (CheckedRow | RosterError)[]): Promise<ChunkRow[]> {
    const good = rows.filter((row): row is CheckedRow => !(row instanceof RosterError));
    const prepared = await this.#passwords.prepare(good);
    let i = 0;
    return rows.map((row) => ({ row, prepared: row instanceof RosterError ? row : (prepared[i++] as PreparedRow) }));
  }

  /** What becomes of each row, in their order. Chunks that are given one after another are committed so. */
  async commit(chunk: readonly ChunkRow[], tries = 1): Promise<RowOutcome[]> {
    const good = chunk.flatMap(({ prepared }) => (prepared instanceof RosterError ? [] : [rowMutation(prepared)]));
    const outcomes = good.length > 0 ? await this.#committer.runInOrder(good, this.#call) : [];
    let decided = 0;
    const moved: { readonly i: number; readonly row: CheckedRow | RosterError }[] = [];
    const results = chunk.map(({ row, prepared }, i): RowOutcome => {
      if (prepared instanceof RosterError) return rejected(prepared);
      const outcome = outcomes[decided++] as Outcome<RowDone>;
      if (outcome.ok) return outcome.result;
      if (outcome.error instanceof RosterError) return rejected(outcome.error);
      if (!(outcome.error instanceof CredentialMoved)) throw outcome.error;
      moved.push({ i, row });
      return rejected(conflict());
    });
    if (moved.length > 0 && tries < maxTries) {
      const again = await this.prepare(moved.map(({ row }) => row));
      const second = await this.commit(again, tries + 1);
      for (const [j, { i }] of moved.entries()) results[i] = second[j] as RowOutcome;
    }
    return results;
  }
}

const rejected = (error: RosterError): RowOutcome => ({ outcome: "rejected", error });

const conflict = (): RosterError =>
  new RosterError(ErrorReason.CONFLICT, "the user's password was changed at the same time; send the row again");
