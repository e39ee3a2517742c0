import { describe, expect, it, vi } from "vitest";
import { emptyRequest, openPath, path, useGuardedServers } from "./guarded-server.js";
import { callHeaders, endStream, frame, preface, type RawConnection, settings, types } from "./raw-http2.mjs";

const start = useGuardedServers();

/** Makes calls, and waits until the server has seen them. */
const makeCalls = async (connection: RawConnection, count: number, firstId: number, to = path) => {
  const calls = Array.from({ length: count }, (_, i) => callHeaders(firstId + 2 * i, to, { flags: endStream }));
  await connection.write(Buffer.concat(calls));
  await connection.ping();
};

/** The same of the method that everybody may call. */
const makeOpenCalls = async (connection: RawConnection, count: number, firstId: number) => {
  const calls = Array.from({ length: count }, (_, i) => {
    const id = firstId + 2 * i;
    return Buffer.concat([callHeaders(id, openPath), emptyRequest(id)]);
  });
  await connection.write(Buffer.concat(calls));
  await connection.ping();
};

const pass = async (connection: RawConnection, ms: number) => {
  vi.advanceTimersByTime(ms);
  await connection.ping();
};

describe("calls without a key beyond 200", () => {
  it("are answered a second later without the work of a call, over whichever connections they come", async () => {
    const { refused, told, connect } = await start({ isAsking: true });
    const connections = Array.from({ length: 4 }, () => connect());
    for (const connection of connections) await makeCalls(connection, 200, 1);
    expect(refused).toEqual({ dear: 200, cheap: 0 });
    expect(connections.map(({ closedStreams }) => closedStreams)).toEqual([200, 0, 0, 0]);
    expect(told).toEqual(Array(600).fill("delayed"));
    const [connection] = connections as [RawConnection];
    await pass(connection, 950);
    expect(refused.cheap).toBe(0);
    for (let turns = 0; turns < 10; turns++) await pass(connection, 50);
    expect(refused).toEqual({ dear: 200, cheap: 600 });
    await Promise.all(connections.map((each) => each.ping()));
    expect(connections.map(({ closedStreams, isOver }) => [closedStreams, isOver])).toEqual(
      Array.from({ length: 4 }, () => [200, false]),
    );
  });

  it("leave a call with a good key alone, over the same connection and over another one", async () => {
    const { refused, connection, connect, call } = await start({ isAsking: true });
    await makeCalls(connection, 250, 1);
    expect(refused).toEqual({ dear: 200, cheap: 0 });
    // No time passes.
    await call(connection, 1_001);
    await call(connect(), 1);
    expect(refused.cheap).toBe(0);
  });

  it("wait no longer than a moment, and are never more than 64, where there are calls with good keys", async () => {
    const { refused, told, connection, call } = await start({ isAsking: true });
    await call(connection, 1);
    await makeCalls(connection, 200, 3);
    await makeCalls(connection, 200, 1_001);
    expect(refused).toEqual({ dear: 200, cheap: 200 - 64 });
    expect(told).toEqual([...Array(64).fill("delayed"), ...Array(200 - 64).fill("at_once")]);
    await pass(connection, 100);
    expect(refused).toEqual({ dear: 200, cheap: 200 });
    expect(connection.isOver).toBe(false);
  });

  it("end their connections when a thousand wait, but not one with calls of good keys", async () => {
    const { refused, told, connect, call } = await start({ isAsking: true });
    const good = connect();
    await call(good, 1);
    const bad = Array.from({ length: 5 }, () => connect());
    for (const connection of bad) await makeCalls(connection, 250, 1);
    await expect.poll(() => told).toEqual([...Array(1_024).fill("delayed"), "connection_ended", "refused_calls"]);
    expect(bad.map(({ isOver }) => isOver)).toEqual([false, false, false, false, true]);
    // The calls of the one that was ended make room.
    const [first] = bad as [RawConnection];
    await makeCalls(first, 50, 1_001);
    expect(told.slice(-50)).toEqual(Array(50).fill("delayed"));
    told.length = 0;
    await makeCalls(good, 100, 3);
    expect(good.isOver).toBe(false);
    expect(refused.cheap).toBeGreaterThanOrEqual(100 - 64);
    await call(good, 1_001);
  });

  it("are counted when there are more of them than a connection may have", async () => {
    const { told, connection } = await start({ isAsking: true });
    await makeCalls(connection, 200, 1);
    await makeCalls(connection, 256, 1_001);
    for (let more = 0; !connection.isOver; more++) await makeCalls(connection, 100, 3_001 + 200 * more);
    await expect.poll(() => told.filter((each) => each !== "delayed")).toEqual(["refused_calls"]);
  });
});

