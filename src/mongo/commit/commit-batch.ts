import { setTimeout as sleep } from "node:timers/promises";
import { NeedsOwnCommit } from "../../directory/commit/decide.js";
import type { Outcome } from "../../directory/commit/mutation.js";
import { ErrorReason, RosterError } from "../../directory/error.js";
import { databaseUnavailable, isDuplicateKey, isTooLarge, isTransient, toRosterError } from "../error.js";
import { WriteConflict } from "./write.js";

/** How the entries of a batch are committed. */
export interface BatchWork<Entry> {
  /** Strictly in order: what comes after a failure is not tried, and the failure is thrown. Otherwise each has its outcome. */
  readonly isOrdered: boolean;
  /** How often a whole batch may conflict before it is cut. */
  readonly maxConflicts: number;
  /** The longest wait before the first further try, in milliseconds. It doubles with each try. */
  readonly backoffMs: number;
  /** Makes one transaction. Throws when nothing was written, or when it is unknown. */
  attempt(batch: readonly Entry[]): Promise<Outcome[]>;
  /** Whether somebody still waits for an entry. May throw, to end the whole. */
  isWanted(entry: Entry): boolean;
  settle(entry: Entry, outcome: Outcome): void;
  /** Cuts a batch that keeps conflicting, so that what does not conflict goes on. One part: it cannot be cut so. */
  cut(batch: readonly Entry[]): (readonly Entry[])[];
  /** Takes over a batch that conflicts and cannot be cut, to commit it later. Absent: it is tried again at once. */
  postpone?(batch: readonly Entry[]): void;
}

/** How long a commit is tried again when it conflicts or the database changes its primary. */
const retryMs = 5_000;
const maxBackoffMs = 200;

const writeConflict = 112;

/** Whether a transaction met another one. Nothing of it was written, and it has to be decided again. */
export const isConflict = (error: unknown): boolean =>
  error instanceof WriteConflict ||
  isDuplicateKey(error) ||
  (isTransient(error) && (error as { code?: unknown }).code === writeConflict);

/** Cuts in half: one after the other, the parts are in order. */
export const halves = <Entry>(batch: readonly Entry[]): (readonly Entry[])[] =>
  batch.length < 2 ? [batch] : [batch.slice(0, batch.length >> 1), batch.slice(batch.length >> 1)];

/**
 * Commits a batch. What to do after an error, in this order:
 *
 * | error | then |
 * |---|---|
 * | an entry needs a commit of its own | those before it, it, those after it |
 * | the database says that it is too much at once | cut in half |
 * | a conflict, once more than is allowed, and the batch can be cut | cut |
 * | a conflict of what cannot be cut | postpone it, where that is possible |
 * | a conflict, or another error after which nothing was written | wait a little, and try again, for 5 seconds |
 * | any other | fail |
 *
 * The parts of a batch are committed one after another: there is one transaction at a time. Resolves when each entry is
 * settled, unwanted or postponed.
 */
export const commitBatch = async <Entry>(
  batch: readonly Entry[],
  work: BatchWork<Entry>,
  retryUntil: number = performance.now() + retryMs,
): Promise<void> => {
  const commitParts = async (parts: readonly (readonly Entry[])[], until?: number) => {
    for (const part of parts) await commitBatch(part, work, until);
  };
  for (let attempt = 1; ; attempt++) {
    const entries = batch.filter((entry) => work.isWanted(entry));
    if (entries.length === 0) return;
    const started = performance.now();
    try {
      const outcomes = await work.attempt(entries);
      entries.forEach((entry, i) => work.settle(entry, outcomes[i] as Outcome));
      return;
    } catch (error) {
      const durationMs = performance.now() - started;
      if (error instanceof NeedsOwnCommit) return commitParts(around(entries, error.index, work.isOrdered));
      if (entries.length > 1 && isTooLarge(error, durationMs)) return commitParts(halves(entries));
      const hasConflict = isConflict(error);
      if (hasConflict && attempt > work.maxConflicts) {
        const parts = work.cut(entries);
        if (parts.length > 1) return commitParts(parts, retryUntil);
        if (work.postpone) return work.postpone(entries);
      }
      if (!(hasConflict || isTransient(error)) || performance.now() >= retryUntil) {
        const final = finalError(error, durationMs);
        if (work.isOrdered && !hasConflict) throw final;
        for (const entry of entries) work.settle(entry, { ok: false, error: final });
        return;
      }
      await sleep(Math.random() * Math.min(maxBackoffMs, work.backoffMs * 2 ** (attempt - 1)));
    }
  }
};

/** Commits what one transaction does, as `commitBatch` commits a batch: tried again for 5 seconds, or failed. */
export const commitOne = async <Result>(transaction: () => Promise<Result>): Promise<Result> => {
  let settled: Outcome | undefined;
  await commitBatch([transaction], {
    isOrdered: true,
    maxConflicts: 3,
    backoffMs: 40,
    attempt: (batch) => Promise.all(batch.map(async (run) => ({ ok: true, result: await run() }))),
    isWanted: () => true,
    settle: (_entry, outcome) => {
      settled = outcome;
    },
    cut: (batch) => [batch],
  });
  if (settled?.ok) return settled.result as Result;
  throw settled?.error;
};

/** The parts of a batch in which the entry at an index needs a commit apart from those before it. */
const around = <Entry>(entries: readonly Entry[], index: number, isOrdered: boolean): (readonly Entry[])[] => {
  const alone = entries.slice(index, index + 1);
  if (!isOrdered) return [entries.filter((_, i) => i !== index), alone];
  return index === 0 ? [alone, entries.slice(1)] : [entries.slice(0, index), entries.slice(index)];
};

/** What is answered to whoever keeps meeting the changes of others. */
export const conflict = (cause?: unknown): RosterError =>
  new RosterError(ErrorReason.CONFLICT, "the change met other changes of the same object; send it again", { cause });

/** What to answer after the last try, which took so many milliseconds. */
export const finalError = (error: unknown, durationMs: number): unknown => {
  if (isConflict(error)) return conflict(error);
  if (isTooLarge(error, durationMs)) {
    const message = "the change is more than the database could do in one transaction; nothing was changed";
    return databaseUnavailable(error, message);
  }
  return isTransient(error) ? databaseUnavailable(error) : toRosterError(error);
};
