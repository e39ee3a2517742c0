import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ChannelCredentials } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { serviceConfig } from "../../gen/ts/service-config.js";
import { listEvents } from "../support/events.js";
import { type Outage, ReplicaSet } from "../support/replica-set.js";
import { startServer, type TestServer } from "../support/server.js";
import { createUser, getUser, newEmail, newKey, updateUser } from "../support/users.js";

/** How often the primary is killed. */
const rounds = Number(process.env.FAILOVER_ROUNDS ?? 1);
const callers = 8;
/** For how long the attempts of the published service config outlast a set without a primary, whose election may take longer. */
const outlastedMs = 10_000;
const callTimeoutMs = 20_000;

let set: ReplicaSet;
let first: TestServer;
let second: TestServer;

beforeAll(async () => {
  set = await ReplicaSet.start();
  first = await startServer({ mongodbUri: set.uri, database: `test-${randomUUID().slice(0, 8)}` });
  second = await first.another();
}, 60_000);

afterAll(async () => {
  await first?.stop();
  await set?.remove();
}, 60_000);

describe("two servers on a replica set of three", () => {
  it(`lose no call with a request id when the primary is killed, ${rounds} rounds`, { timeout: 600_000 }, async () => {
    const users = new UserServiceClient(
      `ipv4:${first.address},${second.address}`,
      ChannelCredentials.createInsecure(),
      { "grpc.service_config": serviceConfig },
    );
    const expected: string[] = [];
    const pauses: number[] = [];
    const failures: { at: number; error: unknown }[] = [];
    /** Sends a call again as long as it takes, and notes what failed. */
    const insist = async <T>(send: () => Promise<T>): Promise<T> => {
      for (;;) {
        try {
          return await send();
        } catch (error) {
          failures.push({ at: Date.now(), error });
        }
      }
    };
    const stopping = new AbortController();
    let lastSuccess = performance.now();
    const load = Promise.all(
      Array.from({ length: callers }, async () => {
        while (!stopping.signal.aborted) {
          const creation = { email: newEmail(), requestId: newKey() };
          const created = await insist(() => createUser(users, creation));
          const change = { firstName: "Ada", requestId: newKey() };
          const updated = await insist(() => updateUser(users, created.id, change));
          expect([created.revision, updated.revision]).toEqual([1n, 2n]);
          expect(await insist(() => getUser(users, created.id))).toEqual(updated);
          expected.push(`${created.id} 1`, `${created.id} 2`);
          pauses.push(performance.now() - lastSuccess);
          lastSuccess = performance.now();
        }
      }),
    );
    const outages: Outage[] = [];
    for (let round = 0; round < rounds; round++) {
      await sleep(1_000);
      outages.push(await set.killPrimary());
    }
    await sleep(1_000);
    stopping.abort();
    await load;
    users.close();
    const long = outages.filter(({ from, to }) => to - from > outlastedMs);
    const isOfLong = (at: number) => long.some(({ from, to }) => at >= from && at <= to + callTimeoutMs);
    expect(failures.filter(({ at }) => !isOfLong(at))).toEqual([]);
    if (process.env.FAILOVER_ROUNDS) {
      console.log(
        "longest pauses, ms:",
        pauses
          .toSorted((a, b) => b - a)
          .slice(0, rounds)
          .map(Math.round),
        "without a primary:",
        outages.map(({ from, to }) => to - from).toSorted((a, b) => b - a),
        `${failures.length} calls failed`,
      );
    }
    expect(await first.db.collection("users").countDocuments()).toBe(expected.length / 2);
    const told = async () =>
      (await listEvents(first.address)).flatMap(({ object }) =>
        object?.$case === "user" ? [`${object.value.id} ${object.value.revision}`] : [],
      );
    // An event takes its place a moment after the change is acknowledged.
    await expect.poll(async () => (await told()).length).toBe(expected.length);
    expect((await told()).toSorted()).toEqual(expected.toSorted());
  });
});
