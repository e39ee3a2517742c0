import { MongoClient, ObjectId, Timestamp } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ErrorReason } from "../../src/directory/error.js";
import type { EventFilter } from "../../src/directory/events/event-log.js";
import { SessionPool } from "../../src/mongo/commit/session-pool.js";
import { MongoEventLog } from "../../src/mongo/events/mongo-event-log.js";
import { Sequencer } from "../../src/mongo/events/sequencer.js";
import { trimLog } from "../../src/mongo/events/trim.js";
import { newestMigration } from "../../src/mongo/migrations/list.js";
import { Peers } from "../../src/mongo/peers.js";
import { clock } from "../support/clock.js";
import { useMongod } from "../support/mongod.js";
import { startServer, type TestServer } from "../support/server.js";
import { createUser, updateUser } from "../support/users.js";

// The servers' own numbering is left out: the tests number by hand, and stop where it hurts.
const mongod = useMongod();
const database = "sequencer";
let server: TestServer;
let client: MongoClient;
let peers: Peers;
let sessions: SessionPool;

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
const sequencer = () => new Sequencer(db(), sessions, clock);
/** Its sessions are not made known to other servers: that would be held up as well. */
const sequencerOf = (own: MongoClient) =>
  new Sequencer(own.db(database), new SessionPool(own, { announce: async () => {}, withdraw() {} } as never), clock);
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

let beating: NodeJS.Timeout;
/** A server that has been there for longer than any other, and does nothing but live. */
const beat = async (): Promise<void> => {
  const update = [{ $set: { heartbeatAt: "$$NOW", sessions: [] } }];
  await db().collection<{ _id: string }>("servers").updateOne({ _id: "0" }, update, { upsert: true });
  beating = setTimeout(() => void beat(), 300);
};

beforeAll(async () => {
  client = await MongoClient.connect(mongod.current.uri, { appName: "roster" });
  server = await startServer({ mongodbUri: mongod.current.uri, database });
  peers = new Peers({ db: db(), clock }, newestMigration);
  await peers.start();
  sessions = new SessionPool(client, peers);
  await beat();
  // Until the server has seen it.
  await new Promise((resolve) => setTimeout(resolve, 2_500));
});

