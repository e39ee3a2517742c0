import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ChannelCredentials } from "@grpc/grpc-js";
import { type Db, MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import type { User } from "../../gen/ts/roster/v1/user.js";
import { toDate } from "../../src/rpc/timestamp.js";
import { eventually } from "../support/call.js";
import { userOf } from "../support/events.js";
import { Reader } from "../support/event-reader.js";
import { Writer } from "../support/event-writer.js";
import { FakedClock, hasFaketime } from "../support/faketime.js";
import { judge } from "../support/judge.js";
import { ReplicaSet } from "../support/replica-set.js";
import { ServerProcess } from "../support/server-process.js";
import { createUser, newEmail, newKey, updateUser } from "../support/users.js";

/** How often every fault is made. */
const rounds = Number(process.env.CLOCK_ROUNDS ?? 1);
/** With one member a failover is that it starts again. */
const members = Number(process.env.CLOCK_MEMBERS ?? 1);
const [writers, readers] = [6, 2];
/** By how much the clocks of the servers are off, and by how much the database's steps back, in seconds. */
const serversOff = [100 * 24 * 3_600, -3_600];
const stepBack = 40;

const database = `test-${randomUUID().slice(0, 8)}`;
/** Of the members of the replica set. */
const clocks: FakedClock[] = [];
/** Those that run, the one that numbers first, each with its clock. */
const servers: { readonly server: ServerProcess; readonly clock: FakedClock }[] = [];
const mongo = { client: undefined as unknown as MongoClient, set: undefined as unknown as ReplicaSet };
const db = (): Db => mongo.client.db(database);

const start = async (clock: FakedClock): Promise<void> => {
  const env = { MONGODB_URI: mongo.set.uri, ROSTER_DATABASE: database, ...clock.env };
  servers.push({ server: await ServerProcess.start(env), clock });
};

const anyAddress = (): string => servers[Math.floor(Math.random() * servers.length)]?.server.address as string;

/** The number of the newest entry of the log. */
const newest = async (): Promise<number> => {
  const find = { sort: { _id: -1 }, projection: { _id: 1 } } as const;
  return (await db().collection<{ _id: number }>("events").findOne({}, find))?._id ?? 0;
};

/** Resolves when something has got its place in the order from now on; with the milliseconds that took. */
const nextEntry = async (): Promise<number> => {
  const from = performance.now();
  const before = await eventually(newest);
  while ((await eventually(newest)) === before) await sleep(20);
  return performance.now() - from;
};

/** Kills the server that numbers, which another one then does, and starts it again. `meanwhile`: what comes with its death. */
const replaceFirst = async (meanwhile = async () => {}): Promise<number> => {
  const [first] = servers.splice(0, 1);
  if (first === undefined) throw new Error("no server runs");
  await first.server.kill();
  await meanwhile();
  const heldUpMs = await nextEntry();
  await start(first.clock);
  return heldUpMs;
};

/** What happens in a round. Each returns for how long nothing was numbered, in milliseconds. */
const faults: Readonly<Record<string, () => Promise<number>>> = {
  "a server with a wrong clock dies, and another one numbers": () => replaceFirst(),
  "the database's clock steps back when the server that numbers dies": () =>
    replaceFirst(async () => {
      for (const clock of clocks) await clock.step(-stepBack);
    }),
  "a member that is behind becomes the primary": async () => {
    const primary = await mongo.set.primary();
    for (const [i, clock] of clocks.entries()) if (members === 1 || i !== primary) await clock.step(-stepBack);
    await mongo.set.killPrimary();
    const heldUpMs = await nextEntry();
    if (members > 1) await clocks[primary]?.step(-stepBack);
    return heldUpMs;
  },
};

beforeAll(async () => {
  if (!hasFaketime) return;
  for (let i = 0; i < members; i++) clocks.push(await FakedClock.create(0));
  mongo.set = await ReplicaSet.start({}, { members, envOf: (i) => clocks[i]?.env ?? {} });
  mongo.client = await MongoClient.connect(mongo.set.uri);
  for (const off of serversOff) await start(await FakedClock.create(off));
}, 120_000);

afterAll(async () => {
  for (const { server, clock } of servers) {
    await server.kill();
    await clock.remove();
  }
  await mongo.client?.close();
  await mongo.set?.remove();
  for (const clock of clocks) await clock.remove();
}, 60_000);

/** Asks every server again for what was done in the beginning. */
const expectRemembered = async (asked: () => Promise<unknown>[], answers: unknown): Promise<void> => {
  expect(await eventually(() => Promise.all(asked()))).toEqual(answers);
};

const timesOf = (user: User) => [toDate(user.createdAt), toDate(user.updatedAt)] as [Date, Date];

describe.skipIf(!hasFaketime)("servers and a database whose clocks are wrong (needs faketime)", () => {
  it(`lose, repeat and misdate nothing when they are killed, ${rounds} rounds`, { timeout: 600_000 }, async () => {
    const startedAt = Date.now();
    const [creation, change] = [
      { email: newEmail(), requestId: newKey() },
      { name: "Ada", requestId: newKey() },
    ];
    const clients = new Map<string, UserServiceClient>();
    const client = (address: string): UserServiceClient => {
      const known = clients.get(address) ?? new UserServiceClient(address, ChannelCredentials.createInsecure());
      clients.set(address, known);
      return known;
    };
    const reading = Array.from({ length: readers }, () => new Reader(anyAddress));
    await Promise.all(reading.map((reader) => reader.open()));
    const created = await createUser(client(anyAddress()), creation);
    const updated = await updateUser(client(anyAddress()), created.id, change);
    const askAgain = () =>
      servers.flatMap(({ server: { address } }) => [
        createUser(client(address), creation),
        updateUser(client(address), created.id, change),
      ]);

    const writing = Array.from({ length: writers }, (_, i) => new Writer(`${i}-${randomUUID()}`, anyAddress));
    let isOver = false;
    const load = Promise.all(writing.map((writer) => writer.run(() => isOver)));
    load.catch(() => {});
    const heldUp: [fault: string, ms: number][] = [];
    try {
      await nextEntry();
      for (let round = 0; round < rounds; round++) {
        for (const [fault, make] of Object.entries(faults)) {
          const ms = await Promise.race([make(), load.then(() => Number.NaN)]);
          heldUp.push([fault, Math.round(ms)]);
          await expectRemembered(askAgain, Array.from(servers, () => [created, updated]).flat());
        }
      }
    } finally {
      isOver = true;
      await load;
      for (const each of clients.values()) each.close();
    }
    if (process.env.CLOCK_ROUNDS) console.log("numbering was held up for, ms:", heldUp);
    // Not until the clock has caught up: as long as it takes to find out that somebody is dead.
    expect(heldUp.filter(([, ms]) => !(ms < (stepBack - 10) * 1_000))).toEqual([]);

    const events = await judge(db(), reading, writing);
    const [from, to] = [startedAt - 2 * rounds * stepBack * 1_000 - 5_000, Date.now() + 5_000];
    const updatedAt = new Map<string, Date>();
    let last = new Date(0);
    for (const event of events) {
      const user = userOf(event);
      const at = toDate(event.createdAt) as Date;
      for (const time of [at, ...timesOf(user)]) expect(time.getTime() >= from && time.getTime() <= to).toBe(true);
      expect(at >= last && timesOf(user)[1] >= (updatedAt.get(user.id) ?? new Date(0))).toBe(true);
      last = at;
      updatedAt.set(user.id, timesOf(user)[1]);
    }
  });
});
