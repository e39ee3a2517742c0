import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type ClientHttp2Session, connect } from "node:http2";
import { connect as connectSocket, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { connect as connectTls } from "node:tls";
import { beforeAll, describe, expect, it } from "vitest";
import { CreateUserRequest } from "../../gen/ts/roster/v1/user_service.js";
import { TestCa } from "../support/certificates.js";
import { useFolder } from "../support/folder.js";
import { frame } from "../support/http2.js";
import { useServer } from "../support/server.js";
import { getUser, newKey, unusedId } from "../support/users.js";
import { failure } from "../support/call.js";

const lines: string[] = [];
const plain = useServer({ log: (line) => lines.push(line), env: { ROSTER_HEALTH_LISTEN: "127.0.0.1:0" } });
const folder = useFolder();
let ca: TestCa;
let env: Record<string, string>;
beforeAll(async () => {
  ca = await TestCa.create(folder.path);
  env = ca.env(await ca.issue("server", "DNS:localhost,IP:127.0.0.1"));
});
const secured = useServer(() => ({ env, credentials: ca.credentials() }));

const openSocket = (address: string): Socket => {
  const [host, port] = address.split(":") as [string, string];
  return connectSocket({ host, port: Number(port) });
};
const openTls = (ALPNProtocols?: string[]) => (): Socket => {
  const [host, port] = secured.current.address.split(":") as [string, string];
  return connectTls({ host, port: Number(port), ca: readFileSync(ca.cert), ...(ALPNProtocols && { ALPNProtocols }) });
};

const spoken =
  "This server speaks gRPC: HTTP/2 with the content type application/grpc. It speaks no HTTP/1.1, gRPC-Web or JSON.\n";

describe("HTTP/1.1", () => {
  const requests = {
    GET: "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "an upgrade": "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n",
    "POST with a body": `POST /roster.v1.UserService/GetUser HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\n\r\n${"x".repeat(50_000)}`,
  };
  const ways: [string, () => Socket][] = [
    ["without TLS", () => openSocket(plain.current.address)],
    ["with TLS, when that is agreed upon", openTls(["http/1.1"])],
    ["with TLS, when nothing is agreed upon", openTls()],
  ];

  it.each(
    ways.flatMap(([way, open]) =>
      Object.entries(requests).map(([what, request]) => [what, way, open, request] as const),
    ),
  )("is answered with what is spoken here, and closed: %s %s", async (_what, _way, open, request) => {
    const socket = open();
    socket.write(request);
    const answer = await text(socket);
    expect(answer.split("\r\n")).toEqual([
      "HTTP/1.1 415 Unsupported Media Type",
      "content-type: text/plain",
      `content-length: ${spoken.length}`,
      "connection: close",
      "",
      spoken,
    ]);
  });

  it("is answered when it comes by the byte", async () => {
    const socket = openSocket(plain.current.address).setNoDelay();
    for (const byte of "GET / HTTP/1.1\r\n\r\n") {
      socket.write(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await text(socket)).toContain(spoken);
  });

  it("costs nobody from the same address a connection, and is in the log of each connection alone", async () => {
    for (let requestsMade = 0; requestsMade < 30; requestsMade++) {
      const socket = openSocket(plain.current.address);
      socket.write(requests.GET);
      await text(socket);
      expect((await failure(getUser(plain.current.connect(), unusedId()))).reason).toBe("USER_NOT_FOUND");
    }
    const ended = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === "connection ended");
    expect(ended.length).toBeGreaterThanOrEqual(30);
    expect(new Set(ended.map(({ level, offence }) => `${level} ${offence}`))).toEqual(new Set(["debug not_http2"]));
  });
});

const createUser = async (session: ClientHttp2Session, contentType: string | undefined, method = "POST") => {
  const email = `${newKey()}@example.com`;
  const stream = session.request({
    ":method": method,
    ":path": "/roster.v1.UserService/CreateUser",
    te: "trailers",
    ...(contentType !== undefined && { "content-type": contentType }),
  });
  if (method === "POST") stream.end(frame(CreateUserRequest.encode(CreateUserRequest.fromPartial({ email })).finish()));
  const [[headers], body] = await Promise.all([once(stream, "response"), text(stream)]);
  return { email, status: headers[":status"], type: headers["content-type"], accept: headers["accept"], body };
};

describe("over HTTP/2", () => {
  const sessions: [string, () => ClientHttp2Session][] = [
    ["without TLS", () => connect(`http://${plain.current.address}`)],
    [
      "with TLS",
      () => connect(`https://${secured.current.address}`, { ca: readFileSync(ca.cert), servername: "localhost" }),
    ],
  ];
  const otherTypes = [
    "application/grpc-web",
    "application/grpc-web+proto",
    "application/grpc-web-text",
    "application/grpc-web-text+proto",
    "application/grpc+json",
    "application/grpcproto",
    "application/json",
    "application/connect+proto",
    undefined,
  ];
  it.each(sessions.flatMap(([way, open]) => otherTypes.map((type) => [String(type), way, open, type] as const)))(
    "%s is answered with 415 and what is spoken here, and does nothing: %s",
    async (_name, _way, open, type) => {
      const session = open();
      const { email, ...answer } = await createUser(session, type);
      expect(answer).toEqual({ status: 415, type: "text/plain", accept: "application/grpc", body: spoken });
      for (const { db } of [plain.current, secured.current]) {
        expect(await db.collection("users").countDocuments({ email })).toBe(0);
      }
      session.destroy();
    },
  );

  it.each([
    "application/grpc",
    "application/grpc+proto",
    "application/grpc;charset=utf-8",
    "application/grpc+proto; x=y",
  ])("%s is gRPC", async (type) => {
    const session = connect(`http://${plain.current.address}`);
    const { email, status } = await createUser(session, type);
    expect(status).toBe(200);
    expect(await plain.current.db.collection("users").countDocuments({ email })).toBe(1);
    session.destroy();
  });

  it("HEAD has the headers of the answer alone", async () => {
    const session = connect(`http://${plain.current.address}`);
    expect(await createUser(session, undefined, "HEAD")).toMatchObject({ status: 415, body: "" });
    session.destroy();
  });

  it("is answered in the same way where health checks are", async () => {
    const line = lines.map((each) => JSON.parse(each)).find(({ msg }) => String(msg).startsWith("health checks at "));
    const session = connect(`http://${String(line.msg).slice("health checks at ".length)}`);
    expect(await createUser(session, "application/grpc-web")).toMatchObject({ status: 415, body: spoken });
    session.destroy();
  });
});
