import { once } from "node:events";
import { constants } from "node:http2";
import { describe, expect, it, vi } from "vitest";
import type { Offence } from "../../src/rpc/connection.js";
import { path, useGuardedServers } from "./guarded-server.js";
import { callHeaders, frame, message, preface, settings, types, uint32 } from "./raw-http2.mjs";

const start = useGuardedServers();

const reset = (id: number) => frame(types.reset, 0, id, uint32(constants.NGHTTP2_CANCEL));

// Of each a third in a second is borne, and two; the whole is not.
const kinds: [what: string, offence: Offence, third: number, frames: (id: number) => Buffer][] = [
  ["cancelled calls", "resets", 40, (id) => Buffer.concat([callHeaders(id, path), reset(id)])],
  [
    "large requests",
    "large_requests",
    40,
    (id) => Buffer.concat([callHeaders(id, path), frame(types.data, 0, id, message(Buffer.alloc(1), 10_000))]),
  ],
  ["pings", "pings", 4_000, () => frame(types.ping, 0, 0, Buffer.alloc(8))],
  ["settings", "frames", 400, () => settings({ 3: 100 })],
];

describe("what is counted of a connection is counted by the second:", () => {
  it.each(kinds)("%s", async (_what, offence, third, frames) => {
    const { told, send } = await start();
    for (let second = 1; second <= 3; second++) {
      vi.advanceTimersByTime(1_000);
      await send(third, frames);
    }
    expect(told).toEqual([]);
    await send(2 * third, frames);
    await expect.poll(() => told).toEqual([offence]);
  });
});

describe("calls that are cancelled by the hundred", () => {
  it.each([
    ["end their connection", 0, ["resets"]],
    ["do not when they were open for more than a second, as watches are", 1_001, []],
  ])("%s", async (_name, openMs, expected) => {
    const { told, send } = await start();
    await send(150, (id) => callHeaders(id, path));
    vi.advanceTimersByTime(openMs);
    let id = -1;
    await send(150, () => reset((id += 2)));
    await expect.poll(() => told).toEqual(expected);
  });
});

describe("a connection that is not let in is told of, with the reason:", () => {
  it.each([
    ["server_limit", { maxConnections: 2 }],
    ["address_limit", { maxConnectionsPerAddress: 2 }],
  ])("%s", async (refusal, limits) => {
    const { told, connect, send } = await start(limits);
    await send(1, () => frame(types.ping, 0, 0, Buffer.alloc(8)));
    const second = connect();
    await once(second.socket, "data");
    await connect().closed;
    expect(told).toEqual([refusal]);
    expect(second.isOver).toBe(false);
  });
});

describe("a connection that is ended for more header frames than any call has", () => {
  it("is told of as a flood", async () => {
    const { told, connect } = await start();
    const connection = connect();
    await once(connection.socket, "data");
    const continued = Array.from({ length: 20 }, () => frame(types.continuation, 0, 1));
    await connection.write(Buffer.concat([frame(types.headers, 0, 1), ...continued]));
    await connection.closed;
    expect(told).toEqual(["frames"]);
  });
});

describe("a client that is gone before it has said a word", () => {
  it.each([
    ["that it speaks HTTP/2", preface.subarray(0, 10)],
    ["what it expects", preface],
  ])("is not told of: %s", async (_what, said) => {
    const { told, connect, call } = await start();
    const { socket } = connect(said);
    await once(socket, "connect");
    await call();
    socket.resetAndDestroy();
    await call();
    expect(told).toEqual([]);
  });
});
