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
  peers = new Peers(database.db, "");
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
