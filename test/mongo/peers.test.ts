import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { Peers } from "../../src/mongo/peers.js";
import { clock } from "../support/clock.js";
import { newDatabase } from "../support/migrations.js";

it("the transaction of a server that has died is ended, and holds nobody up", async (test) => {
  const db = newDatabase(test);
  const things = await db.createCollection<{ _id: number; by?: string }>("things");
  await things.insertOne({ _id: 1 });
  await db.client.withSession(async (session) => {
    session.startTransaction();
    await things.updateOne({ _id: 1 }, { $set: { by: "the dead one" } }, { session });
    const { id } = session.id as { id: unknown };
    await db.collection("servers").insertOne({ _id: "0", heartbeatAt: new Date(0), sessions: [id] } as never);
    const peers = new Peers({ db, clock }, "");
    await peers.start();
    await things.updateOne({ _id: 1 }, { $set: { by: "another one" } }, { maxTimeMS: 5_000 });
    await expect(session.commitTransaction()).rejects.toThrow();
    expect(await db.collection("servers").distinct("_id")).not.toContain("0");
    await peers.stop();
  });
  expect(await things.find().toArray()).toEqual([{ _id: 1, by: "another one" }]);
});

// After a step back of the database's clock, heartbeats from before it are in the future.
it("a server is dead that tells nothing new, however far its last heartbeat is in the future", async (test) => {
  const db = newDatabase(test);
  const servers = db.collection<{ _id: string }>("servers");
  await servers.insertOne({ _id: "0", heartbeatAt: new Date(Date.now() + 40_000), sessions: [] } as never);
  const peers = new Peers({ db, clock }, "");
  await peers.start();
  expect(peers.isFirst).toBe(false);
  await expect.poll(() => peers.isFirst, { timeout: 20_000 }).toBe(true);
  await expect.poll(() => servers.distinct("_id")).not.toContain("0");
  await peers.stop();
});

it("a server that goes on telling is alive while its heartbeats are in the future, and when they step back", async (test) => {
  const db = newDatabase(test);
  const servers = db.collection<{ _id: string }>("servers");
  const beat = (aheadMs: number) =>
    servers.updateOne({ _id: "0" }, [{ $set: { heartbeatAt: { $add: ["$$NOW", aheadMs] }, sessions: [] } }], {
      upsert: true,
    });
  await beat(40_000);
  const peers = new Peers({ db, clock }, "");
  await peers.start();
  for (let i = 0, last = performance.now(); i < 30; i++) {
    const { matchedCount } = await beat(i < 15 ? 40_000 : 0);
    // A machine that keeps this test from telling in time proves nothing.
    if (performance.now() - last < 2_000) expect([matchedCount, peers.isFirst]).toEqual([1, false]);
    last = performance.now();
    await sleep(200);
  }
  await peers.stop();
});
