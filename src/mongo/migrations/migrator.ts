import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseSetupError } from "../database.js";
import type { Peers } from "../peers.js";
import type { Migration, MigrationLog } from "./migration.js";
import { LockLost, MigrationRun, type RunParts } from "./migration-run.js";
import { claim, makeRecords, recordsOf } from "./record.js";

const pauseMs = 1_000;

/** What a migrator works with. */
export interface MigratorParts extends RunParts {
  readonly peers: Pick<Peers, "know">;
  readonly migrations: readonly Migration[];
  readonly log: MigrationLog;
}

/** Runs the migrations that a database has not had yet, one after another, while servers serve. */
export class Migrator {
  readonly #parts: MigratorParts;
  readonly #stop = new AbortController();
  #work: Promise<void> = Promise.resolve();
  /** What was said last, so that it is said once. */
  #said = "";

  constructor(parts: MigratorParts) {
    this.#parts = parts;
  }

  /**
   * Starts in the background. Throws DatabaseSetupError when a newer version has begun a migration with which servers
   * like this one cannot work. Its own heartbeat must be there before.
   */
  async start(): Promise<void> {
    const { db, migrations } = this.#parts;
    const foreign = await recordsOf(db)
      .find({ _id: { $nin: migrations.map(({ id }) => id) }, olderServers: "must not start" })
      .toArray();
    const [begun] = foreign.filter(({ state, position }) => state !== "waiting" || position !== undefined);
    if (begun) {
      throw new DatabaseSetupError(
        `a newer version of Roster has changed this database (migration ${begun._id}: ${begun.description}), ` +
          "and this version cannot work with it. Start the newer version.",
      );
    }
    await makeRecords(db, migrations, "waiting");
    this.#work = this.#runAll();
  }

  /** Leaves what is not done to other servers. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#work;
  }

  /** Resolves when every migration is done, or this server stops. */
  get finished(): Promise<void> {
    return this.#work;
  }

  async #runAll(): Promise<void> {
    const { signal } = this.#stop;
    for (const migration of this.#parts.migrations) {
      while (!signal.aborted && !(await this.#isDone(migration))) {
        await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => {});
      }
      if (!signal.aborted) await this.#tellAfterwards(migration);
    }
  }

  async #tellAfterwards({ id, afterwards }: Migration): Promise<void> {
    const { db, log } = this.#parts;
    try {
      await afterwards?.(db, log);
    } catch (error) {
      this.#say(`what migration ${id} has left cannot be told`, error);
    }
  }

  /** Does a migration as far as it is there to be done, and says whether it is done. */
  async #isDone(migration: Migration): Promise<boolean> {
    const { db } = this.#parts;
    try {
      const record = await recordsOf(db).findOne({ _id: migration.id });
      return record?.state === "done" || (await this.#run(migration));
    } catch (error) {
      if (error instanceof LockLost) this.#say(`migration ${migration.id}: ${error.message}`);
      else this.#say(`migration ${migration.id} cannot go on`, error);
      return false;
    }
  }

  async #run(migration: Migration): Promise<boolean> {
    const { db, peers } = this.#parts;
    const { id } = migration;
    if (!(await peers.know(id))) {
      this.#say(`migration ${id} waits until no server of an older version runs`);
      return false;
    }
    const record = await claim(db, migration, { run: randomUUID(), server: `${hostname()} ${process.pid}` });
    if (!record) return false;
    const run = new MigrationRun(this.#parts, migration, record);
    // One that has started meanwhile has seen the claim, or is seen now.
    if (!(await peers.know(id))) {
      await run.leave();
      return false;
    }
    this.#say(`migration ${id} ${record.position === undefined ? "starts" : "goes on"}: ${migration.description}`);
    try {
      await run.toTheEnd(this.#stop.signal);
      this.#say(`migration ${id} is done`);
      return true;
    } catch (error) {
      if (error instanceof LockLost) throw error;
      if (this.#stop.signal.aborted) await run.leave();
      else {
        const backoffMs = await run.fail(error as Error);
        this.#say(`migration ${id} failed; it is tried again in ${backoffMs / 1_000} s`, error);
      }
      return false;
    }
  }

  #say(line: string, err?: unknown): void {
    const { log } = this.#parts;
    if (line === this.#said) return;
    this.#said = line;
    if (err === undefined) log.info(line);
    else log.error({ err }, line);
  }
}
