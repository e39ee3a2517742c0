import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ChannelCredentials } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { serviceConfig } from "../../gen/ts/service-config.js";
import { listEvents } from "../support/events.js";
import { ReplicaSet } from "../support/replica-set.js";
import { startServer, type TestServer } from "../support/server.js";
import { createUser, getUser, newKey, updateUser } from "../support/users.js";

/** How often the primary is killed. */
const rounds = Number(process.env.FAILOVER_ROUNDS ?? 1);
const callers = 8;

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
    const stopping = new AbortController();
    let lastSuccess = performance.now();
    const load = Promise.all(
      Array.from({ length: callers }, async () => {
        while (!stopping.signal.aborted) {
          const created = await createUser(users, { requestId: newKey() });
          const updated = await updateUser(users, created.id, { firstName: "Ada", requestId: newKey() });
          expect([created.revision, updated.revision]).toEqual([1n, 2n]);
          expect(await getUser(users, created.id)).toEqual(updated);
          expected.push(`${created.id} 1`, `${created.id} 2`);
          pauses.push(performance.now() - lastSuccess);
          lastSuccess = performance.now();
        }
      }),
    );
    for (let round = 0; round < rounds; round++) {
      await sleep(1_000);
      await set.killPrimary();
    }
    await sleep(1_000);
    stopping.abort();
    await load;
    users.close();
    if (process.env.FAILOVER_ROUNDS) {
      console.log(
        "longest pauses, ms:",
        pauses
          .toSorted((a, b) => b - a)
          .slice(0, rounds)
          .map(Math.round),
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
