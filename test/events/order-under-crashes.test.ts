import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { afterAll, describe, expect, it } from "vitest";
import type { Event } from "../../gen/ts/roster/v1/event.js";
import { useMongod } from "../support/mongod.js";
import { ServerProcess } from "../support/server-process.js";
import { userOf } from "../support/events.js";
import { Reader } from "../support/event-reader.js";
import { Writer } from "../support/event-writer.js";

const seconds = Number(process.env.CRASH_SECONDS ?? 10);
const leastKills = 4;
const writers = 24;
const readers = 3;

const mongod = useMongod();
const database = "crashes";
const servers: ServerProcess[] = [];

const start = () => ServerProcess.start({ MONGODB_URI: mongod.current.uri, ROSTER_DATABASE: database });
const anyAddress = () => (servers[Math.floor(Math.random() * servers.length)] as ServerProcess).address;

afterAll(async () => {
  await Promise.all(servers.map((server) => server.kill()));
});

/** Kills a server, starts another in its place, and so on, until that has taken long enough and was done often enough. */
const killAndReplace = async (until: number): Promise<void> => {
  for (let kills = 0; Date.now() < until || kills < leastKills; kills++) {
    const replacement = await start();
    const [victim] = servers.splice(kills % servers.length, 1, replacement);
    await victim?.kill();
    await sleep(Math.random() * 500);
  }
};

describe("two servers that are killed and replaced again and again", () => {
  it("show every reader the same events, once, in one order, and one for each change", async () => {
    servers.push(await start(), await start());
    const writing = Array.from({ length: writers }, (_, i) => new Writer(`${i}-${randomUUID()}`, anyAddress));
    const reading = Array.from({ length: readers }, () => new Reader(anyAddress));
    await Promise.all(reading.map((reader) => reader.open()));

    // Random pauses between the writes of a transaction and its commit, and within the work of the one that numbers.
    const pauses = {
      failCommands: ["commitTransaction", "insert", "delete"],
      blockConnection: true,
      blockTimeMS: 100,
    };
    await mongod.current.whileFailing(pauses, { activationProbability: 0.25 }, async () => {
      let isOver = false;
      const killing = killAndReplace(Date.now() + seconds * 1_000).finally(() => {
        isOver = true;
      });
      await Promise.all([killing, ...writing.map((writer) => writer.run(() => isOver))]);
    });

    const acknowledged = writing.flatMap((writer) => writer.acknowledged);
    expect(acknowledged.length).toBeGreaterThan(100);
    const client = await MongoClient.connect(mongod.current.uri);
    const db = client.db(database);
    while ((await db.collection("outbox").countDocuments()) > 0) await sleep(50);
    const [newest] = await db.collection<{ _id: number; last: string }>("events").find().sort({ _id: -1 }).toArray();
    const stored = new Map(
      (await db.collection<{ _id: string; revision: number }>("users").find().toArray()).map((user) => [
        user._id,
        BigInt(user.revision),
      ]),
    );
    await client.close();
    for (const reader of reading) await reader.readUpTo(newest?.last as string);

    const [events = [], ...others] = reading.map((reader) => reader.close());
    const ids = events.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].toSorted());
    for (const other of others) expect(other.map(({ id }) => id)).toEqual(ids);

    // In the order of the revisions, none left out, and nothing behind a deletion.
    const last = new Map<string, Event>();
    for (const event of events) {
      const user = userOf(event);
      const before = last.get(user.id);
      const expected =
        before === undefined ? "user.created" : event.type === "user.deleted" ? "user.deleted" : "user.updated";
      expect(event.type).toBe(expected);
      if (before) expect(before.type).not.toBe("user.deleted");
      const revision = before === undefined ? 1n : userOf(before).revision + (event.type === "user.deleted" ? 0n : 1n);
      expect(user.revision).toBe(revision);
      last.set(user.id, event);
    }

    // What is stored is what the last event says, and every acknowledged change is among the events.
    const surviving = [...last].filter(([, { type }]) => type !== "user.deleted");
    expect(new Map(surviving.map(([id, event]) => [id, userOf(event).revision]))).toEqual(stored);
    const seen = new Set(events.map((event) => `${event.type} ${userOf(event).id} ${userOf(event).revision}`));
    expect(acknowledged.filter((change) => !seen.has(change))).toEqual([]);
  }, 120_000);
});