describe("calls that nobody could make", () => {
  it.each([
    ["of methods that do not exist", "/no.Service/Method", {}],
    ["that are not gRPC", path, { "content-type": "application/json" }],
  ])("are held back in the same way where callers are not asked: %s", async (_name, to, more) => {
    const { told, connection } = await start();
    const calls = (firstId: number) =>
      Buffer.concat(
        Array.from({ length: 220 }, (_, i) => callHeaders(firstId + 2 * i, to, { more, flags: endStream })),
      );
    await connection.write(calls(1));
    await connection.ping();
    expect(told).toEqual(Array(20).fill("delayed"));
    expect(connection.closedStreams).toBe(200);
    await pass(connection, 1_050);
    await connection.ping();
    expect(connection.closedStreams).toBe(220);
  });
});

describe("calls that everybody may make, of those who are not known", () => {
  it("are made a moment later beyond 200, however many others are refused, and at once by those who are known", async () => {
    const { refused, told, connection, connect, call } = await start({ isAsking: true });
    await makeCalls(connect(), 250, 1);
    expect(told).toEqual(Array(50).fill("delayed"));
    await makeOpenCalls(connection, 220, 1);
    expect(told).toEqual(Array(70).fill("delayed"));
    await expect.poll(() => connection.closedStreams).toBe(200);
    const good = connect();
    await call(good, 1);
    await makeOpenCalls(good, 10, 3);
    await expect.poll(() => good.closedStreams).toBe(11);
    await pass(connection, 300);
    await expect.poll(() => connection.closedStreams).toBe(220);
    expect(refused).toEqual({ dear: 200, cheap: 0 });
  });

  it("end their connection when hundreds wait, but not one that has a single one of them", async () => {
    const { told, connect } = await start({ isAsking: true });
    const bad = Array.from({ length: 2 }, () => connect());
    for (const connection of bad) await makeOpenCalls(connection, 228, 1);
    expect(told).toEqual(Array(256).fill("delayed"));
    const probe = connect();
    await makeOpenCalls(probe, 1, 1);
    expect(probe.isOver).toBe(false);
    await makeOpenCalls(bad[1] as RawConnection, 1, 1_001);
    await expect.poll(() => told.slice(256)).toEqual(["delayed", "connection_ended", "refused_calls"]);
    await pass(probe, 300);
    await expect.poll(() => probe.closedStreams).toBe(1);
  });
});

describe("connections that have to be ended again and again", () => {
  it("have new ones from their address wait for their turn, and let those go on that are open", async () => {
    const { told, connection, connect, call } = await start();
    const isLetIn = async (another: RawConnection) => {
      await call();
      return another.socket.bytesRead > 0;
    };
    await call();
    const continued = Array.from({ length: 20 }, () => frame(types.continuation, 0, 1));
    const flood = Buffer.concat([preface, settings(), frame(types.headers, 0, 1), ...continued]);
    for (let ended = 0; ended < 21; ended++) await connect(flood).closed;
    expect(told).toEqual([...Array(21).fill("frames"), "address slowed"]);
    const [first, second] = [connect(), connect()];
    await call();
    expect([await isLetIn(first), await isLetIn(second)]).toEqual([false, false]);
    vi.advanceTimersByTime(300);
    await expect.poll(() => isLetIn(first)).toBe(true);
    expect(await isLetIn(second)).toBe(false);
    vi.advanceTimersByTime(300);
    await expect.poll(() => isLetIn(second)).toBe(true);
    expect(connection.isOver).toBe(false);
  });

  it("do not matter when what they cost is nothing: HTTP/1.1, three hundred times", async () => {
    const { told, connect, call } = await start();
    for (let requests = 0; requests < 300; requests++) {
      await connect(Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")).closed;
    }
    expect(told).toEqual(Array(300).fill("not_http2"));
    await call(connect(), 1);
  });
});
