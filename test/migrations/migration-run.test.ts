import { EventEmitter, once } from "node:events";
import type { ClientSession, Db } from "mongodb";
import { afterEach, describe, expect, it, vi } from "vitest";
import { inTransaction } from "../../src/mongo/commit/in-transaction.js";
import type { SessionPool } from "../../src/mongo/commit/session-pool.js";
import { ofDeletedUsers } from "../../src/mongo/migrations/deleted-users.js";
import type { Migration } from "../../src/mongo/migrations/migration.js";
import { MigrationRun } from "../../src/mongo/migrations/migration-run.js";
import { Migrator } from "../../src/mongo/migrations/migrator.js";
import { type Claimed, makeRecords, recordsOf } from "../../src/mongo/migrations/record.js";
import { clock, newId } from "../support/clock.js";
import { insertMemberships } from "../support/memberships.js";
import { newDatabase, recordOf } from "../support/migrations.js";

const id = "0001-count";
const migrationOf = (step: Migration["step"]): Migration => {
  return { id, description: "count", olderServers: "may start", step };
};
const atOnce = async () => undefined;
const { signal } = new AbortController();

const sessionsOf = ({ client }: Db): SessionPool => {
  const use = <T>(work: (session: ClientSession) => Promise<T>) => client.withSession(work);
  return { use } as SessionPool;
};

/** A run of a migration of which so many runs before have failed. */
const startRun = async (db: Db, step: Migration["step"], failures = 0, sessions = sessionsOf(db)) => {
  const migration = migrationOf(step);
  await makeRecords(db, [migration], "waiting");
  await recordsOf(db).updateOne({ _id: id }, { $set: { state: "running", run: "1", failures } });
  return new MigrationRun({ db, clock, sessions }, migration, (await recordOf(db, id)) as Claimed);
};

afterEach(() => {
  vi.useRealTimers();
});

describe("a run of a migration", () => {
  it.for([
    [0, 1],
    [1, 2],
    [5, 32],
    [6, 60],
    [40, 60],
  ] as const)("that fails behind %s failures keeps everybody from the next one for %s s", async ([before, s], test) => {
    const db = newDatabase(test);
    const run = await startRun(db, atOnce, before);
    const failedAt = Date.now();
    expect(await run.fail(new Error("cannot be done"))).toBe(s * 1_000);
    const record = await recordOf(db, id);
    expect(record).toMatchObject({ state: "failed", failures: before + 1, error: "cannot be done" });
    expect(record?.lockedUntil?.getTime()).toBeGreaterThanOrEqual(failedAt + s * 1_000 - 100);
  });

  it("that fails behind a step that went well counts failures anew", async (test) => {
    const db = newDatabase(test);
    const run = await startRun(
      db,
      async (_db, _session, position) => {
        if (position !== undefined) throw new Error("cannot be done");
        return "half";
      },
      5,
    );
    await expect(run.toTheEnd(signal)).rejects.toThrow("cannot be done");
    expect(await run.fail(new Error("cannot be done"))).toBe(1_000);
    expect(await recordOf(db, id)).toMatchObject({ position: "half", failures: 1 });
  });

  it("keeps its lock while it waits for the database", async (test) => {
    const db = newDatabase(test);
    const answers = new EventEmitter();
    const answer = once(answers, "answer");
    const sessions = sessionsOf(db);
    const slow = { use: (work: never) => answer.then(() => sessions.use(work)) } as SessionPool;
    const run = await startRun(db, atOnce, 0, slow);
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const finished = run.toTheEnd(signal);
    expect((await recordOf(db, id))?.lockedUntil).toBeUndefined();
    vi.advanceTimersByTime(1_000);
    await expect.poll(async () => (await recordOf(db, id))?.lockedUntil).toBeInstanceOf(Date);
    answers.emit("answer");
    await finished;
    expect((await recordOf(db, id))?.state).toBe("done");
  });

  it("is given up before it changes anything, where an older server has started meanwhile", async (test) => {
    const db = newDatabase(test);
    const known = [true, false];
    const step = vi.fn(atOnce);
    const migrator = new Migrator({
      db,
      clock,
      sessions: sessionsOf(db),
      peers: { know: async () => known.shift() ?? false },
      migrations: [migrationOf(step)],
      log: { info() {}, warn() {}, error() {} },
    });
    await migrator.start();
    const taken = () => recordsOf(db).findOne({ _id: id, run: { $exists: true } });
    await expect.poll(async () => (await taken())?.state, { timeout: 5_000 }).toBe("waiting");
    await migrator.stop();
    expect(step).not.toHaveBeenCalled();
  });
});

it("the memberships of users who are gone are deleted and told, however many there are", async (test) => {
  const db = newDatabase(test);
  const userIds = Array.from({ length: 501 }, () => newId("user"));
  await insertMemberships(db, newId("org"), userIds);
  await db.collection<{ _id: string }>("users").insertOne({ _id: userIds[300] as string });
  const { step } = ofDeletedUsers("0002-memberships-of-deleted-users", "memberships");
  await sessionsOf(db).use(async (session) => {
    let position: string | undefined;
    do {
      const from = position;
      position = await inTransaction(session, () => step(db, session, from, clock));
    } while (position !== undefined);
  });
  const left = await db.collection("memberships").find().toArray();
  expect(left.map(({ userId }) => userId)).toEqual([userIds[300]]);
  const told = (await db.collection("outbox").find().toArray()).flatMap(({ events }) => events);
  expect(told.map(({ type, membership }) => `${type} ${membership.userId}`).toSorted()).toEqual(
    userIds.filter((userId) => userId !== userIds[300]).map((userId) => `organization_membership.deleted ${userId}`),
  );
});
