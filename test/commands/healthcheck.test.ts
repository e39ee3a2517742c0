import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../support/ports.js";
import { usePrograms } from "../support/program.js";
import { startServer, type TestServer } from "../support/server.js";
import { TestMongod } from "../support/mongod.js";

const programs = usePrograms();
let mongod: TestMongod;
let server: TestServer;

beforeAll(async () => {
  mongod = await TestMongod.start();
  server = await startServer({ mongodbUri: mongod.uri });
});

afterAll(async () => {
  await server.stop();
  await mongod.remove();
});

const healthcheck = (address: string) => programs.run(["healthcheck"], { ROSTER_LISTEN: address }).ended;

describe("roster healthcheck", () => {
  it("ends with 0 when the server serves", async () => {
    expect(await healthcheck(server.address)).toEqual({ code: 0, stdout: "SERVING\n", stderr: "" });
  });

  it("ends with 1 when the server does not", async () => {
    await mongod.stop();
    await expect
      .poll(() => healthcheck(server.address), { timeout: 20_000, interval: 500 })
      .toEqual({ code: 1, stdout: "NOT_SERVING\n", stderr: "" });
  });

  it("ends with 1 when nobody answers", async () => {
    const { code, stdout, stderr } = await healthcheck(`127.0.0.1:${await freePort()}`);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^roster: no answer: .*ECONNREFUSED/);
  });

  it("ends with 1 when it is not told an address", async () => {
    const { code, stderr } = await healthcheck("nowhere");
    expect([code, stderr]).toEqual([
      1,
      "roster: ROSTER_LISTEN must be host:port, like 127.0.0.1:50051 or [::1]:50051\n",
    ]);
  });
});
