import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "mongodb";
import type { CallContext } from "../../directory/call-context.js";
import type { Clock } from "../../directory/clock.js";
import type { AttributedMutation, Committer, Mutation, Outcome } from "../../directory/commit/mutation.js";
import { ErrorReason, RosterError } from "../../directory/error.js";
import type { SecretKey } from "../../directory/secret-key.js";
import { inShares, inSpan, outsideSpans, type Sharer, startShare } from "../../traces/spans.js";
import { Turns } from "../../turns.js";
import type { ClockedDb } from "../database-clock.js";
import { isDuplicateKey, withRosterErrors } from "../error.js";
import { type BatchWork, commitBatch, conflict, halves } from "./commit-batch.js";
import { GroupCommit, type GroupEntry } from "./group-commit.js";
import { IdempotencyStore } from "./idempotency.js";
import { KeyLocks } from "./key-locks.js";
import type { SessionPool } from "./session-pool.js";
import { type Committed, runTransaction } from "./transaction.js";

/** Most mutations that share a commit. */
const maxBatch = 128;
/** Most commits of single calls under way, and as many ordered ones, which are large. */
const lanes = 2;
/** Most mutations that wait for a commit. */
const maxQueue = 10_000;
/** How long after a taken value nothing is expected to be free any more. */
const pessimisticMs = 1_000;
/** How long a mutation that meets those of other servers is tried again. */
const retryMs = 5_000;
/** The longest wait of a batch that meets others before it is tried by itself. */
const apartMs = 50;

/** A commit that was made. */
export interface CommitReport {
  /** How many calls shared it. */
  readonly calls: number;
  readonly durationMs: number;
}

/** Where the events of commits go. */
export interface EventSink {
  /**
   * Makes a commit. `isAlone`: there is no other one under way. Then its events may be appended to the log at once, where
   * this server is the one that does that.
   */
  commit(isAlone: boolean, make: (mayAppend: boolean) => Promise<Committed>): Promise<Committed>;
}

/** What a committer works with. */
export interface CommitterParts {
  readonly database: ClockedDb;
  readonly sessions: SessionPool;
  readonly secretKey: SecretKey;
  readonly events: EventSink;
  /** Is called after each commit. */
  onCommit(commit: CommitReport): void;
}

interface Entry extends GroupEntry, Sharer {
  readonly mutation: AttributedMutation<unknown>;
  /** What it looks up, and its request id. */
  readonly keys: readonly string[];
  /** When it is given up, by `performance.now`; set when it conflicts. */
  retryUntil: number | undefined;
  /** The caller has its answer, or has gone. */
  done: boolean;
  settle(outcome: Outcome): void;
}

/**
 * Runs mutations in transactions that concurrent calls share. `GroupCommit` says which ones and when, `KeyLocks` keeps those
 * of this server apart, `commitBatch` says what to do after an error, and `runTransaction` decides and writes.
 */
