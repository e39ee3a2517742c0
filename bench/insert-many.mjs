// The driver's own insertMany with majority concern, of the documents that ImportUsers writes, without events: what
// ImportUsers is compared with. A process of its own; arguments are a JSON object, the answer is one on stdout.
import { randomUUID } from "node:crypto";
import { MongoClient } from "mongodb";
import { createSchema } from "../dist/src/mongo/schema.js";
import { credentialDocument, userDocument } from "./requests.mjs";

const { uri, database, rows } = JSON.parse(process.argv[2]);
const batch = 1_000;
const client = await MongoClient.connect(uri, { writeConcern: { w: "majority" }, ignoreUndefined: true });
const db = client.db(database);
await createSchema(db);
const [users, passwords] = [db.collection("users"), db.collection("credentials")];

const started = performance.now();
for (let done = 0; done < rows; done += batch) {
  const documents = Array.from({ length: Math.min(batch, rows - done) }, () => userDocument(randomUUID()));
  await users.insertMany(documents);
  await passwords.insertMany(documents.map(({ _id }) => credentialDocument(_id)));
}
const seconds = (performance.now() - started) / 1_000;
await db.dropDatabase();
await client.close();
process.stdout.write(`${JSON.stringify({ calls: rows, perSecond: rows / seconds })}\n`);