afterAll(async () => {
  clearTimeout(beating);
  await sessions?.close();
  await peers?.stop();
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

/** Seven changes of a large user. */
const changeMuch = async () => {
  const metadata = new Map(Array.from({ length: 50 }, (_, i) => [`key-${i}`, "x".repeat(600)]));
  await updateUser(server.users, id, { metadata });
  for (let n = 3; n <= 8; n++) await change(n);
};

describe("numbering events", () => {
  it("puts what waits in the order of the changes, in one entry", async () => {
    for (const n of [2, 3, 4]) await change(n);
    await drain(sequencer());
    await expectWhole(4);
    expect(await log()).toHaveLength(1);
  });

  it("goes by the clock of the database, whichever server has written what waits", async () => {
    await drain(sequencer());
    const user = (await log())[0]?.events[0]?.user;
    const ids = [new ObjectId(), new ObjectId(), new ObjectId()];
    // The one with the least id comes last.
    await db()
      .collection("outbox")
      .insertMany(
        ids.map((_id, i) => ({
          _id,
          order: new Timestamp({ t: 10 - i, i: 1 }),
          events: [{ type: "user.updated", user: { ...user, revision: 4 - i } }],
        })),
      );
    await drain(sequencer());
    await expectWhole(4);
  });

  it("takes all that waits, also where it is more than is appended at once", async () => {
    await drain(sequencer());
    const authentication = { email: "ada@example.com" };
    const events = Array.from({ length: 200 }, () => ({ type: "authentication.password_failed", authentication }));
    await db()
      .collection("outbox")
      .insertMany([1, 2, 3].map((i) => ({ order: new Timestamp({ t: 10, i }), events })));
    expect(await drain(sequencer())).toBe(600);
    expect((await log()).map((entry) => entry.events.length)).toEqual([1, 200, 200, 200]);
    expect(await waiting()).toBe(0);
  });

  it("appends nothing where the outbox cannot be emptied, and all of it afterwards", async () => {
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

  it("makes several entries of much, none of which is large", async () => {
    await changeMuch();
    await drain(sequencer());
    await expectWhole(8);
    expect((await log()).map(({ events }) => events.length)).toEqual([4, 2, 2]);
  });

  it.each([1, 2, 3])(
    "repeats nothing of %s entries whose sources a server of the version before has left",
    async (count) => {
      await changeMuch();
      const outbox = db().collection("outbox");
      const sources = await outbox.find().sort({ order: 1, _id: 1 }).toArray();
      await drain(sequencer());
      // That version appends entries first, each with the sources of those before it as well, and then empties the outbox.
      await outbox.insertMany(sources);
      let appended = 0;
      for (const { _id, events } of await log()) {
        appended += events.length;
        const ids = sources.slice(0, appended).map((source) => source._id);
        await db()
          .collection<{ _id: number }>("events")
          .updateOne({ _id }, { $set: { sources: ids } });
      }
      await db()
        .collection<{ _id: number }>("events")
        .deleteMany({ _id: { $gt: count } });
      await drain(sequencer());
      await expectWhole(8);
    },
  );

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

  it("appends nothing a second time that another one has appended since it was read", async () => {
    const slow = await MongoClient.connect(mongod.current.uri, { appName: "roster", monitorCommands: true });
    const other = await MongoClient.connect(mongod.current.uri, { appName: "other" });
    const secondFind = new Promise<void>((resolve) => {
      let finds = 0;
      slow.on("commandStarted", ({ commandName }) => {
        if (commandName === "find" && ++finds === 2) resolve();
      });
    });
    // The first find reads what waits, the second one, in the transaction, is held up.
    const pause = { failCommands: ["find"], blockConnection: true, blockTimeMS: 2_000 };
    await mongod.current.whileFailing(pause, { skip: 1 }, async () => {
      const held = drain(sequencerOf(slow));
      await secondFind;
      expect(await drain(sequencerOf(other))).toBe(1);
      expect(await held).toBe(0);
    });
    await Promise.all([slow.close(), other.close()]);
    await expectWhole(1);
  });

  it("appends nothing in front of what is left, when it slept until what came meanwhile was dropped", async () => {
    const sleeping = sequencer();
    await drain(sleeping);
    for (const n of [2, 3, 4]) {
      await change(n);
      await drain(sequencer());
    }
    await trimLog(db(), new Date(Date.now() + 60_000));
    await change(5);
    await drain(sleeping);
    expect((await log()).map(({ _id, events }) => [_id, events[0]?.user.revision])).toEqual([
      [4, 4],
      [5, 5],
    ]);
    expect(await waiting()).toBe(0);
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

describe("a server that was out of touch until events were dropped that it has not seen", () => {
  it.each<[string, EventFilter]>([
    ["all events", {}],
    ["some", { types: ["user.updated"] }],
  ])("refuses the places in front of them, for readers of %s, and goes on behind them", async (_name, filter) => {
    await drain(sequencer());
    const lone = new MongoEventLog(db());
    await lone.open();
    const place = lone.tail;
    await change(2);
    await drain(sequencer());
    await lone.refresh();
    const seen = lone.tail;
    for (const n of [3, 4, 5]) {
      await change(n);
      await drain(sequencer());
    }
    await trimLog(db(), new Date(Date.now() + 60_000));
    await lone.refresh();
    const read = (after: string) => lone.reader(filter, new AbortController().signal).read(after);
    for (const gone of [place, seen]) {
      await expect(read(gone)).rejects.toMatchObject({ reason: ErrorReason.CURSOR_EXPIRED });
    }
    const [left] = await log();
    expect((await read(left?.after ?? ""))?.events.map(({ user }) => user?.revision)).toEqual([5]);
  });
});
