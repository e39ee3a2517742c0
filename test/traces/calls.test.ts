import { ChannelCredentials } from "@grpc/grpc-js";
import { describe, expect, it } from "vitest";
import { EventServiceClient } from "../../gen/ts/roster/v1/event_service.js";
import { CreateUserRequest, UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { version } from "../../src/version.js";
import { goodPassword } from "../support/authentication.js";
import { call, failure } from "../support/call.js";
import type { CollectedSpan } from "../support/collector.js";
import { eventPages, openWatch } from "../support/events.js";
import { createOnly, ImportCall, newRows } from "../support/imports.js";
import { callLines, newCaller, useTracedServer } from "../support/traces.js";
import { createUser, everyField, getUser, newEmail, unusedId, updateUser } from "../support/users.js";

const traced = useTracedServer();

const callerOf = (options = {}) => newCaller(UserServiceClient, traced.address, options);

/** The spans of a trace, once that of the call is there, which ends last. */
const traceOf = async ({ traceId }: { traceId: string }): Promise<CollectedSpan[]> => {
  await traced.collector.find((span) => span.traceId === traceId && span.kind === "SERVER");
  return traced.collector.spans.filter((span) => span.traceId === traceId);
};

/** A trace as a tree of names; what is at the same place in the order of its start. */
const treeOf = (spans: readonly CollectedSpan[], parentId: string): unknown[] =>
  spans
    .filter((span) => span.parentId === parentId)
    .toSorted((a, b) => a.start - b.start)
    .map(({ name, spanId }) => {
      const below = treeOf(spans, spanId);
      return below.length > 0 ? { [name]: below } : name;
    });

/** The tree of what is below the span of a call. */
const below = async (caller: { traceId: string; spanId: string }): Promise<unknown> => {
  const [tree] = treeOf(await traceOf(caller), caller.spanId);
  return Object.values(tree as object)[0];
};

/** Longer than some milliseconds. */
const slow = () => CreateUserRequest.fromPartial({ email: newEmail(), password: goodPassword });

describe("the span of a call", () => {
  it("is below the caller's, with the attributes of the conventions", async () => {
    const { id } = await createUser(callerOf().client);
    const caller = callerOf();
    const before = Date.now();
    await getUser(caller.client, id);
    const [span] = (await traceOf(caller)).filter(({ kind }) => kind === "SERVER") as [CollectedSpan];
    expect(span).toMatchObject({
      name: "roster.v1.UserService/GetUser",
      traceId: caller.traceId,
      parentId: caller.spanId,
      traceState: "vendor=value",
      attributes: {
        "rpc.system.name": "grpc",
        "rpc.method": "roster.v1.UserService/GetUser",
        "rpc.status_code": "OK",
        "client.address": "127.0.0.1",
        "client.port": expect.any(Number),
      },
      status: "UNSET",
    });
    expect(Object.keys(span.attributes)).toHaveLength(5);
    expect(span.start).toBeGreaterThan(before - 1_000);
    expect(span.end).toBeGreaterThan(span.start);
    expect(span.resource).toMatchObject({
      "service.name": "roster",
      "service.version": version,
      "telemetry.sdk.language": "nodejs",
    });
  });

  it("begins a trace when the caller names none", async () => {
    const client = new UserServiceClient(traced.address, ChannelCredentials.createInsecure());
    await failure(call(client.getUserByEmail.bind(client), { email: "nobody@example.com" }));
    const [span] = await traced.collector.find(({ name }) => name.endsWith("/GetUserByEmail"));
    expect(span?.parentId).toBe("");
    expect(span?.traceId).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each<[code: string, whose: string, run: (client: UserServiceClient) => Promise<unknown>]>([
    ["NOT_FOUND", "caller", (client) => getUser(client, unusedId())],
    ["INVALID_ARGUMENT", "caller", (client) => getUser(client, "")],
    ["DEADLINE_EXCEEDED", "server", (client) => call(client.createUser.bind(client), slow(), { serverDeadlineMs: 40 })],
  ])("that ends with %s tells of an error of the %s", async (code, whose, run) => {
    const caller = callerOf();
    expect((await failure(run(caller.client))).code).toBe(code);
    const [span] = (await traceOf(caller)).filter(({ kind }) => kind === "SERVER");
    expect(span?.attributes["rpc.status_code"]).toBe(code);
    expect(span?.attributes["error.type"]).toBe(whose === "server" ? code : undefined);
    expect(span?.status).toBe(whose === "server" ? "ERROR" : "UNSET");
  });

  it("is not made when the caller's trace is not recorded, but lines of the log know the trace", async () => {
    const silent = callerOf({ sampled: false });
    await createUser(silent.client, { password: goodPassword });
    const heard = callerOf();
    await createUser(heard.client);
    await traceOf(heard);
    expect(traced.collector.spans.filter(({ traceId }) => traceId === silent.traceId)).toEqual([]);
    await expect
      .poll(() => callLines(traced.server).filter(({ trace_id: id }) => id === silent.traceId))
      .toHaveLength(1);
  });

  it("is named by the line of the log about the call", async () => {
    const caller = callerOf();
    await failure(getUser(caller.client, unusedId()));
    const [span] = (await traceOf(caller)).filter(({ kind }) => kind === "SERVER");
    await expect
      .poll(() => callLines(traced.server).find((line) => line.trace_id === caller.traceId))
      .toMatchObject({ method: "/roster.v1.UserService/GetUser", code: "NOT_FOUND", span_id: span?.spanId });
  });
});

describe("below the span of a call", () => {
  it("is the read from the database", async () => {
    const { id } = await createUser(callerOf().client);
    const caller = callerOf();
    await getUser(caller.client, id);
    expect(await below(caller)).toEqual([{ read: ["find users"] }]);
    const [find] = (await traceOf(caller)).filter(({ kind }) => kind === "CLIENT");
    expect(find?.attributes).toEqual({
      "db.system.name": "mongodb",
      "db.namespace": expect.stringMatching(/^test-/),
      "db.operation.name": "find",
      "db.collection.name": "users",
    });
  });

  it("are the hashing of a password and the commit, step by step", async () => {
    // Alone in a log that has begun, it appends its own event.
    await createUser(callerOf().client);
    await expect.poll(() => eventPages(traced.address)).not.toEqual([]);
    const caller = callerOf();
    await createUser(caller.client, { ...everyField(), password: goodPassword, requestId: "request-1" });
    expect(await below(caller)).toEqual([
      "find requests",
      "estimate password strength",
      "hash password",
      {
        commit: [
          {
            transaction: [
              "find requests",
              "insert users",
              "insert credentials",
              "aggregate events",
              "insert events",
              "insert requests",
              "commitTransaction",
            ],
          },
        ],
      },
    ]);
  });

  it("are at most 128 others, and it tells how many were not made", async () => {
    const caller = callerOf();
    const stream = new ImportCall(caller.client, createOnly);
    for (let i = 1; i <= 35; i++) {
      stream.send(newRows(1));
      await stream.resultsUpTo(i);
    }
    await stream.finish();
    const spans = await traceOf(caller);
    expect(spans).toHaveLength(129);
    expect(spans.find(({ kind }) => kind === "SERVER")?.attributes["roster.spans_not_made"]).toBeGreaterThan(0);
  });
});

describe("calls that share work", () => {
  it.each<[string, string, (client: UserServiceClient, id: string) => Promise<unknown>]>([
    ["commit", "transaction", (client) => createUser(client)],
    ["read", "find users", (client, id) => getUser(client, id)],
  ])(
    "each have a span of their %s; the work is below one of these, which is linked with the others",
    async (name, work, run) => {
      const { id } = await createUser(callerOf().client);
      const callers = Array.from({ length: 20 }, () => callerOf());
      await Promise.all(callers.map(({ client }) => run(client, id)));
      const traces = await Promise.all(callers.map(traceOf));
      const shares = traces.map((spans) => spans.filter((span) => span.name === name));
      expect(shares.map(({ length }) => length)).toEqual(callers.map(() => 1));
      const worked = new Set(traces.flat().flatMap((span) => (span.name === work ? span.parentId : [])));
      expect(worked.size).toBeLessThan(20);
      let calls = 0;
      for (const [share] of shares as [CollectedSpan][]) {
        const others = shares.flat().filter(({ links }) => links.includes(share.spanId));
        if (worked.has(share.spanId)) {
          expect(new Set(share.links)).toEqual(new Set(others.map(({ spanId }) => spanId)));
          expect(share.attributes["roster.calls"]).toBe(1 + share.links.length);
          calls += 1 + share.links.length;
        } else {
          expect(share.links).toHaveLength(1);
          expect(worked).toContain(share.links[0]);
        }
      }
      expect(calls).toBe(20);
    },
  );
});

describe("a watch", () => {
  it("is one span, which lasts as long; others are sent meanwhile", async () => {
    const caller = newCaller(EventServiceClient, traced.address);
    const { id } = await createUser(callerOf().client);
    const watch = await openWatch(caller.client, { userId: id, types: ["user.updated"] });
    const writer = callerOf();
    await updateUser(writer.client, id, { name: "Ada" });
    await watch.events(1);
    await traceOf(writer);
    expect(
      traced.collector.spans.filter(({ traceId, kind }) => traceId === caller.traceId && kind === "SERVER"),
    ).toEqual([]);
    watch.cancel();
    const [span] = (await traceOf(caller)).filter(({ kind }) => kind === "SERVER") as [CollectedSpan];
    expect(span).toMatchObject({ name: "roster.v1.EventService/WatchEvents", status: "UNSET" });
    expect(span.attributes["rpc.status_code"]).toBe("CANCELLED");
    const [commit] = (await traceOf(writer)).filter(({ name }) => name === "commit") as [CollectedSpan];
    expect(span.start).toBeLessThan(commit.start);
    expect(span.end).toBeGreaterThan(commit.end);
    await expect
      .poll(() => callLines(traced.server).find((line) => line.trace_id === caller.traceId))
      .toMatchObject({ code: "CANCELLED", span_id: span.spanId });
  });
});
