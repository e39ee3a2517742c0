// A server that does nothing but migrate, slowly: process.mjs URI DATABASE MIGRATION. Prints the position of each step.
import { setTimeout as sleep } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { idMaker } from "../../dist/src/directory/id.js";
import { SessionPool } from "../../dist/src/mongo/commit/session-pool.js";
import { Migrator } from "../../dist/src/mongo/migrations/migrator.js";
import { Peers } from "../../dist/src/mongo/peers.js";
import { counting } from "./counting.mjs";

const [uri, database, id] = process.argv.slice(2);
const client = new MongoClient(uri, { readConcernLevel: "majority", writeConcern: { w: "majority" } });
const db = client.db(database);
const now = () => new Date();
const clock = { now, newId: idMaker(now) };
const peers = new Peers({ db, clock }, id);
await peers.start();
const migration = counting(id, async (position) => {
  console.log(position ?? "start");
  await sleep(100);
});
const log = { info: () => {}, error: (_, line) => console.error(line) };
await new Migrator({
  db,
  clock,
  sessions: new SessionPool(client, peers),
  peers,
  migrations: [migration],
  log,
}).start();
