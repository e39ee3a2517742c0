// The driver's own insertOne with majority concern, of the document that CreateUser writes, without an event: what
// CreateUser is compared with. A process of its own; arguments are a JSON object, the answer is one on stdout.
import { randomUUID } from "node:crypto";
import { MongoClient } from "mongodb";
import { createSchema } from "../dist/src/mongo/schema.js";
import { measureCalls } from "./latencies.mjs";
import { userDocument } from "./requests.mjs";

const { uri, database, inFlight, seconds } = JSON.parse(process.argv[2]);
const client = await MongoClient.connect(uri, { writeConcern: { w: "majority" }, ignoreUndefined: true });
const db = client.db(database);
await createSchema(db);
const users = db.collection("users");

const result = await measureCalls({ inFlight, seconds, call: () => users.insertOne(userDocument(randomUUID())) });
await db.dropDatabase();
await client.close();
process.stdout.write(`${JSON.stringify(result)}\n`);
