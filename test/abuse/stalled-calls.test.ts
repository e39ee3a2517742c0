import { once } from "node:events";
import { type ClientHttp2Session, connect, constants } from "node:http2";
import { afterAll, describe, expect, it } from "vitest";
import { EventServiceClient } from "../../gen/ts/roster/v1/event_service.js";
import { GetUserRequest, ImportUsersRequest } from "../../gen/ts/roster/v1/user_service.js";
import { frame } from "../support/http2.js";
import { openCall } from "../support/half-call.js";
import { openWatch } from "../support/events.js";
import { useServer } from "../support/server.js";
import { createUser, getUser, newKey, unusedId, updateUser } from "../support/users.js";

const env = {
  ROSTER_REQUEST_TIMEOUT: "1s",
  ROSTER_STREAM_IDLE_TIMEOUT: "2s",
  ROSTER_MAX_STALLED_SIZE: "2MiB",
  ROSTER_WATCH_HEARTBEAT: "1d",
};
const server = useServer({ env });
/** What calls hold is counted over all clients. */
const flooded = useServer({ env });

const open = (initialWindowSize = 65_535, { address } = server.current): ClientHttp2Session => {
  const session = connect(`http://${address}`, { settings: { initialWindowSize } });
  session.on("error", () => {});
  sessions.push(session);
  return session;
};

const sessions: ClientHttp2Session[] = [];

afterAll(() => {
  for (const session of sessions) session.destroy();
});

const users = (method: string): string => `/roster.v1.UserService/${method}`;
const getUserRequest = () => frame(GetUserRequest.encode({ id: unusedId() }).finish());

/** The beginning of a message that never ends. */
const beginningOf = (bytes: number): Buffer => frame(Buffer.alloc(bytes)).subarray(0, -100);

const tooSlow = (message: string) => ({ code: "DEADLINE_EXCEEDED", reason: "DEADLINE_EXCEEDED", message });
const noRequest = tooSlow("the client did not send its request within 1 s");

describe.concurrent("a client that does not send its request", () => {
  it.each(["GetUser", "ListUsers", "CreateUser"])("is answered, and the call closed: %s", async (method) => {
    const { answer, closed } = openCall(open(), users(method));
    expect(await answer).toMatchObject(noRequest);
    expect(await closed).toBe(constants.NGHTTP2_NO_ERROR);
  });

  it("may not take longer by sending a byte now and then", async () => {
    const { stream, answer } = openCall(open(), users("GetUser"));
    stream.write(beginningOf(1_000));
    const drip = setInterval(() => stream.write(Buffer.alloc(1)), 200);
    expect(await answer).toMatchObject(noRequest);
    clearInterval(drip);
  });

  it("but leaves it open behind a whole message, the same", async () => {
    const { stream, answer } = openCall(open(), users("GetUser"));
    stream.write(getUserRequest());
    expect(await answer).toMatchObject(noRequest);
  });

  it("does not send the next one of a stream, the same after the time for streams", async () => {
    const { stream, answer, closed } = openCall(open(), users("ImportUsers"));
    const rows = [{ email: `${newKey()}@example.com` }];
    stream.write(
      frame(ImportUsersRequest.encode(ImportUsersRequest.fromPartial({ options: { mode: 1 }, rows })).finish()),
    );
    expect(await answer).toMatchObject(tooSlow("the client did not send the next request within 2 s"));
    expect(await closed).toBe(constants.NGHTTP2_NO_ERROR);
  });

  it("that asks for a method which is not there is closed out", async () => {
    const { answer, closed } = openCall(open(), users("NoSuchMethod"));
    expect(await answer).toMatchObject({ code: "UNIMPLEMENTED" });
    expect(await closed).toBe(constants.NGHTTP2_NO_ERROR);
  });
});

describe.concurrent("a call that is answered before its request is whole", () => {
  it.each([
    ["too large to be taken in", "GetUser", Buffer.from([0, 0xff, 0xff, 0xff, 0xff]), "RESOURCE_EXHAUSTED"],
    ["a stream that begins wrong", "ImportUsers", frame(new Uint8Array()), "INVALID_ARGUMENT"],
  ])("is closed at once: %s", async (_name, method, begun, code) => {
    const session = open();
    // At once is much sooner than what a call may stay open that has its status.
    for (let calls = 0; calls < 20; calls++) {
      const { stream, answer, closed } = openCall(session, users(method));
      stream.write(begun);
      expect(await answer).toMatchObject({ code });
      expect(await closed).toBe(constants.NGHTTP2_NO_ERROR);
    }
    expect(session.destroyed).toBe(false);
  });
});

describe.concurrent("a client that sends halves of large requests", () => {
  it("is told that it is too much, the one that has waited longest first; others are not", async () => {
    const session = open();
    const calls = Array.from({ length: 4 }, () => {
      const call = openCall(session, users("ImportUsers"));
      call.stream.write(beginningOf(1_000_000));
      return call;
    });
    const { id } = await createUser(server.current.users);
    const overloaded = { code: "RESOURCE_EXHAUSTED", reason: "OVERLOADED", retryAfterMs: 1_000 };
    const answers = await Promise.all(calls.map(({ answer }) => answer));
    expect(answers.filter((answer) => answer?.reason === "OVERLOADED")).toMatchObject([overloaded, overloaded]);
    expect(answers.filter((answer) => answer?.reason === "DEADLINE_EXCEEDED")).toHaveLength(2);
    expect(await getUser(server.current.users, id)).toMatchObject({ id });
  });
});

describe.concurrent("clients that send more at once than may be held at all", () => {
  it("are told that it is too much, before any of them is late", async () => {
    const session = open(undefined, flooded.current);
    const calls = Array.from({ length: 12 }, () => {
      const call = openCall(session, users("GetUser"));
      call.stream.write(beginningOf(1_000_000));
      return call;
    });
    const answers = await Promise.all(calls.map(({ answer }) => answer));
    const reasons = answers.map((answer) => answer?.reason);
    expect(new Set(reasons)).toEqual(new Set(["OVERLOADED", "DEADLINE_EXCEEDED"]));
    expect(reasons.filter((reason) => reason === "DEADLINE_EXCEEDED").length).toBeLessThanOrEqual(8);
  });
});

describe.concurrent("a client that does not take its messages", () => {
  it("loses the call and keeps the connection", async () => {
    for (let i = 0; i < 3; i++) await createUser(server.current.users);
    const session = open(0);
    const stalled = openCall(session, users("ListUsers"), { read: false });
    stalled.stream.end(frame(new Uint8Array()));
    const waiting = openCall(session, users("GetUser"));
    expect(await stalled.closed).toBe(constants.NGHTTP2_ENHANCE_YOUR_CALM);
    expect(await waiting.answer).toMatchObject(noRequest);
    expect(session.destroyed).toBe(false);
  });

  it("is not one that watches while nothing happens", async () => {
    const { users } = server.current;
    const { id } = await createUser(users);
    const types = ["user.updated"];
    const watch = await openWatch(server.current.client(EventServiceClient), { userId: id, types });
    await once(openCall(open(), "/roster.v1.UserService/GetUser").stream, "close");
    await once(openCall(open(), "/roster.v1.UserService/ImportUsers").stream, "close");
    await updateUser(users, id, { firstName: "Ada" });
    expect(await watch.events(1)).toMatchObject([{ type: "user.updated", object: { value: { id } } }]);
  });
});
