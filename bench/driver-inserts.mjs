// The driver's own insertOne with majority concern, of the document that CreateUser writes, without an event: what
// CreateUser is compared with. A process of its own; arguments are a JSON object, the answer is one on stdout.
import { randomUUID } from "node:crypto";
import { MongoClient } from "mongodb";
import { createSchema } from "../dist/src/mongo/schema.js";
import { summarize } from "./latencies.mjs";
import { userDocument } from "./requests.mjs";

const { uri, database, inFlight, seconds } = JSON.parse(process.argv[2]);
const client = await MongoClient.connect(uri, { writeConcern: { w: "majority" }, ignoreUndefined: true });
const db = client.db(database);
await createSchema(db);
const users = db.collection("users");

const latencies = [];
const begin = performance.now() + 1_000;
const end = begin + seconds * 1_000;
await Promise.all(
  Array.from({ length: inFlight }, async () => {
    while (performance.now() < end) {
      const started = performance.now();
      await users.insertOne(userDocument(randomUUID()));
      const now = performance.now();
      if (started >= begin && now <= end) latencies.push((now - started) * 1_000);
    }
  }),
);
await db.dropDatabase();
await client.close();
process.stdout.write(`${JSON.stringify(summarize(latencies, seconds))}\n`);
