import { MongoClient } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Sequencer } from "../../src/mongo/events/sequencer.js";
import { useMongod } from "../support/mongod.js";
import { startServer, type TestServer } from "../support/server.js";
import { createUser, updateUser } from "../support/users.js";

// The servers' own numbering is left out: the tests number by hand, and stop where it hurts.
const mongod = useMongod();
const database = "sequencer";
let server: TestServer;
let client: MongoClient;

const db = () => client.db(database);
const log = () =>
  db()
    .collection<{ _id: number; after: string; last: string; events: { id: string; user: { revision: number } }[] }>(
      "events",
    )
    .find()
    .sort({ _id: 1 })
    .toArray();
const waiting = () => db().collection("outbox").countDocuments();
const sequencer = () => new Sequencer(db());
const drain = (by: Sequencer) => by.drain(() => {});

/** Every entry follows the one before, and every change of the user is there once, in order. */
const expectWhole = async (changes: number) => {
  const entries = await log();
  entries.forEach((entry, i) => {
    expect(entry._id).toBe(i + 1);
    expect(entry.after).toBe(entries[i - 1]?.last ?? "event_00000000000000000000000000");
    expect(entry.last).toBe(entry.events.at(-1)?.id);
  });
  const events = entries.flatMap((entry) => entry.events);
  expect(events.map(({ id }) => id)).toEqual(events.map(({ id }) => id).toSorted());
  expect(events.map(({ user }) => user.revision)).toEqual(Array.from({ length: changes }, (_, i) => i + 1));
  expect(await waiting()).toBe(0);
};

beforeAll(async () => {
  client = await MongoClient.connect(mongod.current.uri, { appName: "roster" });
  server = await startServer({ mongodbUri: mongod.current.uri, database });
  // A server that has been there for longer than any other, and does nothing.
  await db()
    .collection<{ _id: string }>("servers")
    .insertOne({ _id: "0", heartbeatAt: new Date("2100-01-01"), sessions: [] } as never);
  // Until the server has seen it.
  await new Promise((resolve) => setTimeout(resolve, 1_200));
});

afterAll(async () => {
  await server?.stop();
  await client?.close();
});

let id: string;

beforeEach(async () => {
  await db().collection("events").deleteMany({});
  await db().collection("outbox").deleteMany({});
  ({ id } = await createUser(server.users));
});

const change = (n: number) => updateUser(server.users, id, { name: `${n}` });

describe("numbering events", () => {
  it("puts what waits in the order of the changes, in one entry", async () => {
    for (const n of [2, 3, 4]) await change(n);
    await drain(sequencer());
    await expectWhole(4);
    expect(await log()).toHaveLength(1);
  });

  it("does not repeat what one appended that died before it could empty the outbox", async () => {
    const dying = sequencer();
    const fault = { failCommands: ["delete"], errorCode: 2 };
    await mongod.current.whileFailing(fault, "alwaysOn", () => expect(drain(dying)).rejects.toThrow());
    expect(await waiting()).toBe(1);
    await change(2);
    await drain(sequencer());
    await expectWhole(2);
  });

  it("goes on by itself after such a fault", async () => {
    const one = sequencer();
    const fault = { failCommands: ["delete"], errorCode: 2 };
    await mongod.current.whileFailing(fault, { times: 1 }, () => drain(one).catch(() => {}));
    await change(2);
    await drain(one);
    await expectWhole(2);
  });

  it("is not disturbed by one that was held up and comes back behind its successor", async () => {
    const slow = sequencer();
    await drain(slow);
    await change(2);
    const pause = { failCommands: ["insert"], blockConnection: true, blockTimeMS: 500 };
    await mongod.current.whileFailing(pause, { times: 1 }, async () => {
      const held = drain(slow);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await drain(sequencer());
      await held;
    });
    await change(3);
    await Promise.all([drain(slow), drain(sequencer())]);
    await expectWhole(3);
  });

  it("stays whole when many do it at once", async () => {
    const all = Array.from({ length: 5 }, sequencer);
    for (let n = 2; n <= 30; n++) {
      await change(n);
      await Promise.all(all.map(drain));
    }
    await expectWhole(30);
  });
});
