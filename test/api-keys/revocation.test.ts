import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type ClientWritableStream, Metadata } from "@grpc/grpc-js";
import { beforeAll, describe, expect, it } from "vitest";
import { ApiKeyServiceClient } from "../../gen/ts/roster/v1/api_key_service.js";
import { EventServiceClient } from "../../gen/ts/roster/v1/event_service.js";
import { GetUserRequest, ListUsersRequest, UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import type { CreatedApiKey } from "../../src/directory/api-keys/create-api-key.js";
import { askingCallers, bearer, makeKey, withKey } from "../support/api-keys.js";
import { call, failure, seenError } from "../support/call.js";
import { openWatch, type Watch } from "../support/events.js";
import { createOnly, ImportCall, newRows } from "../support/imports.js";
import { type TestServer, useServer } from "../support/server.js";
import { insertUsers, unusedId } from "../support/users.js";

const first = useServer({ env: askingCallers });
let second: TestServer;
let admin: CreatedApiKey;

beforeAll(async () => {
  second = await first.current.another();
  admin = await makeKey(first.current.db, ["admin"]);
  // More pages than a client takes in that does not read.
  await insertUsers(first.current.db, 30_000);
});

/** What ends a stream, and after how many milliseconds. */
const endOf = async (ended: Promise<unknown>, since: number) => {
  const { code, reason, metadata } = seenError(await ended);
  return { end: [code, reason, metadata], inTime: Date.now() - since < 5_000 };
};

/** What ends a watch. */
const errorOf = async (watch: Watch): Promise<unknown> => {
  try {
    for (;;) await watch.message();
  } catch (error) {
    return error;
  }
};

/** Every kind of stream, each open and in the middle of it. */
const openStreams = async (server: TestServer, key: CreatedApiKey): Promise<Promise<unknown>[]> => {
  const users = server.client(UserServiceClient, withKey(key));
  const watch = await openWatch(server.client(EventServiceClient, withKey(key)));
  const list = users.listUsers(ListUsersRequest.fromPartial({ pageSize: 100 }));
  const exported = users.exportUsers({});
  const unread = [list, exported].map(async (stream) => {
    await once(stream, "readable");
    const error = new Promise((resolve) => stream.on("error", resolve));
    await sleep(3_000);
    stream.resume();
    return error;
  });
  const running = new ImportCall(users, createOnly);
  running.send(newRows(1));
  await running.resultsUpTo(1);
  return [errorOf(watch), running.ended, ...unread];
};

const getUser = (server: TestServer, key: CreatedApiKey) => {
  const users = server.client(UserServiceClient, withKey(key));
  return () => failure(call(users.getUser.bind(users), { id: unusedId() }));
};

const encode = (request: GetUserRequest): Buffer => Buffer.from(GetUserRequest.encode(request).finish());
const asIs = (bytes: Buffer): Buffer => bytes;

/** A request whose message comes later than its metadata; returns what sends it and waits for the reason of its end. */
const lateRequest = (server: TestServer, key: CreatedApiKey): (() => Promise<string | undefined>) => {
  const metadata = new Metadata();
  metadata.set("authorization", bearer(key.secret));
  let stream: ClientWritableStream<GetUserRequest>;
  const failed = new Promise<unknown>((resolve) => {
    stream = server.users.makeClientStreamRequest(
      "/roster.v1.UserService/GetUser",
      encode,
      asIs,
      metadata,
      {},
      resolve,
    );
  });
  return async () => {
    stream.end({ id: unusedId() });
    return seenError(await failed).reason;
  };
};

describe("a key that is revoked", () => {
  it("is refused by every server within five seconds, and the streams opened with it end", async () => {
    const key = await makeKey(first.current.db, ["users:read", "users:write", "users:export", "events:read"], "leaked");
    const servers = [first.current, second];
    const calls = servers.map((server) => getUser(server, key));
    for (const seen of await Promise.all(calls.map((run) => run()))) expect(seen.reason).toBe("USER_NOT_FOUND");
    const late = servers.map((server) => lateRequest(server, key));
    const streams = (await Promise.all(servers.map((server) => openStreams(server, key)))).flat();
    const others = await openWatch(first.current.client(EventServiceClient, withKey(admin)));

    const keys = first.current.client(ApiKeyServiceClient, withKey(admin));
    await call(keys.revokeApiKey.bind(keys), { id: key.key.id });
    const revokedAt = Date.now();
    const revoked = { end: ["UNAUTHENTICATED", "API_KEY_REVOKED", { id: key.key.id }], inTime: true };
    const ends = streams.map((stream) => endOf(stream, revokedAt));
    expect(await Promise.all(ends)).toEqual(streams.map(() => revoked));

    await sleep(Math.max(0, revokedAt + 3_500 - Date.now()));
    for (const run of calls) expect((await run()).reason).toBe("API_KEY_REVOKED");
    for (const send of late) expect(await send()).toBe("API_KEY_REVOKED");
    // Everybody else goes on.
    expect(await getUser(first.current, admin)()).toMatchObject({ reason: "USER_NOT_FOUND" });
    others.cancel();
  });
});

describe("a key that expires", () => {
  it("is refused from then on, and its streams end", async () => {
    const { db } = first.current;
    const key = await makeKey(db, ["events:read", "users:read"]);
    const expiresAt = new Date(Date.now() + 2_000);
    await db.collection<{ _id: string }>("apiKeys").updateOne({ _id: key.key.id }, { $set: { expiresAt } });
    const watch = await openWatch(first.current.client(EventServiceClient, withKey(key)));
    const ended = errorOf(watch);
    expect(await getUser(first.current, key)()).toMatchObject({ reason: "USER_NOT_FOUND" });
    expect(await endOf(ended, expiresAt.getTime())).toEqual({
      end: ["UNAUTHENTICATED", "API_KEY_EXPIRED", { id: key.key.id }],
      inTime: true,
    });
    expect(Date.now()).toBeGreaterThanOrEqual(expiresAt.getTime());
    expect(await getUser(first.current, key)()).toMatchObject({ reason: "API_KEY_EXPIRED" });
  });
});
