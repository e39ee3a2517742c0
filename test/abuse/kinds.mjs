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

/** Calls that are refused for their caller, as many as are answered, over some connections. */
const refused = (authorization, { path = getUser, connections = 4 } = {}) => {
  const call = (id) => callHeaders(id, path, { more: authorization(), flags: endStream });
  const abuse = async (connection, id) => {
    for (let sent = 0; !connection.isOver; ) {
      const room = Math.max(Math.min(250 - (sent - connection.closedStreams), 50), 0);
      if (room > 0) await connection.write(times(room, () => call(id())));
      sent += room;
      await sleep(0);
    }
  };
  return (address) => {
    for (let i = 0; i < connections; i++) void again(address, abuse);
  };
};

const randomDigits = (length) => Array.from({ length }, () => Math.floor(Math.random() * 10)).join("");

/** A secret of a key that nobody has made. */
const unknownSecret = () => ({ authorization: `Bearer sk_0${randomDigits(25)}_${randomDigits(43)}` });

const emptyMessage = message(Buffer.alloc(0));

/** Creates twenty users in a second. */
const createSlowly = async (connection, id) => {
  while (!connection.isOver) {
    const stream = id();
    const email = Buffer.from(`${Date.now()}-${stream}@example.com`);
    const request = message(Buffer.concat([Buffer.from([0x0a, email.length]), email]));
    const headers = callHeaders(stream, service("CreateUser"));
    await connection.write(Buffer.concat([headers, frame(types.data, endStream, stream, request)]));
    await sleep(50);
  }
};

/** More watches than one client gets, while users are created. */
const watches = (count) => {
  const perConnection = 240;
  const watch = async (connection, id) => {
    for (let opened = 0; opened < perConnection; opened++) {
      const stream = id();
      const request = frame(types.data, endStream, stream, emptyMessage);
      await connection.write(Buffer.concat([callHeaders(stream, watchEvents), request]));
    }
    await connection.over;
  };
  return (address) => {
    for (let i = 0; i < count / perConnection; i++) void again(address, watch);
    void again(address, createSlowly);
  };
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
  "many watches": watches(1_920),
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
  "what is not gRPC": flood((id) =>
    times(20, () => callHeaders(id(), getUser, { more: { "content-type": "application/grpc-web" }, flags: endStream })),
  ),
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
  priorities: flood(() => times(1_000, () => frame(types.priority, 0, 1, Buffer.alloc(5)))),
  "unknown frames": flood(() => times(1_000, () => frame(types.unknown, 0, 0))),
  garbage: (address) => again(address, (connection) => connection.write(Buffer.alloc(100_000, 0xab))),
  "HTTP/1": (address) => again(address, () => {}, Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")),
  "half a preface": idle(200, http2.preface.subarray(0, 10)),
  silence: idle(200, Buffer.alloc(0)),
  "idle connections": idle(1_000),
  "compressed health checks of 8 MiB": bombs("/grpc.health.v1.Health/Check"),
  "compressed imports of 8 MiB": bombs(service("ImportUsers")),
};

/** What clients do that have no key, where callers are asked who they are. */
export const strangers = {
  "calls without a key": refused(() => ({})),
  "compressed health checks of 8 MiB without a key": bombs("/grpc.health.v1.Health/Check"),
  "calls with unknown keys": refused(unknownSecret),
  "calls without a key over many connections": refused(() => ({}), { connections: 64 }),
};

export const kinds = Object.keys(misbehaviours);
export const strangerKinds = Object.keys(strangers);
