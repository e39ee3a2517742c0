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
