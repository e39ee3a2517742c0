import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Db } from "mongodb";
import { describe, inject, it } from "vitest";
import { recordsOf } from "../../src/mongo/migrations/record.js";
import { newDatabase, recordOf, startMigrator } from "../support/migrations.js";
import { counting } from "./counting.mjs";

const id = "0001-count";
const size = 20;

const numbersOf = (db: Db) => db.collection<{ _id: string; count: number; calls?: number }>("numbers");

const insertNumbers = (db: Db) =>
  numbersOf(db).insertMany(Array.from({ length: size }, (_, i) => ({ _id: String(i).padStart(2, "0"), count: 0 })));

/** How often the migration was at each document. */
const counts = async (db: Db): Promise<number[]> => (await numbersOf(db).find().toArray()).map(({ count }) => count);

const patient = { timeout: 20_000 };

const eachOnce = Array.from({ length: size }, () => 1);

describe.concurrent("a migration", () => {
  it("runs once, however many servers start", async (test) => {
    const { expect } = test;
    const db = newDatabase(test);
    await insertNumbers(db);
    const servers = await Promise.all(
      Array.from({ length: 3 }, () => startMigrator(test, db, { migrations: [counting(id)] })),
    );
    await Promise.all(servers.map(({ migrator }) => migrator.finished));
    expect(await counts(db)).toEqual(eachOnce);
    const starts = servers.flatMap(({ said }) => said).filter((line) => line.includes("starts"));
    expect(starts).toEqual([`migration ${id} starts: count`]);
    expect(await recordOf(db, id)).toMatchObject({
      state: "done",
      description: "count",
      position: "19",
      run: expect.any(String),
      server: expect.stringContaining(String(process.pid)),
      startedAt: expect.any(Date),
      finishedAt: expect.any(Date),
    });
    const later = await startMigrator(test, db, { migrations: [counting(id)] });
    await later.migrator.finished;
    expect(later.said).toEqual([]);
  });

  it("comes behind those before it, and a later one behind it", async (test) => {
    const { expect } = test;
    const db = newDatabase(test);
    const done: string[] = [];
    const migrations = ["0001-a", "0002-b", "0003-c"].map((name) => counting(name, () => void done.push(name)));
    const older = await startMigrator(test, db, { migrations: migrations.slice(0, 2) });
    await older.migrator.finished;
    await older.stop();
    await (await startMigrator(test, db, { migrations })).migrator.finished;
    expect(done).toEqual(["0001-a", "0002-b", "0003-c"]);
  });

  it("goes on where a server was killed, within seconds", async (test) => {
    const { expect } = test;
    const db = newDatabase(test);
    await insertNumbers(db);
    const program = fileURLToPath(new URL("process.mjs", import.meta.url));
    const child = spawn(process.execPath, [program, inject("mongodbUri"), db.databaseName, id], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let reached = "";
    for await (const line of createInterface({ input: child.stdout })) {
      reached = line;
      if (line === "03") break;
    }
    child.kill("SIGKILL");
    await once(child, "exit");
    const killedAt = Date.now();
    const from: (string | undefined)[] = [];
    const { migrator, said } = await startMigrator(test, db, {
      migrations: [counting(id, (at) => void from.push(at))],
    });
    await migrator.finished;
    expect(Date.now() - killedAt).toBeLessThan(20_000);
    expect(reached).toBe("03");
    expect(from[0]).toBe("03");
    expect(said).toEqual([`migration ${id} goes on: count`, `migration ${id} is done`]);
    expect(await counts(db)).toEqual(eachOnce);
  });

  it("is left to others by a server that stops", async (test) => {
    const { expect } = test;
    const db = newDatabase(test);
    await insertNumbers(db);
    const stopping = await startMigrator(test, db, { migrations: [counting(id, () => sleep(20))] });
    await expect.poll(async () => (await recordOf(db, id))?.position, patient).toBeDefined();
    await stopping.migrator.stop();
    expect(await recordOf(db, id)).toMatchObject({ state: "waiting" });
    await (await startMigrator(test, db, { migrations: [counting(id)] })).migrator.finished;
    expect(await counts(db)).toEqual(eachOnce);
  });

  it("writes nothing any more for a server that was silent too long", async (test) => {
    const { expect } = test;
    const db = newDatabase(test);
    await insertNumbers(db);
    const signs = new EventEmitter();
    const sign = once(signs, "wake");
    let steps = 0;
    const silent = await startMigrator(test, db, {
      migrations: [counting(id)],
      // Its third step waits.
      sessions: (sessions) => ({
        async use(work) {
          steps++;
          if (steps === 3) await sign;
          return sessions.use(work);
        },
      }),
    });
    await expect.poll(async () => (await recordOf(db, id))?.position, patient).toBe("01");
    await recordsOf(db).updateOne({ _id: id }, { $set: { run: "of another server" } });
    signs.emit("wake");
    await expect.poll(() => silent.said, patient).toContain(`migration ${id}: another server has taken it up`);
    expect(await counts(db)).toEqual(eachOnce.map((_, i) => (i < 2 ? 1 : 0)));
    expect(await recordOf(db, id)).toMatchObject({ state: "running", position: "01", run: "of another server" });
  });

  it("that fails is told, and tried again after a while", async (test) => {
    const { expect } = test;
    const db = newDatabase(test);
    await insertNumbers(db);
    const seen: unknown[] = [];
    const breaks = async (position: string | undefined) => {
      if (position !== "04") return;
      seen.push(await recordOf(db, id));
      if (seen.length === 1) throw new Error("cannot be done");
    };
    const { migrator, said } = await startMigrator(test, db, { migrations: [counting(id, breaks)] });
    await migrator.finished;
    expect(said).toEqual([
      `migration ${id} starts: count`,
      `migration ${id} failed; it is tried again in 1 s: cannot be done`,
      `migration ${id} goes on: count`,
      `migration ${id} is done`,
    ]);
    expect(await counts(db)).toEqual(eachOnce);
    expect(seen[1]).toMatchObject({ failures: 1, error: "cannot be done", position: "04" });
    expect(await recordOf(db, id)).not.toHaveProperty("error");
  });

  it("waits until no server runs that does not know it", async (test) => {
    const { expect } = test;
    const db = newDatabase(test);
    await insertNumbers(db);
    const older = await startMigrator(test, db, { migrations: [counting("0000-before")] });
    await older.migrator.finished;
    const { migrator, said } = await startMigrator(test, db, { migrations: [counting("0000-before"), counting(id)] });
    await expect.poll(() => said, patient).toEqual([`migration ${id} waits until no server of an older version runs`]);
    await sleep(200);
    expect(await recordOf(db, id)).toMatchObject({ state: "waiting" });
    // What the older one has written, up to its end, is seen.
    await numbersOf(db).insertOne({ _id: "old", count: 0 });
    await older.stop();
    await migrator.finished;
    expect((await numbersOf(db).findOne({ _id: "old" }))?.count).toBe(1);
  });

  it("meets changes of callers and comes through", async (test) => {
    const { expect } = test;
    const db = newDatabase(test);
    await insertNumbers(db);
    const stop = new AbortController();
    const calls = (async () => {
      for (; !stop.signal.aborted; await sleep(10)) await numbersOf(db).updateMany({}, { $inc: { calls: 1 } });
    })();
    const { migrator } = await startMigrator(test, db, { migrations: [counting(id)] });
    await migrator.finished;
    stop.abort();
    await calls;
    expect(await counts(db)).toEqual(eachOnce);
  });
});
