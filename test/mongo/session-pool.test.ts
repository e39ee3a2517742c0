import { type ClientSession, MongoNetworkError } from "mongodb";
import { afterAll, beforeAll, expect, it } from "vitest";
import { SessionPool } from "../../src/mongo/commit/session-pool.js";
import { Database } from "../../src/mongo/database.js";
import { Peers, serversCollection } from "../../src/mongo/peers.js";
import { useMongod } from "../support/mongod.js";

const mongod = useMongod();
let database: Database;
let peers: Peers;

beforeAll(async () => {
  database = await Database.open(mongod.current.uri, "sessions");
  peers = new Peers(database, "");
  await peers.start();
});

afterAll(async () => {
  await peers?.stop();
  await database?.close();
});

it("a session that could not be announced is forgotten", async () => {
  const pool = new SessionPool(database.client, peers);
  const fault = { failCommands: ["update"], errorCode: 2 };
  await mongod.current.whileFailing(fault, "alwaysOn", async () => {
    for (let i = 0; i < 3; i++) await expect(pool.use(async () => {})).rejects.toThrow();
  });
  await pool.use(async () => {});
  const [server] = await database.db.collection(serversCollection).find({}, { readConcern: "local" }).toArray();
  expect(server?.["sessions"]).toHaveLength(1);
  await pool.close();
});

it("a session whose connection broke is used no more, and its transaction holds nobody up", async () => {
  const pool = new SessionPool(database.client, peers);
  const things = database.db.collection<{ _id: number; by?: string }>("things");
  await things.insertOne({ _id: 1 });
  let broken: ClientSession | undefined;
  const run = pool.use(async (session) => {
    broken = session;
    session.startTransaction();
    await things.updateOne({ _id: 1 }, { $set: { by: "the broken one" } }, { session });
    throw new MongoNetworkError("the connection is lost");
  });
  await expect(run).rejects.toThrow("the connection is lost");
  await things.updateOne({ _id: 1 }, { $set: { by: "another one" } }, { maxTimeMS: 5_000 });
  expect(await things.find().toArray()).toEqual([{ _id: 1, by: "another one" }]);
  await pool.use(async (session) => expect(session).not.toBe(broken));
  await pool.close();
});
