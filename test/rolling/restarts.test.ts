import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ChannelCredentials } from "@grpc/grpc-js";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { EventServiceClient, WatchEventsRequest } from "../../gen/ts/roster/v1/event_service.js";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { serviceConfig } from "../../gen/ts/service-config.js";
import { freePort } from "../support/ports.js";
import { ServerProcess } from "../support/server-process.js";
import { createUser, getUser, newKey, updateUser } from "../support/users.js";

/** How often each of the two servers is replaced. */
const rounds = Number(process.env.ROLLING_ROUNDS ?? 1);
const callers = 8;

const database = `test-${randomUUID().slice(0, 8)}`;
const ports: number[] = [];
const servers: ServerProcess[] = [];
const mongo = new MongoClient(inject("mongodbUri"));

const start = (port: number) =>
  ServerProcess.start({
    MONGODB_URI: inject("mongodbUri"),
    ROSTER_DATABASE: database,
    ROSTER_LISTEN: `127.0.0.1:${port}`,
  });

beforeAll(async () => {
  for (let i = 0; i < 2; i++) {
    ports.push(await freePort());
    servers.push(await start(ports[i] as number));
  }
});

afterAll(async () => {
  for (const server of servers) await server.stop();
  await mongo.db(database).dropDatabase();
  await mongo.close();
});

/** Follows the events as a careful client does: opens the watch again with the last cursor whenever it ends. */
const follow = async (client: EventServiceClient, isOver: () => boolean, onId: (id: string) => void) => {
  let cursor = "";
  while (!isOver()) {
    const stream = client.watchEvents(WatchEventsRequest.fromPartial({ after: cursor }));
    const timer = setInterval(() => isOver() && stream.cancel(), 50);
    try {
      for await (const message of stream) {
        for (const { object } of message.events)
          if (object?.$case === "user") onId(`${object.value.id} ${object.value.revision}`);
        cursor = message.cursor;
      }
    } catch {
      await sleep(20);
    } finally {
      clearInterval(timer);
    }
  }
};

describe("two servers behind a client with the published service config", () => {
  it(`are replaced in turn under load, ${rounds} rounds, and no caller notices`, { timeout: 240_000 }, async () => {
    const options = {
      "grpc.service_config": serviceConfig,
      // As docs/clients.md advises: the default waits for longer and longer, up to two minutes.
      "grpc.initial_reconnect_backoff_ms": 100,
      "grpc.max_reconnect_backoff_ms": 1_000,
    };
    const address = `ipv4:${ports.map((port) => `127.0.0.1:${port}`).join(",")}`;
    const users = new UserServiceClient(address, ChannelCredentials.createInsecure(), options);
    const events = new EventServiceClient(address, ChannelCredentials.createInsecure(), options);
    const expected: string[] = [];
    const seen: string[] = [];
    const stopping = new AbortController();
    let over = false;
    const watching = follow(
      events,
      () => over,
      (id) => seen.push(id),
    );
    await sleep(500);
    const load = Promise.all(
      Array.from({ length: callers }, async () => {
        while (!stopping.signal.aborted) {
          const created = await createUser(users, { requestId: newKey() });
          const updated = await updateUser(users, created.id, { firstName: "Ada", requestId: newKey() });
          expect(await getUser(users, created.id)).toEqual(updated);
          expect([created.revision, updated.revision]).toEqual([1n, 2n]);
          expected.push(`${created.id} 1`, `${created.id} 2`);
        }
      }),
    );
    for (let round = 0; round < rounds; round++) {
      for (const [i, port] of ports.entries()) {
        expect(await servers[i]?.stop()).toBe(0);
        servers[i] = await start(port);
        // A client must have found the new server before the other one goes.
        await sleep(1_500);
      }
    }
    stopping.abort();
    await load;
    expect(expected.length).toBeGreaterThan(rounds * callers);
    await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(expected.length);
    over = true;
    await watching;
    expect(seen.toSorted()).toEqual(expected.toSorted());
    expect(await mongo.db(database).collection("users").countDocuments()).toBe(expected.length / 2);
    users.close();
    events.close();
  });
});
