import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "mongodb";
import type { Committer, Mutation } from "../../directory/commit/mutation.js";
import { ErrorReason, RosterError } from "../../directory/error.js";
import { databaseUnavailable, isDuplicateKey, isTransient, toRosterError } from "../error.js";
import type { SessionPool } from "./session-pool.js";
import { type Outcome, runTransaction } from "./transaction.js";
import { StaleRead } from "./write.js";

/** Most mutations that share a commit. */
const maxBatch = 128;
/** Most mutations that wait for a commit. */
const maxQueue = 10_000;
/** How long after a taken value nothing is expected to be free any more. */
const distrustMs = 1_000;
/** The share of its own duration that a commit waits for the calls that it has just answered to be followed by others. */
const companyShare = 0.5;
/** How long a commit is tried again when it meets others or the database changes its primary. */
const retryMs = 5_000;

interface Entry {
  readonly mutation: Mutation<unknown>;
  /** The caller has its answer, or has gone. */
  done: boolean;
  settle(outcome: Outcome): void;
}

/**
 * Runs mutations in shared transactions: while one commits, the calls that arrive wait for the next one together. A call
 * that finds nothing under way starts at once.
 */
export class MongoCommitter implements Committer {
  readonly #db: Db;
  readonly #sessions: SessionPool;
  readonly #onCommit: () => void;
  readonly #queue: Entry[] = [];
  #committing = false;
  #distrustUntil = 0;
  #arrived: (() => void) | undefined;

  /** `onCommit` is called after each commit. */
  constructor(db: Db, sessions: SessionPool, onCommit: () => void) {
    this.#db = db;
    this.#sessions = sessions;
    this.#onCommit = onCommit;
  }

  async run<Result>(mutation: Mutation<Result>, signal: AbortSignal): Promise<Result> {
    signal.throwIfAborted();
    if (this.#queue.length >= maxQueue) {
      throw new RosterError(ErrorReason.OVERLOADED, "too many changes are waiting", { retryAfterMs: 1_000 });
    }
    return new Promise<Result>((resolve, reject) => {
      const onAbort = () => entry.settle({ ok: false, error: signal.reason });
      const entry: Entry = {
        mutation,
        done: false,
        settle(outcome) {
          if (entry.done) return;
          entry.done = true;
          signal.removeEventListener("abort", onAbort);
          if (outcome.ok) resolve(outcome.result as Result);
          else reject(outcome.error);
        },
      };
      signal.addEventListener("abort", onAbort);
      this.#queue.push(entry);
      this.#arrived?.();
      if (!this.#committing && this.#queue.length === 1) setImmediate(() => void this.#pump());
    });
  }

  async #pump(): Promise<void> {
    if (this.#committing) return;
    this.#committing = true;
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, maxBatch).filter((entry) => !entry.done);
      if (batch.length === 0) continue;
      const started = performance.now();
      await this.#commit(batch, Date.now() + retryMs);
      if (batch.length > 1) await this.#company(batch.length, (performance.now() - started) * companyShare);
    }
    this.#committing = false;
  }

  /**
   * Under load, callers that were answered together call again together, a moment too late for a commit that starts at
   * once: half of them would always miss it. Waits until as many calls have arrived, but not long. A call that finds no
   * commit under way never waits.
   */
  async #company(answered: number, ms: number): Promise<void> {
    const enough = Math.min(this.#queue.length + answered, maxBatch);
    if (this.#queue.length >= enough) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#arrived = () => {
        if (this.#queue.length < enough) return;
        clearTimeout(timer);
        resolve();
      };
    });
    this.#arrived = undefined;
  }

  async #commit(entries: Entry[], retryUntil: number): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const batch = entries.filter((entry) => !entry.done);
      if (batch.length === 0) return;
      try {
        const mutations = batch.map(({ mutation }) => mutation);
        const trusting = Date.now() >= this.#distrustUntil;
        const outcomes = await this.#sessions.use((session) => runTransaction(this.#db, session, mutations, trusting));
        batch.forEach((entry, i) => entry.settle(outcomes[i] as Outcome));
        this.#onCommit();
        return;
      } catch (error) {
        if (isDuplicateKey(error)) this.#distrustUntil = Date.now() + distrustMs;
        const retry = isConflict(error) || isTransient(error);
        if (!retry || Date.now() >= retryUntil) {
          const final = retry ? giveUp(error) : toRosterError(error);
          for (const entry of batch) entry.settle({ ok: false, error: final });
          return;
        }
        // One call that keeps meeting another server's must not hold up its neighbours.
        if (attempt > 1 && batch.length > 1 && isConflict(error)) {
          const half = batch.length >> 1;
          void this.#commit(batch.slice(0, half), retryUntil);
          void this.#commit(batch.slice(half), retryUntil);
          return;
        }
        await sleep(Math.random() * Math.min(100, 2 ** attempt));
      }
    }
  }
}

const writeConflict = 112;

const isConflict = (error: unknown): boolean =>
  error instanceof StaleRead ||
  isDuplicateKey(error) ||
  (isTransient(error) && (error as { code?: unknown }).code === writeConflict);

const giveUp = (error: unknown): RosterError =>
  isConflict(error)
    ? new RosterError(ErrorReason.CONFLICT, "the change met other changes of the same object; send it again", {
        cause: error,
      })
    : databaseUnavailable(error);