export class MongoCommitter implements Committer {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #parts: CommitterParts;
  readonly #locks = new KeyLocks(() => this.#group.flush());
  readonly #orderedLanes = new Turns(lanes);
  readonly #group: GroupCommit<Entry> = new GroupCommit({
    lanes,
    maxBatch,
    locks: this.#locks,
    commit: (batch) => commitBatch(batch, this.#sharedWork),
  });
  readonly #sharedWork: BatchWork<Entry> = {
    isOrdered: false,
    maxConflicts: 1,
    backoffMs: 2,
    isWanted: ({ done }) => !done,
    attempt: (batch) =>
      inShares(batch, () => {
        const isAlone = batch.length === 1 && !this.#group.isBusy;
        return this.#attempt(
          batch.map(({ mutation }) => mutation),
          isAlone,
        );
      }),
    settle: (entry, outcome) => entry.settle(outcome),
    cut: cutByKeys,
    postpone: (batch) => void this.#commitApart(batch),
  };
  #pessimisticUntil = 0;

  constructor(parts: CommitterParts) {
    this.#parts = parts;
    this.#db = parts.database.db;
    this.#clock = parts.database.clock;
  }

  /** How many mutations wait for a commit. */
  get waiting(): number {
    return this.#group.waiting;
  }

  async run<Result>(mutation: Mutation<Result>, { signal, actor }: CallContext): Promise<Result> {
    signal.throwIfAborted();
    if (this.waiting >= maxQueue) {
      throw new RosterError(ErrorReason.OVERLOADED, "too many changes are waiting", { retryAfterMs: 1_000 });
    }
    return new Promise<Result>((resolve, reject) => {
      const onAbort = () => entry.settle({ ok: false, error: signal.reason });
      const entry: Entry = {
        mutation: actor ? { ...mutation, actor } : mutation,
        keys: keysOf(mutation),
        retryUntil: undefined,
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
      this.#group.add(entry);
    });
  }

  async runInOrder<Result>(
    mutations: readonly Mutation<Result>[],
    { signal, actor }: CallContext,
  ): Promise<Outcome<Result>[]> {
    signal.throwIfAborted();
    const entries = mutations.map((mutation) => (actor ? { ...mutation, actor } : mutation));
    const outcomes: Outcome[] = [];
    const keys = mutations.flatMap(keysOf);
    await this.#orderedLanes.take(async () => {
      await this.#locks.acquire(keys);
      try {
        await commitBatch(entries, {
          isOrdered: true,
          maxConflicts: 3,
          backoffMs: 40,
          attempt: (batch) => this.#attempt(batch, false),
          isWanted() {
            signal.throwIfAborted();
            return true;
          },
          // In the order of the entries, because their parts are committed in it.
          settle: (_entry, outcome) => void outcomes.push(outcome),
          cut: halves,
        });
      } finally {
        this.#locks.release(keys);
      }
    });
    return outcomes as Outcome<Result>[];
  }

  async findReplay<Result>(
    mutation: Mutation<Result>,
    { actor }: CallContext,
  ): Promise<{ readonly result: Result } | undefined> {
    const asked = actor ? { ...mutation, actor } : mutation;
    const parts = { secretKey: this.#parts.secretKey, now: this.#clock.now() };
    const store = await withRosterErrors(IdempotencyStore.load(this.#db, undefined, [asked], parts));
    return store.find(asked) as { result: Result } | undefined;
  }

  /** Commits what keeps meeting other servers, later and by itself, so that it does not hold up its neighbours. */
  async #commitApart(batch: readonly Entry[]): Promise<void> {
    for (const entry of batch) entry.retryUntil ??= performance.now() + retryMs;
    await sleep(Math.random() * apartMs);
    const inTime = batch.filter(({ retryUntil = 0 }) => performance.now() < retryUntil);
    const late = batch.filter((entry) => !inTime.includes(entry));
    for (const entry of late) entry.settle({ ok: false, error: conflict() });
    if (inTime.length > 0) this.#group.addApart(inTime);
  }

  async #attempt(mutations: readonly AttributedMutation<unknown>[], isAlone: boolean): Promise<Outcome[]> {
    const { sessions, secretKey, events, onCommit } = this.#parts;
    const started = performance.now();
    const isOptimistic = started >= this.#pessimisticUntil;
    const parts = { clock: this.#clock, secretKey, isOptimistic };
    try {
      const { outcomes } = await inSpan(transactionSpan(mutations), () =>
        events.commit(isAlone, (mayAppend) =>
          sessions.use((session) => runTransaction(this.#db, session, mutations, { ...parts, mayAppend })),
        ),
      );
      outsideSpans(() => onCommit({ calls: mutations.length, durationMs: performance.now() - started }));
      return outcomes;
    } catch (error) {
      if (isDuplicateKey(error)) this.#pessimisticUntil = performance.now() + pessimisticMs;
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

/** Two parts that have no key in common; one where there are none. */
const cutByKeys = (batch: readonly Entry[]): (readonly Entry[])[] => {
  const groups: { keys: Set<string>; entries: Entry[] }[] = [];
  for (const entry of batch) {
    const group = { keys: new Set(entry.keys), entries: [entry] };
    for (const other of groups.filter(({ keys }) => entry.keys.some((key) => keys.has(key)))) {
      for (const key of other.keys) group.keys.add(key);
      group.entries.unshift(...other.entries);
      groups.splice(groups.indexOf(other), 1);
    }
    groups.push(group);
  }
  return halves(groups).map((part) => part.flatMap(({ entries }) => entries));
};
