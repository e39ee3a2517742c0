import { connect } from "node:http2";
import { ChannelCredentials } from "@grpc/grpc-js";
import { beforeEach, describe, expect, it } from "vitest";
import { GetUserRequest, UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { askingCallers, bearer, makeKey, otherSecret, withKey } from "../support/api-keys.js";
import type { SeenError } from "../support/call.js";
import { failure } from "../support/call.js";
import { openCall } from "../support/half-call.js";
import { frame } from "../support/http2.js";
import { freePort } from "../support/ports.js";
import { useServer } from "../support/server.js";
import { createUser, getUser, unusedId } from "../support/users.js";
import {
  RawConnection,
  callHeaders,
  endStream,
  frame as rawFrame,
  message as rawMessage,
  types,
} from "./raw-http2.mjs";

const lines: { msg: string; code?: string; calls?: number; address?: string }[] = [];
const metricsAddress = `127.0.0.1:${await freePort()}`;
const asking = useServer({
  env: { ...askingCallers, ROSTER_METRICS_LISTEN: metricsAddress },
  log: (line) => lines.push(JSON.parse(line)),
});
beforeEach(() => {
  lines.length = 0;
});

const loggedCalls = () => lines.filter(({ msg }) => msg === "call");
const excess = async () => {
  const metrics = await (await fetch(`http://${metricsAddress}/metrics`)).text();
  const values = [...metrics.matchAll(/^roster_excess_refusals_total\{outcome="(\w+)"\} (\d+)$/gm)];
  return values.reduce((sum, [, , value]) => sum + Number(value), 0);
};

/** Makes calls over one connection, some at a time. */
const callOften = async (calls: number, method: string, authorization?: () => string) => {
  const session = connect(`http://${asking.current.address}`).on("error", () => {});
  const answers: (SeenError | undefined)[] = [];
  let begun = 0;
  const callAgainAndAgain = async () => {
    while (begun++ < calls) {
      const { stream, answer, closed } = openCall(session, `/roster.v1.UserService/${method}`, {
        headers: authorization ? { authorization: authorization() } : {},
      });
      stream.end(frame(new Uint8Array()));
      answers.push(await answer);
      await closed;
    }
  };
  await Promise.all(Array.from({ length: 200 }, callAgainAndAgain));
  return { session, answers };
};

const noKey = { code: "UNAUTHENTICATED", reason: "CALLER_NOT_AUTHENTICATED" };
const notAKey = { code: "UNAUTHENTICATED", reason: "INVALID_API_KEY" };
const denied = { code: "PERMISSION_DENIED", reason: "PERMISSION_DENIED", metadata: { scope: "users:write" } };
const unknownSecret = () => {
  const digits = Array.from({ length: 25 }, () => Math.floor(Math.random() * 10)).join("");
  return bearer(`sk_0${digits}_${"x".repeat(43)}`);
};

describe("of two authorization headers", () => {
  it.each([
    ["a good one and another one", "NOT_FOUND", (good: string) => [good, "Bearer nothing"]],
    ["another one and a good one", "UNAUTHENTICATED", (good: string) => ["Bearer nothing", good]],
  ])("the first counts: %s", async (_name, code, order) => {
    const { secret } = await makeKey(asking.current.db, ["users:read"]);
    const connection = new RawConnection(asking.current.address);
    const extra = order(bearer(secret)).map((value) => ["authorization", value] as const);
    const request = rawMessage(Buffer.from(GetUserRequest.encode({ id: unusedId() }).finish()));
    await connection.write(
      Buffer.concat([
        callHeaders(1, "/roster.v1.UserService/GetUser", { extra }),
        rawFrame(types.data, endStream, 1, request),
      ]),
    );
    await expect.poll(() => loggedCalls().map((line) => line.code)).toEqual([code]);
    connection.socket.destroy();
  });
});

describe("calls that are refused by the hundred", () => {
  it.each([
    ["have no key", "GetUser", () => undefined, noKey],
    ["have something else in its place", "GetUser", () => () => "Basic YTpi", notAKey],
    ["have a key with another secret", "GetUser", (secret: string) => () => bearer(otherSecret(secret)), notAKey],
    ["have keys that nobody knows", "GetUser", () => unknownSecret, notAKey],
    ["have a key that may do less", "CreateUser", (secret: string) => () => bearer(secret), denied],
  ])("have the same answer each, and are not all work: they %s", async (_name, method, authorizationOf, expected) => {
    const { secret } = await makeKey(asking.current.db, ["users:read"]);
    const before = await excess();
    const { session, answers } = await callOften(800, method, authorizationOf(secret));
    expect(answers).toHaveLength(800);
    for (const answer of answers) expect(answer).toMatchObject(expected);
    expect(session.destroyed).toBe(false);
    session.destroy();
    // What is not in the log by a line of its own was answered without the work of a call, and is counted.
    expect(loggedCalls().length + (await excess()) - before).toBe(800);
  });

  it("leave calls with a good key alone, known or new, from the same address", async () => {
    const { address, db } = asking.current;
    const key = await makeKey(db, ["users:read", "users:write"]);
    const users = asking.current.connect(withKey(key));
    const { id } = await createUser(users);
    const state = { isOver: false };
    const flood = Promise.all(Array.from({ length: 4 }, () => callOften(400, "GetUser"))).finally(() => {
      state.isOver = true;
    });
    await expect.poll(excess).toBeGreaterThan(0);
    let good = 0;
    while (!state.isOver) {
      const another = new UserServiceClient(address, ChannelCredentials.createInsecure(), {
        "grpc.use_local_subchannel_pool": 1,
        ...withKey(await makeKey(db, ["users:read"])),
      });
      expect(await getUser(another, id)).toMatchObject({ id });
      expect(await getUser(users, id)).toMatchObject({ id });
      another.close();
      good += 1;
    }
    expect(good).toBeGreaterThan(0);
    for (const { session } of await flood) session.destroy();
  });

  it("leave calls with a good key alone over the same connection, which is not ended", async () => {
    const { db, users } = asking.current;
    const { key: admin, secret } = await makeKey(db, ["admin"]);
    expect(admin.id).toMatch(/^key_/);
    expect((await failure(getUser(users, "user_0"))).reason).toBe("CALLER_NOT_AUTHENTICATED");
    const { id } = await createUser(asking.current.connect(withKey({ secret })));
    const session = connect(`http://${asking.current.address}`).on("error", () => {});
    const call = async (headers: Record<string, string>) => {
      const { stream, answer } = openCall(session, "/roster.v1.UserService/GetUser", { headers });
      stream.end(frame(Buffer.concat([Buffer.from([0x0a, id.length]), Buffer.from(id)])));
      return (await answer)?.code;
    };
    const before = await excess();
    const answers: Promise<[string | undefined, string | undefined]>[] = [];
    for (let i = 0; i < 100; i++) {
      const bad = Promise.all(Array.from({ length: 10 }, () => call({})));
      const good = call({ authorization: bearer(secret) });
      answers.push(Promise.all([good, bad.then((codes) => [...new Set(codes)].join())]));
      if (i % 10 === 9) await Promise.all(answers);
    }
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 100 }, () => ["OK", "UNAUTHENTICATED"]));
    expect((await excess()) - before).toBeGreaterThan(0);
    expect(session.destroyed).toBe(false);
    session.destroy();
  });
});
