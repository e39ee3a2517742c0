import { randomUUID } from "node:crypto";
import { MongoClient } from "mongodb";
import { expect, inject, it } from "vitest";
import { ulidAt } from "../../src/directory/id.js";
import { logCollection } from "../../src/mongo/events/log-entries.js";
import { trimLog } from "../../src/mongo/events/trim.js";
import { createSchema } from "../../src/mongo/schema.js";
import { startProfile } from "../support/database.js";

it("entries are dropped without a look at those that stay, and never the newest one", async () => {
  const client = await MongoClient.connect(inject("mongodbUri"), { appName: "roster" });
  try {
    const db = client.db(`test-${randomUUID().slice(0, 8)}`);
    await createSchema(db);
    const log = db.collection<{ _id: number }>(logCollection);
    const day = 24 * 60 * 60 * 1_000;
    const start = Date.UTC(2026, 0, 1);
    const placeOf = (n: number) => `event_${ulidAt(new Date(start + n * day))}`;
    await log.insertMany(
      Array.from({ length: 1_000 }, (_, i) => ({ _id: i + 1, after: placeOf(i), last: placeOf(i + 1) })),
    );
    const numbers = async () => (await log.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id);

    const operations = await startProfile(db);
    await trimLog(db, new Date(start + 301 * day));
    expect((await numbers())[0]).toBe(301);
    const [removal] = (await operations()).filter(({ op }) => op === "remove");
    expect(removal).toMatchObject({ ndeleted: 300, docsExamined: 300 });

    await trimLog(db, new Date(start + 5_000 * day));
    expect(await numbers()).toEqual([1_000]);
    await db.dropDatabase();
  } finally {
    await client.close();
  }
});
