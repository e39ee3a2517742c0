import { once } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { path, useGuardedServers } from "./guarded-server.js";
import { callHeaders, endStream, frame, message, types, uint32 } from "./raw-http2.mjs";

const start = useGuardedServers();

const many = (count: number, one: Buffer) => Buffer.concat(Array.from({ length: count }, () => one));

// Each of them is 400 KB, of one million in a second that are borne of a client who is not known.
const emptyFrames: [what: string, frames: Buffer][] = [
  ["priorities", many(28_000, frame(types.priority, 0, 1, Buffer.alloc(5)))],
  ["windows", many(30_000, frame(types.windowUpdate, 0, 0, uint32(1)))],
  ["frames that HTTP/2 does not know", many(44_000, frame(types.unknown, 0, 0))],
  ["data of no call", many(40, frame(types.data, 0, 1, Buffer.alloc(10_000)))],
];

describe("a connection that nobody known has called over, and that sends what carries nothing", () => {
  it.each(emptyFrames)("is ended when that is too much for a second: %s", async (_what, frames) => {
    const { told, connect } = await start({ isAsking: true });
    const connection = connect();
    await once(connection.socket, "data");
    // A call that is over.
    await connection.write(callHeaders(1, "/no.Service/Method", { flags: endStream }));
    await expect.poll(() => connection.closedStreams).toBe(1);
    for (let second = 1; second <= 4; second++) {
      await connection.write(frames);
      await connection.ping();
      vi.advanceTimersByTime(1_000);
      expect(connection.isOver).toBe(false);
    }
    for (let i = 0; i < 4; i++) await connection.write(frames);
    await expect.poll(() => (vi.advanceTimersByTime(100), told)).toEqual(["frames"]);
    await connection.over;
  });

  it("is not when a million bytes of it are the requests of calls, read or not", async () => {
    const { told, connect } = await start();
    const connection = connect();
    await once(connection.socket, "data");
    for (let id = 1; id < 60; id += 2) {
      // The whole window, of which grpc-js takes one message after the other.
      const half = message(Buffer.alloc(30_000)).subarray(0, 16_000);
      await connection.write(
        Buffer.concat([callHeaders(id, path), ...Array.from({ length: 4 }, () => frame(types.data, 0, id, half))]),
      );
    }
    await connection.ping();
    vi.advanceTimersByTime(100);
    await nextTurn();
    expect(told).toEqual([]);
    expect(connection.isOver).toBe(false);
  });
});
