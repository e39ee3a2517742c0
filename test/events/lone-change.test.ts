import { MongoClient, Timestamp } from "mongodb";
import { describe, expect, it } from "vitest";
import { freeLogEnd } from "../../src/mongo/events/log-entries.js";
import { Watch } from "../support/events.js";
import { useMongod } from "../support/mongod.js";
import { useServer } from "../support/server.js";
import { createUser } from "../support/users.js";

const mongod = useMongod();
const server = useServer(() => ({ mongodbUri: mongod.current.uri }));

/** The commands that write, and the collections that they write to, while something is done. */
const writesDuring = async (work: () => Promise<unknown>): Promise<string[]> => {
  const { db } = server.current;
  await db.command({ profile: 2, filter: { op: { $in: ["insert", "update", "remove"] } } });
  await work();
  await db.command({ profile: 0 });
  const profile = await db.collection("system.profile").find().sort({ ts: 1 }).toArray();
  await db.collection("system.profile").drop();
  return profile
    .map(({ op, ns }) => `${op} ${String(ns).slice(db.databaseName.length + 1)}`)
    .filter((write) => /^(insert|update|remove) /.test(write) && !write.endsWith(" servers"));
};

describe("a change that nothing else is done beside", () => {
  it("appends its event to the log in its own transaction", async () => {
    const watch = new Watch(server.current.address);
    await watch.message();
    // The first one makes the session known, and may meet the last steps of the start.
    await createUser(server.current.users);
    await watch.events(1);
    const writes = await writesDuring(async () => {
      const { id } = await createUser(server.current.users);
      const [event] = await watch.events(1);
      expect(event).toMatchObject({ type: "user.created", object: { value: { id } } });
    });
    expect(writes).toEqual(["insert users", "insert events"]);
    watch.cancel();
  });

  it("has its place after what waits in the outbox", async () => {
    const { db, users } = server.current;
    await createUser(users);
    const client = await MongoClient.connect(mongod.current.uri);
    const events = client.db(db.databaseName).collection<{ _id: number; last: string; sources: unknown[] }>("events");
    await expect.poll(() => db.collection("outbox").countDocuments()).toBe(0);
    const look = () =>
      client.withSession((session) => session.withTransaction(() => freeLogEnd(client.db(db.databaseName), session)));
    const newest = await events.findOne({}, { sort: { _id: -1 } });
    expect(await look()).toEqual({ entry: newest?._id, eventId: newest?.last });

    // An entry whose documents a server of the version before has yet to delete.
    const filter = { _id: newest?._id as number };
    await events.updateOne(filter, { $set: { sources: ["somewhere"] } });
    expect(await look()).toBeUndefined();
    await events.updateOne(filter, { $set: { sources: [] } });
    expect(await look()).toBeDefined();

    await db.collection("outbox").insertOne({ order: new Timestamp({ t: 1, i: 1 }), events: [] });
    expect(await look()).toBeUndefined();
    await client.close();
  });
});
