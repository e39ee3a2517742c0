// How clients misbehave, each until its process is ended.
import { connect } from "node:http2";
import { setTimeout as sleep } from "node:timers/promises";
import { deflateSync } from "node:zlib";
import * as http2 from "./raw-http2.mjs";

const { RawConnection, callHeaders, endStream, frame, message, types, uint32 } = http2;
/** Where it comes from; absent, the system chooses. */
const localAddress = process.env.MISBEHAVE_FROM;
const service = (method) => `/roster.v1.UserService/${method}`;
const getUser = service("GetUser");
const listUsers = service("ListUsers");
const watchEvents = "/roster.v1.EventService/WatchEvents";

/** Ids of the streams of one connection. */
const streamIds = () => {
  let next = -1;
  return () => (next += 2);
};

const times = (count, make) => Buffer.concat(Array.from({ length: count }, (_, i) => make(i)));

/** Connects again and again, and lets `abuse` have each connection until it is over. */
const again = async (address, abuse, hello) => {
  for (;;) {
    const connection = new RawConnection(address, hello, localAddress);
    await Promise.race([connection.over, abuse(connection, streamIds())]);
    await connection.over;
    connection.socket.destroy();
    const { goaway, reset } = connection;
    console.log(JSON.stringify({ goaway, reset }));
    await sleep(20);
  }
};

/** Does something over and over, as fast as the server takes it. */
const flood = (make) => (address) =>
  again(address, async (connection, id) => {
    while (!connection.isOver) {
      await connection.write(make(id));
      await sleep(0);
    }
  });

/** Opens calls whose answers are not taken: for want of a window, or because the socket is not read. */
const stalled =
  (path, request, { window, deaf, calls = 250 }) =>
  (address) =>
    again(
      address,
      async (connection, id) => {
        await sleep(100);
        if (deaf) connection.socket.pause();
        const open = () => {
          const stream = id();
          return Buffer.concat([callHeaders(stream, path), frame(types.data, endStream, stream, message(request))]);
        };
        if (deaf) await connection.write(frame(types.windowUpdate, 0, 0, uint32(0x3fff_ffff)));
        await connection.write(times(calls, open));
        await connection.over;
      },
      Buffer.concat([http2.preface, http2.settings({ 4: window })]),
    );

// page_size: 1000
const largePages = Buffer.from([0x08, 0xe8, 0x07]);
// The same with order: ORDER_ASC.
const oldestFirst = Buffer.concat([largePages, Buffer.from([0x18, 0x02])]);

/** Calls whose request is begun, and goes on by one byte each second. */
const drip =
  (path, begun, calls = 250) =>
  (address) =>
    again(address, async (connection, id) => {
      const streams = Array.from({ length: calls }, id);
      for (const stream of streams) await connection.write(callHeaders(stream, path));
      for (const stream of streams) {
        await connection.write(frame(types.data, 0, stream, message(Buffer.alloc(begun), 4_000_000)));
      }
      while (!connection.isOver) {
        for (const stream of streams) await connection.write(frame(types.data, 0, stream, Buffer.alloc(1)));
        await sleep(1_000);
      }
    });

/** Calls with most of a large request, the rest of which never comes. */
const halfSent =
  (path, bytes, calls = 250) =>
  async (address) => {
    const begun = message(Buffer.alloc(bytes), bytes + 1);
    for (;;) {
      const session = connect(`http://${address}`, { localAddress }).on("error", () => {});
      const headers = { ":method": "POST", ":path": path, "content-type": "application/grpc", te: "trailers" };
      for (let i = 0; i < calls; i++) {
        const stream = session.request(headers).on("error", () => {});
        stream.write(begun);
      }
      await new Promise((resolve) => session.once("close", resolve).once("goaway", resolve));
      session.destroy();
      await sleep(20);
    }
  };

/** Messages of 8 KiB, each in a call of its own, that become 8 MiB when they are decompressed. */
const bombs = (path) => {
  const bomb = message(deflateSync(Buffer.alloc(8_388_600)));
  bomb[0] = 1;
  const more = { "grpc-encoding": "deflate" };
  return flood((id) => {
    const stream = id();
    return Buffer.concat([callHeaders(stream, path, { more }), frame(types.data, endStream, stream, bomb)]);
  });
};

const idle = (count, hello) => (address) => {
  for (let i = 0; i < count; i++) void again(address, (connection) => connection.over, hello);
};

/** What clients do, by name. */
export const misbehaviours = {
  "large messages": flood((id) => {
    const stream = id();
    const chunks = times(16, () => frame(types.data, 0, stream, Buffer.alloc(16_000)));
    const start = frame(types.data, 0, stream, message(Buffer.alloc(1), 20_000_000));
    return Buffer.concat([callHeaders(stream, getUser), start, chunks]);
  }),
  "large metadata": flood((id) => callHeaders(id(), getUser, { more: { "x-much": "x".repeat(100_000) } })),
  "many headers": flood((id) => {
    const more = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`x-${i}`, "x"]));
    return callHeaders(id(), getUser, { more, flags: endStream });
  }),
  "endless headers": flood((id) => {
    const start = frame(types.headers, 0, id());
    return Buffer.concat([start, times(100, () => frame(types.continuation, 0, 1))]);
  }),
  "lists not taken": stalled(listUsers, largePages, { window: 65_535 }),
  "lists of the oldest not taken": stalled(listUsers, oldestFirst, { window: 65_535 }),
  "lists with no window": stalled(listUsers, largePages, { window: 0 }),
  "lists not read": stalled(listUsers, oldestFirst, { window: 0x7fff_ffff, deaf: true }),
  "watches not taken": stalled(watchEvents, Buffer.alloc(0), { window: 0 }),
  "requests never sent": drip(getUser, 0),
  "requests by the byte": drip(getUser, 1_000),
  "large requests half sent": halfSent(getUser, 4_000_000),
  "large imports half sent": halfSent(service("ImportUsers"), 4_000_000),
  "imports by the byte": drip(service("ImportUsers"), 1_000),
  resets: flood((id) =>
    times(50, () => {
      const stream = id();
      return Buffer.concat([callHeaders(stream, getUser), frame(types.reset, 0, stream, uint32(8))]);
    }),
  ),
  "unknown methods": flood((id) => times(20, () => callHeaders(id(), "/no.Service/Method"))),
  "empty data": (address) =>
    again(address, async (connection, id) => {
      const stream = id();
      await connection.write(callHeaders(stream, getUser));
      while (!connection.isOver) {
        await connection.write(times(500, () => frame(types.data, 0, stream)));
        await sleep(0);
      }
    }),
  pings: flood(() => times(500, () => frame(types.ping, 0, 0, Buffer.alloc(8)))),
  settings: flood(() => times(500, () => http2.settings({ 3: 100 }))),
  "window updates": flood(() => times(500, () => frame(types.windowUpdate, 0, 0, uint32(1)))),
  garbage: (address) => again(address, (connection) => connection.write(Buffer.alloc(100_000, 0xab))),
  "HTTP/1": (address) => again(address, () => {}, Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")),
  "half a preface": idle(200, http2.preface.subarray(0, 10)),
  silence: idle(200, Buffer.alloc(0)),
  "idle connections": idle(1_000),
  "compressed health checks of 8 MiB": bombs("/grpc.health.v1.Health/Check"),
  "compressed imports of 8 MiB": bombs(service("ImportUsers")),
};

export const kinds = Object.keys(misbehaviours);
