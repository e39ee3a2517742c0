import { setTimeout as sleep } from "node:timers/promises";
import type { ClientSession, Db, Document } from "mongodb";
import type { Clock } from "../../directory/clock.js";
import { inTransaction } from "../commit/in-transaction.js";
import type { SessionPool } from "../commit/session-pool.js";
import type { ClockedDb } from "../database-clock.js";
import { isTransient } from "../error.js";
import type { Migration } from "./migration.js";
import { type Claimed, fromNow, lockMs, recordsOf } from "./record.js";

const renewEveryMs = 1_000;
const maxBackoffMs = 60_000;

/** Another server has taken the migration up, or the record of it is gone. */
export class LockLost extends Error {}

/** What a run works with. */
export interface RunParts extends ClockedDb {
  readonly sessions: SessionPool;
}

/** One server's run of a migration, from where the last one got. What it writes, it writes only while it has the lock. */
export class MigrationRun {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #sessions: SessionPool;
  readonly #migration: Migration;
  readonly #record: Claimed;
  /** How many runs have failed in a row, without a step that went well. */
  #failures: number;

  constructor({ db, clock, sessions }: RunParts, migration: Migration, record: Claimed) {
    this.#db = db;
    this.#clock = clock;
    this.#sessions = sessions;
    this.#migration = migration;
    this.#record = record;
    this.#failures = record.failures ?? 0;
  }

  /** Does what is left. Throws LockLost, the signal's reason, or the error of a step. */
  async toTheEnd(signal: AbortSignal): Promise<void> {
    const lost = new AbortController();
    const stop = AbortSignal.any([signal, lost.signal]);
    const renewal = setInterval(() => {
      this.#update([{ $set: { lockedUntil: fromNow(lockMs) } }]).catch((error) => {
        if (error instanceof LockLost) lost.abort(error);
      });
    }, renewEveryMs);
    try {
      for (let position = this.#record.position, done = false; !done; done = position === undefined) {
        stop.throwIfAborted();
        position = await this.#nextStep(position);
        this.#failures = 0;
      }
    } finally {
      clearInterval(renewal);
    }
  }

  /** Leaves the rest to whoever comes next. */
  async leave(): Promise<void> {
    await this.#update([{ $set: { state: "waiting", lockedUntil: "$$NOW" } }]);
  }

  /** Notes why it failed, and keeps everybody from the next try for a while. Returns for how long. */
  async fail(error: Error): Promise<number> {
    const failures = this.#failures + 1;
    const backoffMs = Math.min(maxBackoffMs, 1_000 * 2 ** (failures - 1));
    const failed = { state: "failed", failures, error: { $literal: error.message }, lockedUntil: fromNow(backoffMs) };
    await this.#update([{ $set: failed }]);
    return backoffMs;
  }

  async #nextStep(position: string | undefined): Promise<string | undefined> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#sessions.use((session) => inTransaction(session, () => this.#step(session, position)));
      } catch (error) {
        // Calls go on meanwhile, and may change the same objects.
        if (!isTransient(error) || attempt === 10) throw error;
        await sleep(Math.random() * 2 ** attempt);
      }
    }
  }

  /** One step, in a transaction. Its first write is that of the record: who has lost the lock comes no further. */
  async #step(session: ClientSession, position: string | undefined): Promise<string | undefined> {
    await this.#update([{ $set: { lockedUntil: fromNow(lockMs) } }], session);
    const next = await this.#migration.step(this.#db, session, position, this.#clock);
    const reached = next === undefined ? { state: "done", finishedAt: "$$NOW" } : { position: { $literal: next } };
    await this.#update([{ $set: reached }, { $unset: ["error", "failures"] }], session);
    return next;
  }

  async #update(update: Document[], session?: ClientSession): Promise<void> {
    const { _id, run } = this.#record;
    const { matchedCount } = await recordsOf(this.#db).updateOne({ _id, run, state: "running" }, update, {
      ...(session && { session }),
    });
    if (matchedCount === 0) throw new LockLost("another server has taken it up");
  }
}
