import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "mongodb";
import type { CallContext } from "../../directory/call-context.js";
import type { Clock } from "../../directory/clock.js";
import type { AttributedMutation, Committer, Mutation, Outcome } from "../../directory/commit/mutation.js";
import { ErrorReason, RosterError } from "../../directory/error.js";
import type { SecretKey } from "../../directory/secret-key.js";
import { inShares, inSpan, outsideSpans, type Sharer, startShare } from "../../traces/spans.js";
import type { ClockedDb } from "../database-clock.js";
import { isDuplicateKey, isTooLarge, isTransient, toRosterError } from "../error.js";
import { giveUp, isConflict } from "./conflict.js";
import { OrderedCommits } from "./ordered-commits.js";
import type { SessionPool } from "./session-pool.js";
import { type Deciding, NotToBeShared, runTransaction } from "./transaction.js";

/** Most mutations that share a commit. */
const maxBatch = 128;
/** Most commits under way: the calls of one are decided and answered while the database works for the other. */
const lanes = 2;
/** Most mutations that wait for a commit. */
const maxQueue = 10_000;
/** How long after a taken value nothing is expected to be free any more. */
const distrustMs = 1_000;
/** For how long, as a share of a commit's own duration, the calls that it has answered are expected to be followed. */
const companyShare = 0.5;
/** How long a commit is tried again when it meets others or the database changes its primary. */
const retryMs = 5_000;

/** A commit that was made. */
export interface CommitReport {
  /** How many calls shared it. */
  readonly calls: number;
  readonly durationMs: number;
}

interface Entry extends Sharer {
  readonly mutation: AttributedMutation<unknown>;
  /** What it looks up, and its request id. */
  readonly keys: readonly string[];
  /** The caller has its answer, or has gone. */
  done: boolean;
  settle(outcome: Outcome): void;
}

/**
 * Runs mutations in shared transactions: while these commit, the calls that arrive wait for the next one together. A call
 * that finds nothing under way starts at once.
 *
 * Under load, callers that were answered together call again together, a moment too late for a commit that starts at
 * once: half of them would always miss it. So a commit also waits, but not long, until its share of the callers is there.
 */
