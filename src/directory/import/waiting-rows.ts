import { optionalTextNames } from "../field-rules.js";
import { RosterError } from "../error.js";
import type { CheckedRow } from "./check-row.js";
import type { ImportRow } from "./import-row.js";

/** A row that was checked, or why it is rejected. */
export interface WaitingRow {
  readonly row: CheckedRow | RosterError;
  readonly bytes: number;
}

/** Most rows, and most bytes of rows, that share a commit. */
const maxRows = 1_000;
const maxBytes = 2 * 1_024 * 1_024;
/** Most passwords to hash for one commit: each takes about as long as a commit of all the others. */
const maxPasswords = 16;

/** Rows on their way to a commit, in their order. */
export class WaitingRows {
  #rows: WaitingRow[] = [];

  get length(): number {
    return this.#rows.length;
  }

  /** Whether more rows would not make the next chunk larger. */
  get full(): boolean {
    return this.#rows.length >= maxRows;
  }

  push(rows: readonly WaitingRow[]): void {
    this.#rows.push(...rows);
  }

  /** The rows of the next commit. */
  take(): readonly WaitingRow[] {
    let [count, bytes, passwords] = [0, 0, 0];
    // Users whose password is compared before the commit: what this commit makes of it would come too late.
    const compared = new Set<string>();
    const matched = new Set<string>();
    for (const { row, bytes: more } of this.#rows) {
      if (count === maxRows || (count > 0 && bytes + more > maxBytes)) break;
      if (!(row instanceof RosterError)) {
        const { match } = row;
        const user = match && ("email" in match ? match.email.folded : match.value);
        const hasPassword = row.password !== undefined;
        if (hasPassword && passwords === maxPasswords) break;
        if (user !== undefined) {
          if (compared.has(user) || (hasPassword && matched.has(user))) break;
          matched.add(user);
          if (hasPassword) compared.add(user);
        }
        if (hasPassword) passwords++;
      }
      count++;
      bytes += more;
    }
    return this.#rows.splice(0, count);
  }
}

/** About as many bytes as a row takes in memory. */
export const rowBytes = (row: ImportRow): number => {
  let units = row.email.length + (row.passwordHash?.hash.length ?? 0);
  for (const name of optionalTextNames) units += row[name]?.length ?? 0;
  for (const [key, value] of row.metadata) units += key.length + value.length + 10;
  return 600 + 2 * units;
};
