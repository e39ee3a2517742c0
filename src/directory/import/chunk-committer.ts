import type { EmailForms } from "../attempts.js";
import type { CallContext } from "../call-context.js";
import type { Committer, Outcome } from "../commit/mutation.js";
import { CredentialMoved } from "../credential.js";
import { ErrorReason, RosterError } from "../error.js";
import type { CheckedRow } from "./check-row.js";
import type { RowDone, RowOutcome } from "./import-row.js";
import { type PreparedRow, rowMutations } from "./row-mutation.js";
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
  readonly #onPasswordsSet: (emails: readonly EmailForms[]) => Promise<void>;

  /** `onPasswordsSet` is called after each commit, and waited for. */
  constructor(
    committer: Pick<Committer, "runInOrder">,
    passwords: RowPasswords,
    call: CallContext,
    onPasswordsSet: (emails: readonly EmailForms[]) => Promise<void> = async () => {},
  ) {
    this.#committer = committer;
    this.#passwords = passwords;
    this.#call = call;
    this.#onPasswordsSet = onPasswordsSet;
  }

  /** Does for each row what takes time and needs no commit. */
  async prepare(rows: readonly (CheckedRow | RosterError)[]): Promise<ChunkRow[]> {
    const good = rows.filter((row): row is CheckedRow => !(row instanceof RosterError));
    const prepared = await this.#passwords.prepare(good);
    let i = 0;
    return rows.map((row) => ({ row, prepared: row instanceof RosterError ? row : (prepared[i++] as PreparedRow) }));
  }

  /** What becomes of each row, in their order. Chunks that are given one after another are committed so. */
  async commit(chunk: readonly ChunkRow[]): Promise<RowOutcome[]> {
    const results: RowOutcome[] = [];
    let rest = chunk;
    let tries = 0;
    for (;;) {
      const done = await this.#commitUntilMoved(rest);
      results.push(...done);
      const [moved, ...behind] = rest.slice(done.length);
      if (moved === undefined) return results;
      tries = done.length > 0 ? 1 : tries + 1;
      const again = tries < maxTries ? await this.prepare([moved.row]) : [{ ...moved, prepared: conflict() }];
      rest = [...again, ...behind];
    }
  }

  /** What becomes of the rows before the first one whose user's password has moved. Of the others nothing is committed. */
  async #commitUntilMoved(chunk: readonly ChunkRow[]): Promise<RowOutcome[]> {
    const good = chunk.flatMap(({ prepared }) => (prepared instanceof RosterError ? [] : [prepared]));
    const outcomes = good.length > 0 ? await this.#committer.runInOrder(rowMutations(good), this.#call) : [];
    const results: RowOutcome[] = [];
    let decided = 0;
    for (const { prepared } of chunk) {
      if (prepared instanceof RosterError) {
        results.push(rejected(prepared));
        continue;
      }
      const outcome = outcomes[decided++] as Outcome<RowDone>;
      if (outcome.ok) results.push(outcome.result);
      else if (outcome.error instanceof RosterError) results.push(rejected(outcome.error));
      else if (outcome.error instanceof CredentialMoved) break;
      else throw outcome.error;
    }
    await this.#onPasswordsSet(results.flatMap((result) => ("newPasswordOf" in result ? result.newPasswordOf : [])));
    return results;
  }
}

const rejected = (error: RosterError): RowOutcome => ({ outcome: "rejected", error });

const conflict = (): RosterError =>
  new RosterError(ErrorReason.CONFLICT, "the user's password was changed at the same time; send the row again");
