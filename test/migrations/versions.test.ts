import { randomUUID } from "node:crypto";
import { MongoClient } from "mongodb";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { type MigrationRecord, recordsOf } from "../../src/mongo/migrations/record.js";
import { startServer } from "../support/server.js";
import { createUser, getUser } from "../support/users.js";

/** A server on a database in which a newer version has made this record. */
const startWith = async (record: Pick<MigrationRecord, "olderServers" | "state"> & { position?: string }) => {
  const mongo = new MongoClient(inject("mongodbUri"));
  const database = `test-${randomUUID().slice(0, 8)}`;
  onTestFinished(async () => {
    await mongo.db(database).dropDatabase();
    await mongo.close();
  });
  await recordsOf(mongo.db(database)).insertOne({ _id: "9000-later", description: "turn it all round", ...record });
  return startServer({ database });
};

describe("a server on a database of a newer version", () => {
  const works: [name: string, record: Parameters<typeof startWith>[0]][] = [
    ["one with which it can work", { olderServers: "may start", state: "done" }],
    ["one that has not begun", { olderServers: "must not start", state: "waiting" }],
  ];

  it.each(works)("serves, where the migration is %s", async (_name, record) => {
    const server = await startWith(record);
    onTestFinished(() => server.stop());
    const { id } = await createUser(server.users);
    expect((await getUser(server.users, id)).id).toBe(id);
  });

  const refused: [name: string, record: Parameters<typeof startWith>[0]][] = [
    ["done", { olderServers: "must not start", state: "done" }],
    ["running", { olderServers: "must not start", state: "running" }],
    ["left in the middle", { olderServers: "must not start", state: "waiting", position: "17" }],
  ];

  it.each(refused)("does not start, and says why, where one that it cannot work with is %s", async (_name, record) => {
    await expect(startWith(record)).rejects.toThrow(
      "a newer version of Roster has changed this database (migration 9000-later: turn it all round), and this " +
        "version cannot work with it. Start the newer version.",
    );
  });
});

describe("a new database", () => {
  it("has nothing to migrate", async () => {
    const server = await startServer();
    onTestFinished(() => server.stop());
    const records = await recordsOf(server.db).find().sort({ _id: 1 }).toArray();
    expect(records.map(({ _id, state, run }) => [_id, state, run])).toEqual([
      ["0001-identities-of-deleted-users", "done", undefined],
      ["0002-memberships-of-deleted-users", "done", undefined],
      ["0003-folded-emails", "done", undefined],
    ]);
  });
});
