import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, constants } from "node:http2";
import { type Socket, connect as connectSocket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import { Metadata } from "@grpc/grpc-js";
import { beforeAll, describe, expect, it } from "vitest";
import { call, failure } from "../support/call.js";
import { type CertificateFiles, TestCa } from "../support/certificates.js";
import { useFolder } from "../support/folder.js";
import { openCall } from "../support/half-call.js";
import { frame as message } from "../support/http2.js";
import { useServer } from "../support/server.js";
import { createUser, getUser, unusedId } from "../support/users.js";
import {
  RawConnection,
  callHeaders,
  endStream,
  frame,
  preface,
  message as rawMessage,
  settings,
  types,
} from "./raw-http2.mjs";

const server = useServer();
/** Where connections are ended so often that new ones may have to wait. */
const abused = useServer();
const limited = useServer({ env: { ROSTER_MAX_CONNECTIONS: "4", ROSTER_MAX_CONNECTIONS_PER_ADDRESS: "3" } });
const impatient = useServer({ env: { ROSTER_MAX_CONNECTION_IDLE: "1s" } });
const pinging = useServer({ env: { ROSTER_KEEPALIVE_TIME: "1s", ROSTER_KEEPALIVE_TIMEOUT: "100ms" } });

const failedHandshakes = () =>
  securedLines.map((line) => JSON.parse(line)).filter(({ offence }) => offence === "tls_handshake");

const folder = useFolder();
let ca: TestCa;
let certificate: CertificateFiles;
beforeAll(async () => {
  ca = await TestCa.create(folder.path);
  certificate = await ca.issue("server", "DNS:localhost,IP:127.0.0.1");
});
const securedLines: string[] = [];
const secured = useServer(() => ({
  env: ca.env(certificate),
  credentials: ca.credentials(),
  log: (line) => securedLines.push(line),
}));

const getUserPath = "/roster.v1.UserService/GetUser";

/** Resolves when the server has destroyed its end, of which a client that never closes its own sees nothing by itself. */
const destroyed = async (socket: Socket): Promise<void> => {
  socket.on("error", () => {});
  while (!socket.destroyed) {
    socket.write(frame(types.ping, 0, 0, Buffer.alloc(8)));
    await sleep(200);
  }
};

describe.concurrent("a connection", () => {
  it.each([
    ["garbage", Buffer.alloc(100_000, 0xab)],
    ["half a frame of garbage", Buffer.from([0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0])],
    ["headers that nobody could unpack", callHeaders(1, getUserPath, { more: { "x-much": "x".repeat(100_000) } })],
    [
      "endless headers",
      Buffer.concat([frame(types.headers, 0, 1), ...Array(20).fill(frame(types.continuation, 0, 1))]),
    ],
  ])("is closed after %s", async (_name, bytes) => {
    const connection = new RawConnection(abused.current.address);
    await connection.write(bytes);
    await connection.closed;
  });

  it.each([
    ["another protocol", Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")],
    ["half a preface", preface.subarray(0, 10)],
    ["silence", Buffer.alloc(0)],
  ])("is closed after %s", async (_name, bytes) => {
    await new RawConnection(abused.current.address, bytes).closed;
  });

  it("with TLS is closed after garbage, and after silence", async () => {
    const [host, port] = secured.current.address.split(":") as [string, string];
    const silent = connectSocket({ host, port: Number(port) });
    const options = { host, port: Number(port), ca: readFileSync(ca.cert), ALPNProtocols: ["h2"] };
    const socket = connectTls(options).resume();
    await once(socket, "secureConnect");
    socket
      .on("error", () => {})
      .write(Buffer.concat([preface, frame(types.settings, 0, 0), Buffer.alloc(100_000, 0xab)]));
    await Promise.all([once(socket, "close"), once(silent, "close")]);
  });

  it("whose client speaks no TLS where it should is in the log, and not one whose client is gone", async () => {
    const [host, port] = secured.current.address.split(":") as [string, string];
    const gone = connectSocket({ host, port: Number(port) });
    await once(gone, "connect");
    gone.destroy();
    await new RawConnection(secured.current.address).closed;
    const detail = "ERR_SSL_WRONG_VERSION_NUMBER";
    await expect.poll(failedHandshakes).toMatchObject([{ level: "debug", address: "127.0.0.1", detail }]);
  });

  it("is closed when pings flood it", async () => {
    const connection = new RawConnection(abused.current.address);
    const pings = Buffer.concat(Array.from({ length: 200 }, () => frame(types.ping, 0, 0, Buffer.alloc(8))));
    while (!connection.isOver) {
      await connection.write(pings);
      // Reads the answers.
      await sleep(0);
    }
    await connection.closed;
  });

  it.each([
    ["streams are reset", (id: number) => frame(types.reset, 0, id, Buffer.alloc(4))],
    ["requests are too large", (id: number) => frame(types.data, 0, id, rawMessage(Buffer.alloc(1), 20_000_000))],
  ])("is closed when %s by the hundred", async (_name, rest) => {
    const connection = new RawConnection(abused.current.address);
    for (let id = 1; !connection.isOver; id += 2) {
      await connection.write(Buffer.concat([callHeaders(id, getUserPath), rest(id)]));
      // Reads the answers.
      if (id % 100 === 1) await sleep(0);
    }
    await connection.closed;
  });

  it("is closed when its client answers no ping", async () => {
    await new RawConnection(pinging.current.address).closed;
  });

  it("is closed when it is idle, whether or not the client closes its end", async () => {
    const [host, port] = impatient.current.address.split(":") as [string, string];
    const socket = connectSocket({ host, port: Number(port), allowHalfOpen: true }).resume();
    socket.write(Buffer.concat([preface, frame(types.settings, 0, 0)]));
    await once(socket, "end");
    await destroyed(socket);
  });
});

describe("metadata that is too large", () => {
  it.each([
    ["in one piece", { "x-much": "x".repeat(17_000) }],
    ["in many pieces", Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`x-${i}`, "x"]))],
  ])("costs the call and not the connection: %s", async (_name, more) => {
    const connection = new RawConnection(server.current.address);
    // Limits of HTTP/2 hold from when the client has acknowledged them.
    await once(connection.socket, "data");
    await connection.write(callHeaders(1, getUserPath, { more, flags: endStream }));
    await expect.poll(() => connection.reset).toBe(constants.NGHTTP2_ENHANCE_YOUR_CALM);
    expect(connection.isOver).toBe(false);
    connection.socket.destroy();
  });

  it("costs the call from the first one on: before the client has heard of the limit, and where it never says so", async () => {
    const { address } = server.current;
    const requests = [callHeaders(1, getUserPath, { flags: endStream, more: { "x-much": "x".repeat(17_000) } })];
    const hello = Buffer.concat([preface, settings(), ...requests]);
    const silent = Object.assign(new RawConnection(address, hello), { acknowledges: false });
    await expect.poll(() => silent.reset).toBe(constants.NGHTTP2_ENHANCE_YOUR_CALM);
    await silent.write(callHeaders(3, getUserPath, { flags: endStream, more: { "x-much": "x".repeat(15_000) } }));
    await expect.poll(() => silent.answered).toBe(3);
    silent.reset = undefined;
    await silent.write(callHeaders(5, getUserPath, { flags: endStream, more: { "x-much": "x".repeat(16_300) } }));
    await expect.poll(() => silent.reset).toBe(constants.NGHTTP2_ENHANCE_YOUR_CALM);
    expect(silent.isOver).toBe(false);
    silent.socket.destroy();
  });

  it("is RESOURCE_EXHAUSTED to clients", async () => {
    const { users } = server.current;
    const { id } = await createUser(users);
    const metadata = new Metadata();
    metadata.set("x-much", "x".repeat(20_000));
    const refused = new Promise((_, reject) => {
      users.getUser({ id }, metadata, { deadline: Date.now() + 5_000 }, (error) => reject(error));
    });
    const [error, user] = await Promise.all([failure(refused), getUser(users, id)]);
    expect(error.code).toBe("RESOURCE_EXHAUSTED");
    expect(user).toMatchObject({ id });
  });

  it("may have 15 KiB", async () => {
    const { users } = server.current;
    const metadata = new Metadata();
    metadata.set("x-much", "x".repeat(15_000));
    const answer = new Promise((resolve, reject) => {
      users.getUser({ id: unusedId() }, metadata, (error) => (error ? reject(error) : resolve(undefined)));
    });
    expect(await failure(answer)).toMatchObject({ reason: "USER_NOT_FOUND" });
  });

  it("of more than 64 KiB in one piece ends the other calls of the connection at once", async () => {
    const options = { maxSendHeaderBlockLength: 1_000_000 };
    const session = connect(`http://${server.current.address}`, options).on("error", () => {});
    const watch = openCall(session, "/roster.v1.EventService/WatchEvents");
    watch.stream.end(message(new Uint8Array()));
    await once(watch.stream, "data");
    const headers = { ":method": "POST", ":path": getUserPath, "content-type": "application/grpc", te: "trailers" };
    session.request({ ...headers, "x-much": "x".repeat(100_000) }).on("error", () => {});
    await watch.closed;
    expect(session.destroyed).toBe(true);
  });
});

describe("connections", () => {
  it("are limited by address: one more is closed at once, until another goes", async () => {
    const { address, users } = limited.current;
    await failure(getUser(users, unusedId()));
    const first = connect(`http://${address}`);
    const second = connect(`http://${address}`);
    await Promise.all([once(first, "connect"), once(second, "connect")]);
    const third = new RawConnection(address);
    await third.closed;
    expect(third.goaway).toBe(undefined);
    first.destroy();
    await once(first, "close");
    await expect
      .poll(async () => {
        const another = connect(`http://${address}`).on("error", () => {});
        const outcome = await Promise.race([once(another, "remoteSettings"), once(another, "close")]);
        another.destroy();
        return outcome.length;
      })
      .toBe(1);
    expect((await failure(call(users.getUser.bind(users), { id: unusedId() }))).reason).toBe("USER_NOT_FOUND");
    second.destroy();
  });
});
