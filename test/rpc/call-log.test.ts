import { constants } from "node:http2";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { CallRecord } from "../../src/rpc/call-log.js";
import { RawConnection, callHeaders, frame, message, types, uint32 } from "../abuse/raw-http2.mjs";
import { failure } from "../support/call.js";
import { openWatch } from "../support/events.js";
import { useServer } from "../support/server.js";
import { createUser, getUser, unusedId } from "../support/users.js";

const lines: string[] = [];
const server = useServer({ log: (line) => lines.push(line) });

const records = (method: string): CallRecord[] =>
  lines.map((line) => JSON.parse(line)).filter((line) => line.msg === "call" && line.method.endsWith(`/${method}`));

/** Waits until there are `count` more calls of the method than `before`. */
const recordsSince = async (method: string, before: number, count: number): Promise<CallRecord[]> => {
  await expect.poll(() => records(method).length - before).toBe(count);
  return records(method).slice(before);
};

const codes = (calls: readonly CallRecord[]): Set<string> => new Set(calls.map(({ code }) => code));
const cancelled = new Set(["CANCELLED"]);

describe("a call that its client cancels before the request has come", () => {
  // Fewer than a client may cancel.
  const count = 50;

  it.each(["GetUser", "ListUsers", "ImportUsers"])("is in the log as cancelled: %s", async (method) => {
    const connection = new RawConnection(server.current.address);
    const before = records(method).length;
    const beginning = frame(types.data, 0, 1, message(Buffer.alloc(10), 100));
    for (let id = 1; id < 2 * count; id += 2) {
      beginning.writeUInt32BE(id, 5);
      const call = [callHeaders(id, `/roster.v1.UserService/${method}`), beginning];
      await connection.write(Buffer.concat(id % 4 === 1 ? call : call.slice(0, 1)));
      if (id % 3 === 0) await sleep(2);
      await connection.write(frame(types.reset, 0, id, uint32(constants.NGHTTP2_CANCEL)));
    }
    expect(codes(await recordsSince(method, before, count))).toEqual(cancelled);
    connection.socket.destroy();
  });

  it("is in the log as cancelled when grpc-js is the client", async () => {
    const client = server.current.connect();
    await failure(getUser(client, unusedId()));
    // So large that it does not leave at once.
    const ids = Array.from({ length: 1_000 }, () => "x".repeat(2_000));
    for (let i = 0; i < count; i++) {
      const call = client.batchGetUsers({ ids }, () => {});
      for (let turns = i % 10; turns >= 0; turns--) await nextTurn();
      call.cancel();
    }
    // Behind the others on the connection.
    await failure(getUser(client, unusedId()));
    expect(codes(records("BatchGetUsers"))).toEqual(cancelled);
  });
});

describe("a call", () => {
  it("is in the log with its request id, of which no more is kept than a valid one has", async () => {
    const before = records("CreateUser").length;
    await failure(createUser(server.current.users, { requestId: "x".repeat(1_000) }));
    expect(await recordsSince("CreateUser", before, 1)).toMatchObject([
      { code: "INVALID_ARGUMENT", reason: "INVALID_REQUEST", requestId: "x".repeat(64) },
    ]);
  });

  it("is in the log with the milliseconds that it took", async () => {
    const before = records("GetUser").length;
    const begun = performance.now();
    await failure(getUser(server.current.users, unusedId()));
    const took = performance.now() - begun;
    const [record] = await recordsSince("GetUser", before, 1);
    expect(record?.durationMs).toBeGreaterThan(0);
    expect(record?.durationMs).toBeLessThan(took);
  });
});

describe("a watch that its client cancels", () => {
  it("is in the log with the client's address", async () => {
    const before = records("WatchEvents").length;
    const watch = await openWatch(server.current.address);
    watch.cancel();
    expect(await recordsSince("WatchEvents", before, 1)).toMatchObject([
      { code: "CANCELLED", peer: expect.stringMatching(/^127\.0\.0\.1:\d+$/) },
    ]);
  });
});
