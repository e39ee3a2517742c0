import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Db, MongoClient } from "mongodb";
import { inject, type TestContext } from "vitest";
import { SessionPool } from "../../src/mongo/commit/session-pool.js";
import type { Migration } from "../../src/mongo/migrations/migration.js";
import { Migrator } from "../../src/mongo/migrations/migrator.js";
import { type MigrationRecord, recordsOf } from "../../src/mongo/migrations/record.js";
import { Peers } from "../../src/mongo/peers.js";
import { clock } from "./clock.js";

/** A migrator as one server has it, and what it has said. */
export interface TestMigrator {
  readonly migrator: Migrator;
  readonly said: string[];
  /** Stops it with all that belongs to its server. */
  stop(): Promise<void>;
}

/** A test, as far as what is started for it has to know it: tests that run side by side have no other way. */
type Test = Pick<TestContext, "onTestFinished">;

interface Options {
  readonly migrations: readonly Migration[];
  /** Stands in front of the sessions. */
  readonly sessions?: (sessions: SessionPool) => Pick<SessionPool, "use">;
}

/** A database of a test's own, which is dropped when the test is over. */
export const newDatabase = ({ onTestFinished }: Test): Db => {
  const client = new MongoClient(inject("mongodbUri"), {
    readConcernLevel: "majority",
    writeConcern: { w: "majority" },
  });
  const db = client.db(`test-${randomUUID().slice(0, 8)}`);
  onTestFinished(async () => {
    await db.dropDatabase();
    await client.close();
  });
  return db;
};

/** Starts a migrator with a connection of its own; it is stopped when the test is over. */
export const startMigrator = async (
  { onTestFinished }: Test,
  { databaseName }: Db,
  { migrations, sessions: wrap = (sessions) => sessions }: Options,
): Promise<TestMigrator> => {
  const client = new MongoClient(inject("mongodbUri"), {
    readConcernLevel: "majority",
    writeConcern: { w: "majority" },
  });
  const db = client.db(databaseName);
  const peers = new Peers({ db, clock }, migrations.at(-1)?.id ?? "");
  await peers.start();
  const sessions = new SessionPool(client, peers);
  const said: string[] = [];
  const log = {
    info: (line: string) => void said.push(line),
    warn: (fields: object, line: string) => void said.push(`${line}: ${JSON.stringify(fields)}`),
    error: ({ err }: { err: unknown }, line: string) => void said.push(`${line}: ${(err as Error).message}`),
  };
  const migrator = new Migrator({ db, clock, sessions: wrap(sessions) as SessionPool, peers, migrations, log });
  const stop = async () => {
    await migrator.stop();
    await sessions.close();
    await peers.stop();
    await client.close();
  };
  onTestFinished(stop);
  await migrator.start();
  return { migrator, said, stop };
};

/** What the database knows of a migration. */
export const recordOf = (db: Db, id: string): Promise<MigrationRecord | null> => recordsOf(db).findOne({ _id: id });

/** Waits until the database's migrations, and those given at least, are done. */
export const migrated = async (db: Db, ...ids: string[]): Promise<void> => {
  for (;;) {
    const records = await recordsOf(db).find().toArray();
    const done = records.filter(({ state }) => state === "done").map(({ _id }) => _id);
    if (done.length === records.length && ids.every((id) => done.includes(id))) return;
    await sleep(20);
  }
};
