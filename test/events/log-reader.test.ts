import { randomUUID } from "node:crypto";
import { type Db, MongoClient } from "mongodb";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { ErrorReason } from "../../src/directory/error.js";
import type { EventFilter } from "../../src/directory/events/event-log.js";
import { idAfter } from "../../src/directory/id.js";
import { logCollection } from "../../src/mongo/events/log-entries.js";
import { MongoEventLog } from "../../src/mongo/events/mongo-event-log.js";
import { createSchema } from "../../src/mongo/schema.js";
import { newId } from "../support/clock.js";
import { startProfile } from "../support/database.js";

// A log by itself: what is in it was there before, so all of it is read from the database.
let client: MongoClient;
let db: Db;

beforeEach(async () => {
  client = await MongoClient.connect(inject("mongodbUri"), { appName: "roster", monitorCommands: true });
  db = client.db(`test-${randomUUID().slice(0, 8)}`);
  await createSchema(db);
});

afterEach(async () => {
  await db.dropDatabase();
  await client.close();
});

interface Shape {
  readonly entries: number;
  readonly events: number;
  readonly textBytes: number;
}

const users = [newId("user"), newId("user")] as const;

/** Puts entries into the log, of two users in turn. */
const fill = async ({ entries, events, textBytes }: Shape) => {
  const start = newId("event");
  let last = start;
  const documents = Array.from({ length: entries }, (_, i) => {
    const after = last;
    const userId = users[i % 2];
    const user = { id: userId, email: "ada@example.com", metadata: { text: "x".repeat(textBytes) } };
    const made = Array.from({ length: events }, () => {
      last = idAfter("event", last, new Date());
      return { id: last, type: "user.created", user };
    });
    return { _id: i + 1, after, last, sources: [], events: made, userIds: [userId], types: ["user.created"] };
  });
  await db.collection<{ _id: number }>(logCollection).insertMany(documents);
  return { start, documents };
};

/** Reads all behind a place as a list does. `limits`: of each query for entries. */
const readAll = async (after: string, filter: EventFilter) => {
  const log = new MongoEventLog(db);
  await log.open();
  const limits: number[] = [];
  client.on("commandStarted", ({ commandName, command }) => {
    if (commandName === "find" && command.projection === undefined) limits.push(command.limit);
  });
  const reader = log.reader(filter, new AbortController().signal);
  const ids: string[] = [];
  for (let place = after; place < log.tail; ) {
    const stretch = await reader.read(place);
    if (stretch === undefined) break;
    ids.push(...stretch.events.map(({ id }) => id));
    place = stretch.end;
  }
  return { ids, limits };
};

