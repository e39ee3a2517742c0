import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type HealthCheckResponse,
  HealthCheckResponse_ServingStatus,
  HealthClient,
} from "../../gen/ts/health/v1/health.js";
import type { ListUsersResponse } from "../../gen/ts/roster/v1/user_service.js";
import { failure, seenError } from "../support/call.js";
import { createOnly, ImportCall, newRows } from "../support/imports.js";
import { startServer, type TestServer } from "../support/server.js";
import { createUser, getUser, idsOf, insertUsers, listUsers } from "../support/users.js";

let server: TestServer;

beforeEach(async () => {
  server = await startServer();
});

afterEach(async () => {
  await server.stop();
});

const shuttingDown = {
  code: "UNAVAILABLE",
  message: "this server is shutting down",
  reason: "SHUTTING_DOWN",
  domain: "roster",
  metadata: {},
  violations: [],
  resource: undefined,
  retryAfterMs: 100,
};

describe("a server that is stopped", () => {
  it("answers the calls that are in flight", async () => {
    const { users } = server;
    const creates = Array.from({ length: 200 }, () => createUser(users));
    // They all went out together: when one is answered, the others have arrived.
    await Promise.race(creates);
    const [created] = await Promise.all([Promise.all(creates), server.running.stop()]);
    expect(created).toHaveLength(200);
    expect(await server.db.collection("users").countDocuments()).toBe(200);
    expect((await failure(getUser(server.connect(), created[0]?.id ?? ""))).code).toBe("UNAVAILABLE");
  });

  it("tells watches NOT_SERVING, and then to go elsewhere", async () => {
    const watch = server.client(HealthClient).watch({ service: "" });
    const states: string[] = [];
    watch.on("data", ({ status }: HealthCheckResponse) => states.push(HealthCheckResponse_ServingStatus[status]));
    const ended = new Promise((resolve) => watch.on("error", resolve));
    await expect.poll(() => states).toEqual(["SERVING"]);
    await server.running.stop();
    expect(seenError(await ended)).toEqual(shuttingDown);
    expect(states).toEqual(["SERVING", "NOT_SERVING"]);
  });

  it("lets a list that is read come to its end", async () => {
    const ids = await insertUsers(server.db, 2_000);
    const stream = listUsers(server.users, { pageSize: 100 });
    const pages: ListUsersResponse[] = [];
    let stopped: Promise<void> | undefined;
    for await (const page of stream) {
      pages.push(page as ListUsersResponse);
      stopped ??= server.running.stop();
    }
    await stopped;
    expect(idsOf(pages)).toEqual(ids.toReversed());
  });

  it("tells calls that are still open when its grace is nearly over to go elsewhere", async () => {
    const other = await server.another({ env: { ROSTER_SHUTDOWN_GRACE: "500ms" } });
    const call = new ImportCall(other.users, createOnly);
    call.send(newRows(1));
    await call.resultsUpTo(1);
    await other.running.stop();
    expect(seenError(await call.ended)).toEqual(shuttingDown);
  });

  it("ends within its grace though a client does not read its list", async () => {
    const metadata = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`key-${i}`, "x".repeat(500)]));
    await insertUsers(server.db, 5_000, () => ({ metadata }));
    const stream = listUsers(server.users, { pageSize: 100 });
    const ended = new Promise((resolve) => stream.on("error", resolve));
    const seen = new Promise((resolve) => {
      stream.once("data", (page) => {
        stream.pause();
        resolve(page);
      });
    });
    await seen;
    await server.running.stop();
    stream.resume();
    expect(seenError(await ended).code).toBe("UNAVAILABLE");
  });
});