export class MongoCommitter implements Committer {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #sessions: SessionPool;
  readonly #onCommit: (commit: CommitReport) => void;
  readonly #secretKey: SecretKey;
  #queue: Entry[] = [];
  /** The values that the mutations under way look up: what looks one of them up waits for the next commit. */
  readonly #busy = new Set<string>();
  readonly #ordered = new OrderedCommits({
    busy: this.#busy,
    attempt: (mutations) => this.#attempt(mutations, { inOrder: true }),
    onFreed: () => this.#start(),
  });
  #scheduled = false;
  #lanesUsed = 0;
  /** Calls in commits under way. */
  #running = 0;
  /** Calls that were just answered and are likely to be followed by others of the same callers. */
  #returning = 0;
  #returnTimer: NodeJS.Timeout | undefined;
  #distrustUntil = 0;

  /** `onCommit` is called after each commit. */
  constructor(
    { db, clock }: ClockedDb,
    sessions: SessionPool,
    secretKey: SecretKey,
    onCommit: (commit: CommitReport) => void,
  ) {
    this.#db = db;
    this.#clock = clock;
    this.#sessions = sessions;
    this.#secretKey = secretKey;
    this.#onCommit = onCommit;
  }

  /** How many mutations wait for a commit. */
  get waiting(): number {
    return this.#queue.length;
  }

  async run<Result>(mutation: Mutation<Result>, { signal, actor }: CallContext): Promise<Result> {
    signal.throwIfAborted();
    if (this.#queue.length >= maxQueue) {
      throw new RosterError(ErrorReason.OVERLOADED, "too many changes are waiting", { retryAfterMs: 1_000 });
    }
    return new Promise<Result>((resolve, reject) => {
      const onAbort = () => entry.settle({ ok: false, error: signal.reason });
      const entry: Entry = {
        mutation: actor ? { ...mutation, actor } : mutation,
        keys: keysOf(mutation),
        done: false,
        share: startShare("commit"),
        settle(outcome) {
          if (entry.done) return;
          entry.done = true;
          entry.share?.end();
          signal.removeEventListener("abort", onAbort);
          if (outcome.ok) resolve(outcome.result as Result);
          else reject(outcome.error);
        },
      };
      signal.addEventListener("abort", onAbort);
      this.#queue.push(entry);
      if (this.#returning > 0) this.#returning--;
      this.#schedule();
    });
  }

  async runInOrder<Result>(
    mutations: readonly Mutation<Result>[],
    { signal, actor }: CallContext,
  ): Promise<Outcome<Result>[]> {
    signal.throwIfAborted();
    const attributed = actor ? mutations.map((mutation) => ({ ...mutation, actor })) : mutations;
    const outcomes = await this.#ordered.run(attributed, mutations.flatMap(keysOf), signal);
    return outcomes as Outcome<Result>[];
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#start();
    });
  }

  #start(): void {
    while (this.#lanesUsed < lanes && this.#isWorthwhile()) {
      const batch = this.#take();
      if (batch.length === 0) return;
      void this.#runLane(batch);
    }
  }

  /** Whether a commit should start now: its share of the calls waits, or nobody else is expected. */
  #isWorthwhile(): boolean {
    const waiting = this.#queue.length;
    if (waiting === 0) return false;
    if (this.#lanesUsed === 0 && this.#returning === 0) return true;
    return waiting >= Math.min(maxBatch, Math.ceil((waiting + this.#running + this.#returning) / lanes));
  }

  /** The calls of the next commit, in the order of their arrival but for those that a commit under way must not meet. */
  #take(): Entry[] {
    const batch: Entry[] = [];
    const left: Entry[] = [];
    let looked = 0;
    for (const entry of this.#queue) {
      if (batch.length === maxBatch) break;
      looked++;
      if (entry.done) continue;
      if (entry.keys.some((key) => this.#busy.has(key))) left.push(entry);
      else batch.push(entry);
    }
    this.#queue = [...left, ...this.#queue.slice(looked)];
    return batch;
  }

  async #runLane(batch: Entry[]): Promise<void> {
    this.#lanesUsed++;
    this.#running += batch.length;
    const keys = batch.flatMap((entry) => entry.keys);
    for (const key of keys) this.#busy.add(key);
    const started = performance.now();
    await this.#commit(batch, performance.now() + retryMs);
    for (const key of keys) this.#busy.delete(key);
    this.#ordered.startNext();
    this.#lanesUsed--;
    this.#running -= batch.length;
    if (batch.length > 1) {
      this.#returning += batch.length;
      clearTimeout(this.#returnTimer);
      this.#returnTimer = setTimeout(
        () => {
          this.#returning = 0;
          this.#start();
        },
        (performance.now() - started) * companyShare,
      );
    }
    this.#start();
  }

  async #commit(entries: Entry[], retryUntil: number): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const batch = entries.filter((entry) => !entry.done);
      if (batch.length === 0) return;
      const started = performance.now();
      try {
        const mutations = batch.map(({ mutation }) => mutation);
        const outcomes = await inShares(batch, () => this.#attempt(mutations, { inOrder: false }));
        batch.forEach((entry, i) => entry.settle(outcomes[i] as Outcome));
        return;
      } catch (error) {
        if (error instanceof NotToBeShared) {
          const [alone] = batch.splice(error.index, 1);
          await this.#commit(batch, retryUntil);
          await this.#commit([alone as Entry], performance.now() + retryMs);
          return;
        }
        const halves = [batch.slice(0, batch.length >> 1), batch.slice(batch.length >> 1)];
        const durationMs = performance.now() - started;
        // One after the other: what was too much at once would be too much side by side.
        if (batch.length > 1 && isTooLarge(error, durationMs)) {
          for (const half of halves) await this.#commit(half, performance.now() + retryMs);
          return;
        }
        const retry = isConflict(error) || isTransient(error);
        if (!retry || performance.now() >= retryUntil) {
          const final = retry ? giveUp(error, durationMs) : toRosterError(error);
          for (const entry of batch) entry.settle({ ok: false, error: final });
          return;
        }
        // One call that keeps meeting another server's must not hold up its neighbours.
        if (attempt > 1 && batch.length > 1 && isConflict(error)) {
          for (const half of halves) void this.#commit(half, retryUntil);
          return;
        }
        await sleep(Math.random() * Math.min(100, 2 ** attempt));
      }
    }
  }

  async #attempt(
    mutations: readonly AttributedMutation<unknown>[],
    { inOrder }: Pick<Deciding, "inOrder">,
  ): Promise<Outcome[]> {
    const started = performance.now();
    const trusting = performance.now() >= this.#distrustUntil;
    const deciding = { clock: this.#clock, secretKey: this.#secretKey, trusting, inOrder };
    try {
      const outcomes = await inSpan(transactionSpan(mutations), () =>
        this.#sessions.use((session) => runTransaction(this.#db, session, mutations, deciding)),
      );
      outsideSpans(() => this.#onCommit({ calls: mutations.length, durationMs: performance.now() - started }));
      return outcomes;
    } catch (error) {
      if (isDuplicateKey(error)) this.#distrustUntil = performance.now() + distrustMs;
      throw error;
    }
  }
}

const transactionSpan = (mutations: readonly unknown[]) => () => ({
  name: "transaction",
  attributes: { "roster.mutations": mutations.length },
});

const keysOf = ({ lookups, request }: Mutation<unknown>): string[] => {
  const keys = lookups.map(({ table, key, value }) => `${table} ${key} ${value}`);
  return request ? [...keys, `request ${request.requestId}`] : keys;
};