describe("what is read of the log at once", () => {
  it.each<{ name: string; shape: Shape; limits: number[] }>([
    {
      name: "is twice as much each time, up to 250 events",
      shape: { entries: 600, events: 1, textBytes: 0 },
      limits: [1, 2, 4, 8, 16, 32, 64, 128, 250, 250],
    },
    {
      name: "is one entry when an entry holds more than that",
      shape: { entries: 4, events: 251, textBytes: 0 },
      limits: [1, 1, 1, 1],
    },
    {
      name: "is one entry when an entry is larger than what is read at once",
      shape: { entries: 4, events: 8, textBytes: 40_000 },
      limits: [1, 1, 1, 1],
    },
  ])("$name", async ({ shape, limits }) => {
    const { start, documents } = await fill(shape);
    const read = await readAll(start, {});
    expect(read.limits).toEqual(limits);
    expect(read.ids).toEqual(documents.flatMap(({ events }) => events.map(({ id }) => id)));
  });

  it("counts what matches, wherever it is", async () => {
    const { start, documents } = await fill({ entries: 20, events: 2, textBytes: 0 });
    const read = await readAll(start, { userId: users[1] });
    expect(read.limits).toEqual([1, 2, 4, 8]);
    const matching = documents.filter(({ userIds }) => userIds.includes(users[1]));
    expect(read.ids).toEqual(matching.flatMap(({ events }) => events.map(({ id }) => id)));
  });

  it.each<{ name: string; filter: EventFilter; examined: number }>([
    { name: "all", filter: {}, examined: 40 },
    { name: "a user", filter: { userId: users[1] }, examined: 20 },
    { name: "types", filter: { types: ["user.created", "user.deleted", "user.updated"] }, examined: 40 },
    { name: "an organization", filter: { organizationId: newId("org") }, examined: 0 },
  ])("is nothing but what a filter names, once: $name", async ({ filter, examined }) => {
    const { start } = await fill({ entries: 40, events: 300, textBytes: 0 });
    const operations = await startProfile(db);
    await readAll(start, filter);
    const finds = (await operations()).filter(
      ({ ns, op, command }) => op === "query" && ns.endsWith(".events") && !command.projection,
    );
    expect(finds.reduce((sum, { docsExamined }) => sum + docsExamined, 0)).toBe(examined);
  });

  it("is found by looking at two thousand entries at a time where filters are combined", async () => {
    const { start, documents } = await fill({ entries: 9_000, events: 1, textBytes: 0 });
    const log = db.collection<{ _id: number }>(logCollection);
    const type = "user.deleted";
    const rare = [2_003, 4_001, 8_999];
    await log.updateMany({ _id: { $in: rare } }, { $set: { types: [type], "events.$[].type": type } });
    const operations = await startProfile(db);
    const read = await readAll(start, { userId: users[0], types: [type] });
    expect(read.ids).toEqual(rare.map((number) => documents[number - 1]?.last));
    const examined = (await operations()).filter(({ op }) => op === "query").map(({ docsExamined }) => docsExamined);
    expect(Math.max(...examined)).toBe(2_000);
    expect(examined.reduce((sum, count) => sum + count, 0)).toBeLessThan(4_520);
  });

  it.each<{ name: string; filter: EventFilter }>([
    { name: "without a filter", filter: {} },
    { name: "with one", filter: { userId: users[1] } },
  ])("is nothing when events in front of it are gone, unless it may be later: $name", async ({ filter }) => {
    const { start, documents } = await fill({ entries: 8, events: 2, textBytes: 0 });
    await db.collection<{ _id: number }>(logCollection).deleteMany({ _id: { $lt: 3 } });
    await expect(readAll(start, filter)).rejects.toMatchObject({ reason: ErrorReason.CURSOR_EXPIRED });
    const log = new MongoEventLog(db);
    await log.open();
    const left = await log.reader(filter, new AbortController().signal).read(start, true);
    expect(left?.events.map(({ id }) => id)).toEqual(documents[filter.userId ? 3 : 2]?.events.map(({ id }) => id));
  });
});

/** A database that drops the first two entries once a reader has found where to begin. */
const dropping = (): Db => {
  let isDropped = false;
  return Object.create(db, {
    command: {
      async value(...given: Parameters<Db["command"]>) {
        const answer = await db.command(...given);
        if (given[0].projection?.after && !isDropped) {
          isDropped = true;
          await db.collection<{ _id: number }>(logCollection).deleteMany({ _id: { $lt: 3 } });
        }
        return answer;
      },
    },
  });
};

describe("what is found and dropped before it is read", () => {
  it.each<{ name: string; filter: EventFilter; next: number }>([
    { name: "without a filter", filter: {}, next: 2 },
    { name: "with one", filter: { userId: users[1] }, next: 3 },
    { name: "with several", filter: { userId: users[1], types: ["user.created"] }, next: 3 },
  ])(
    "is refused to who reads from a cursor, and passed over by who reads from a time: $name",
    async ({ filter, next }) => {
      const { start, documents } = await fill({ entries: 8, events: 2, textBytes: 0 });
      const log = new MongoEventLog(dropping());
      await log.open();
      const { signal } = new AbortController();
      await expect(log.reader(filter, signal).read(start)).rejects.toMatchObject({
        reason: ErrorReason.CURSOR_EXPIRED,
      });

      await db.collection(logCollection).deleteMany({});
      await db.collection<{ _id: number }>(logCollection).insertMany(documents);
      const again = new MongoEventLog(dropping());
      await again.open();
      const left = await again.reader(filter, signal).read(start, true);
      expect(left?.events.map(({ id }) => id)).toEqual(documents[next]?.events.map(({ id }) => id));
    },
  );
});

describe("a place that another server has given", () => {
  it("is known, and what is ahead of every event is refused", async () => {
    const { documents } = await fill({ entries: 3, events: 2, textBytes: 0 });
    const [, before, last] = documents as [object, { last: string }, { _id: number; last: string }];
    const entries = db.collection<{ _id: number }>(logCollection);
    await entries.deleteOne({ _id: last._id });
    const log = new MongoEventLog(db);
    await log.open();
    await entries.insertOne(last);
    const read = (after: string) => log.reader({}, new AbortController().signal).read(after);
    expect(log.tail).toBe(before.last);
    expect(await read(last.last)).toBeUndefined();
    expect(log.tail).toBe(last.last);
    await expect(read(idAfter("event", last.last, new Date()))).rejects.toMatchObject({
      reason: ErrorReason.INVALID_REQUEST,
    });
  });
});
