import { EventEmitter } from "node:events";
import { type Db, Long, type MongoClient, Timestamp } from "mongodb";
import { expect, it } from "vitest";
import { findOnce } from "../../src/mongo/find.js";
import { followPrimary } from "../../src/mongo/primary.js";

// The database's ids of cursors are random, and one in hundreds is small enough for the driver to make a number of it.
it.each([
  ["as the driver gives it", Long.fromString("7382910465738291046")],
  ["that the driver made a number of", 4_503_599_627_370_497],
])("a cursor that a find leaves open is closed, by an id %s", async (_name, id) => {
  const commands: Record<string, unknown>[] = [];
  const command = async (given: Record<string, unknown>) => {
    commands.push(given);
    return { cursor: { id, firstBatch: [{ _id: 1 }] } };
  };
  const found = await findOnce({ command } as unknown as Db, { collection: "users", filter: {}, limit: 2 });
  expect(found).toEqual({ documents: [{ _id: 1 }], complete: false });
  expect(commands.slice(1)).toEqual([{ killCursors: "users", cursors: [Long.fromValue(id)] }]);
});

it("a find waits for what the primary before has acknowledged, and is made again where the primary changes", async () => {
  const client = new EventEmitter();
  followPrimary(client as unknown as MongoClient, "roster");
  const clocks = [1, 2].map((t) => new Timestamp({ t, i: 1 }));
  const elect = (n: number) => {
    const primary = { address: `db${n}`, isWritable: true, electionId: n, allHosts: ["db"] };
    const description = { ...primary, $clusterTime: { clusterTime: clocks[n] } };
    client.emit("topologyDescriptionChanged", { newDescription: { servers: new Map([["db", description]]) } });
  };
  elect(0);
  const concerns: unknown[] = [];
  const command = async ({ readConcern }: { readConcern: unknown }) => {
    concerns.push(readConcern);
    elect(1);
    return { cursor: { id: 0, firstBatch: [{ _id: concerns.length }] } };
  };
  const found = await findOnce({ client, command } as unknown as Db, { collection: "users", filter: {}, limit: 1 });
  expect(concerns).toEqual(clocks.map((afterClusterTime) => ({ level: "majority", afterClusterTime })));
  expect(found.documents).toEqual([{ _id: 2 }]);
});

it("a find is not answered by what another primary than its own has shown", async () => {
  const looks: unknown[] = [];
  const finds: number[] = [];
  // The find is answered by the first primary, and the look by the second one, which the driver knows by then.
  const look = async ({ readConcern }: { readConcern: unknown }) => {
    looks.push(readConcern);
    elect(2);
  };
  const client = Object.assign(new EventEmitter(), { db: () => ({ command: look }) });
  followPrimary(client as unknown as MongoClient, "roster");
  const elect = (n: number) => {
    const primary = { address: `db${n}`, isWritable: true, electionId: n, allHosts: ["db1", "db2", "db3"] };
    client.emit("topologyDescriptionChanged", { newDescription: { servers: new Map([["db", primary]]) } });
  };
  elect(1);
  const command = async () => {
    finds.push(looks.length);
    return { cursor: { id: 0, firstBatch: [{ _id: finds.length }] } };
  };
  const db = { client, command } as unknown as Db;
  const { documents } = await findOnce(db, { collection: "users", filter: {}, limit: 1 });
  expect(documents).toEqual([{ _id: 2 }]);
  expect(looks).toEqual([{ level: "linearizable" }, { level: "linearizable" }]);
  await findOnce(db, { collection: "users", filter: {}, limit: 1, mayBeOld: true });
  expect(looks).toHaveLength(2);
});
