import { MongoClient } from "mongodb";
import { expect, it } from "vitest";
import { useMongod } from "../support/mongod.js";

const mongod = useMongod();

it("the log of an embedded MongoDB says nothing of slow operations, which it would tell with their documents", async () => {
  const client = new MongoClient(mongod.current.uri);
  try {
    const collection = client.db("slow").collection("credentials");
    await collection.insertOne({ hash: "one that nobody may see" });
    const slow = { hash: "one that nobody may see", $where: "sleep(300) || true" };
    expect(await collection.find(slow).toArray()).toHaveLength(1);
  } finally {
    await client.close();
  }
  const log = await mongod.current.log();
  expect(log).toContain("Waiting for connections");
  expect(log).not.toContain("one that nobody may see");
});
