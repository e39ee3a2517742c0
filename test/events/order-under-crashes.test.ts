import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { afterAll, describe, it } from "vitest";
import { useMongod } from "../support/mongod.js";
import { ServerProcess } from "../support/server-process.js";
import { judge } from "../support/judge.js";
import { Reader } from "../support/event-reader.js";
import { Writer } from "../support/event-writer.js";

const seconds = Number(process.env.CRASH_SECONDS ?? 10);
const leastKills = 4;
const writers = 24;
const readers = 3;

const mongod = useMongod();
const database = "crashes";
const servers: ServerProcess[] = [];

const start = () => ServerProcess.start({ MONGODB_URI: mongod.current.uri, ROSTER_DATABASE: database });
const anyAddress = () => (servers[Math.floor(Math.random() * servers.length)] as ServerProcess).address;

afterAll(async () => {
  await Promise.all(servers.map((server) => server.kill()));
});

/** Kills a server, starts another in its place, and so on, until that has taken long enough and was done often enough. */
const killAndReplace = async (until: number): Promise<void> => {
  for (let kills = 0; Date.now() < until || kills < leastKills; kills++) {
    const replacement = await start();
    const [victim] = servers.splice(kills % servers.length, 1, replacement);
    await victim?.kill();
    await sleep(Math.random() * 500);
  }
};

describe("two servers that are killed and replaced again and again", () => {
  it("show every reader the same events, once, in one order, and one for each change", async () => {
    servers.push(await start(), await start());
    const writing = Array.from({ length: writers }, (_, i) => new Writer(`${i}-${randomUUID()}`, anyAddress));
    const reading = Array.from({ length: readers }, () => new Reader(anyAddress));
    await Promise.all(reading.map((reader) => reader.open()));

    // Random pauses between the writes of a transaction and its commit, and within the work of the one that numbers.
    const pauses = {
      failCommands: ["commitTransaction", "insert", "delete"],
      blockConnection: true,
      blockTimeMS: 100,
    };
    await mongod.current.whileFailing(pauses, { activationProbability: 0.25 }, async () => {
      let isOver = false;
      const killing = killAndReplace(Date.now() + seconds * 1_000).finally(() => {
        isOver = true;
      });
      await Promise.all([killing, ...writing.map((writer) => writer.run(() => isOver))]);
    });

    const client = await MongoClient.connect(mongod.current.uri);
    await judge(client.db(database), reading, writing);
    await client.close();
  }, 120_000);
});
