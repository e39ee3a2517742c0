import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { ChannelCredentials } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HealthCheckResponse_ServingStatus, HealthClient } from "../../gen/ts/health/v1/health.js";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { call, failure } from "../support/call.js";
import { openCall } from "../support/half-call.js";
import { frame } from "../support/http2.js";
import { freePort } from "../support/ports.js";
import { startServer, type TestServer } from "../support/server.js";
import { getUser, unusedId } from "../support/users.js";

let server: TestServer;
let port: number;
let address: string;

beforeAll(async () => {
  port = await freePort();
  address = `127.0.0.1:${port}`;
  server = await startServer({ env: { ROSTER_HEALTH_LISTEN: address, ROSTER_AUTHENTICATION: "required" } });
});

afterAll(() => server.stop());

const check = async (service: string) => {
  const client = new HealthClient(address, ChannelCredentials.createInsecure(), {
    "grpc.use_local_subchannel_pool": 1,
  });
  try {
    const { status } = await call(client.check.bind(client), { service });
    return HealthCheckResponse_ServingStatus[status];
  } finally {
    client.close();
  }
};

describe("the address for health checks", () => {
  it("tells the health of the server and of its services to everybody", async () => {
    expect([await check(""), await check("roster.v1.UserService")]).toEqual(["SERVING", "SERVING"]);
  });

  it("answers nothing else", async () => {
    const users = new UserServiceClient(address, ChannelCredentials.createInsecure());
    expect((await failure(getUser(users, unusedId()))).code).toBe("UNIMPLEMENTED");
    users.close();
  });

  it("inflates no request to more than 4 KiB", async () => {
    const session = connectHttp2(`http://${address}`);
    const { stream, answer } = openCall(session, "/grpc.health.v1.Health/Check", {
      headers: { "grpc-encoding": "gzip" },
    });
    const bomb = frame(gzipSync(Buffer.alloc(1_000_000)));
    bomb[0] = 1;
    stream.end(bomb);
    expect(await answer).toMatchObject({ reason: "MESSAGE_TOO_LARGE", metadata: { max_bytes: "4096" } });
    session.destroy();
  });

  it("takes a hundred connections from one address at a time", async () => {
    const sockets = Array.from({ length: 120 }, () => connect(port, "127.0.0.1").on("error", () => {}));
    const closed = new Set<Socket>();
    for (const socket of sockets) socket.resume().once("close", () => closed.add(socket));
    await expect.poll(() => closed.size, { timeout: 5_000 }).toBe(20);
    for (const socket of sockets) socket.destroy();
    await Promise.all(sockets.filter((socket) => !closed.has(socket)).map((socket) => once(socket, "close")));
    await expect.poll(() => check(""), { timeout: 5_000 }).toBe("SERVING");
  });
});
