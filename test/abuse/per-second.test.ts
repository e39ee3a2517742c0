import { EventEmitter, once } from "node:events";
import { constants } from "node:http2";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type handleUnaryCall, Server, ServerCredentials } from "@grpc/grpc-js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type ConnectionLimits, Connections, type Offence } from "../../src/rpc/connections.js";
import { explainedErrors } from "../../src/rpc/explained-errors.js";
import { listen } from "../../src/rpc/listen.js";
import { RawConnection, callHeaders, endStream, frame, message, preface, types, uint32 } from "./raw-http2.mjs";

// Seconds pass when a test says so.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
});

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.useRealTimers();
});

const path = "/test.Service/Method";
const empty = (): Buffer => Buffer.alloc(0);

/** A guarded server with one method, what was told of its connections, and a connection to it. */
const start = async (limits: Partial<ConnectionLimits> = {}) => {
  const told: string[] = [];
  const connections = new Connections(
    { maxConnections: 100, maxConnectionsPerAddress: 100, maxMetadataBytes: 8_192, ...limits },
    { onConnectionEnded: ({ offence }) => told.push(offence), onConnectionRefused: (refusal) => told.push(refusal) },
  );
  const server = new Server({
    interceptors: [
      explainedErrors({
        maxRequestBytes: 1_024,
        onInternalError: () => {},
        onLargeRequest: (stream) => connections.countLargeRequest(stream),
      }),
    ],
    "grpc.max_receive_message_length": 2_048,
  });
  connections.guard(server);
  const handled = new EventEmitter();
  const answer: handleUnaryCall<unknown, unknown> = (_call, callback) => {
    callback(null, {});
    handled.emit("call");
  };
  const coders = { requestSerialize: empty, requestDeserialize: empty, responseSerialize: empty };
  const method = { path, requestStream: false, responseStream: false, ...coders, responseDeserialize: empty };
  server.addService({ method }, { method: answer });
  const address = `127.0.0.1:${await listen(server, "127.0.0.1:0", ServerCredentials.createInsecure())}`;
  const connect = (hello?: Buffer) => {
    const connection = new RawConnection(address, hello);
    stops.push(() => connection.socket.destroy());
    return connection;
  };
  stops.push(() => {
    server.forceShutdown();
    connections.stop();
  });
  const connection = connect();
  let id = -1;
  return {
    told,
    connect,
    count: () => connections.count,
    /** Sends something many times over, and waits until the server has seen it all. */
    async send(times: number, frames: (id: number) => Buffer) {
      for (let sent = 0; sent < times && !connection.isOver; sent++) {
        id += 2;
        await connection.write(frames(id));
        // Reads the answers.
        if (sent % 100 === 99) await nextTurn();
      }
      id += 2;
      const call = once(handled, "call");
      await connection.write(
        Buffer.concat([callHeaders(id, path), frame(types.data, endStream, id, message(empty()))]),
      );
      await Promise.race([call, connection.over]);
      await nextTurn();
    },
  };
};

const reset = (id: number) => frame(types.reset, 0, id, uint32(constants.NGHTTP2_CANCEL));

// Of each a third in a second is borne, and two; the whole is not.
const kinds: [offence: Offence, third: number, frames: (id: number) => Buffer][] = [
  ["resets", 40, (id) => Buffer.concat([callHeaders(id, path), reset(id)])],
  [
    "large_requests",
    40,
    (id) => Buffer.concat([callHeaders(id, path), frame(types.data, 0, id, message(Buffer.alloc(1), 10_000))]),
  ],
  ["unknown_methods", 700, (id) => callHeaders(id, "/no.Service/Method", { flags: endStream })],
  ["pings", 4_000, () => frame(types.ping, 0, 0, Buffer.alloc(8))],
];

describe("what is counted of a connection is counted by the second:", () => {
  it.each(kinds)("%s", async (offence, third, frames) => {
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
  it("is not told of", async () => {
    const { told, connect, count } = await start();
    await expect.poll(count).toBe(1);
    const { socket } = connect(preface.subarray(0, 10));
    await once(socket, "data");
    socket.resetAndDestroy();
    await expect.poll(count).toBe(1);
    expect(told).toEqual([]);
  });
});
