import { setTimeout as sleep } from "node:timers/promises";
import { ChannelCredentials } from "@grpc/grpc-js";
import { afterEach, describe, expect, inject, it } from "vitest";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { answers, eventually, failure } from "../support/call.js";
import { freePort } from "../support/ports.js";
import { useMongod } from "../support/mongod.js";
import { isRunning, mongodOf, usePrograms } from "../support/program.js";
import { createUser, getUser, newEmail } from "../support/users.js";

const programs = usePrograms();
const clients: UserServiceClient[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

const connect = (address: string): UserServiceClient => {
  const client = new UserServiceClient(address, ChannelCredentials.createInsecure());
  clients.push(client);
  return client;
};

const embedded = (dataDir: string) => ({ MONGODB_URI: undefined, ROSTER_DATA_DIR: dataDir });

describe("roster serve on an embedded MongoDB", () => {
  it("says where it listens when calls are answered, and ends with its mongod", async () => {
    const dataDir = await programs.folder();
    const server = programs.run(["serve"], embedded(dataDir));
    const address = await server.listening();
    const user = await createUser(connect(address), { email: newEmail(), requestId: "request-1" });
    const mongod = (await mongodOf(dataDir)) as number;
    expect(await isRunning(mongod)).toBe(true);

    const { code, stdout, stderr } = await server.kill("SIGTERM");
    expect([code, stderr]).toEqual([0, ""]);
    expect(await isRunning(mongod)).toBe(false);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ msg }) => msg)).toEqual([
      expect.stringMatching(/^embedded MongoDB: using v\d+\.\d+\.\d+ \(/),
      expect.stringMatching(/^embedded MongoDB: ready, port \d+, data in /),
      expect.stringMatching(/^ROSTER_SECRET_KEY_FILE is not set/),
      `listening on ${address}, without TLS: loopback only`,
      `callers are not asked who they are: anybody who reaches ${address} may do everything; see docs/security.md`,
      "call",
      "SIGTERM: shutting down",
      "stopped",
    ]);
    expect(lines[5]).toEqual({
      level: "info",
      time: expect.any(String),
      method: "/roster.v1.UserService/CreateUser",
      code: "OK",
      durationMs: expect.any(Number),
      peer: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      requestId: "request-1",
      msg: "call",
    });
    expect(stdout).not.toContain(user.email);
  });

  it("leaves no mongod when it is killed, and keeps the data", async () => {
    const dataDir = await programs.folder();
    const server = programs.run(["serve"], embedded(dataDir));
    const user = await createUser(connect(await server.listening()));
    const mongod = (await mongodOf(dataDir)) as number;
    await server.kill("SIGKILL");
    // At once: the next start ends the mongod where it has not ended yet.
    const next = programs.run(["serve"], embedded(dataDir));
    expect(await getUser(connect(await next.listening()), user.id)).toEqual(user);
    expect(await isRunning(mongod)).toBe(false);

    await next.kill("SIGKILL");
    const last = (await mongodOf(dataDir)) as number;
    await expect.poll(() => isRunning(last), { timeout: 15_000 }).toBe(false);
  });

  it("refuses a folder that another server uses, and leaves that server alone", async () => {
    const dataDir = await programs.folder();
    const first = programs.run(["serve"], embedded(dataDir));
    const client = connect(await first.listening());
    const user = await createUser(client);
    const { code, stderr } = await programs.run(["serve"], embedded(dataDir)).ended;
    expect([code, stderr]).toEqual([
      1,
      `roster: cannot start:\nthe server with process id ${first.process.pid} is using ${dataDir}; ` +
        "stop it, or set ROSTER_DATA_DIR to another folder\n",
    ]);
    expect(await getUser(client, user.id)).toEqual(user);
  });

  it("gives a folder to one of three servers that start at once", async () => {
    const dataDir = await programs.folder();
    const servers = Array.from({ length: 3 }, () => programs.run(["serve"], embedded(dataDir)));
    const started = await Promise.allSettled(servers.map((server) => server.listening()));
    const [address, ...others] = answers(started);
    expect(others).toEqual([]);
    const client = connect(address ?? "");
    const user = await createUser(client);
    const last = await programs.run(["serve"], embedded(dataDir)).ended;
    expect([last.code, last.stderr]).toEqual([1, expect.stringContaining(`is using ${dataDir}; stop it`)]);
    expect(await getUser(client, user.id)).toEqual(user);
  });

  it("ends with the reason when its mongod ends", async () => {
    const dataDir = await programs.folder();
    const server = programs.run(["serve"], embedded(dataDir));
    await server.listening();
    process.kill((await mongodOf(dataDir)) as number, "SIGKILL");
    const { code, stdout } = await server.ended;
    expect(code).toBe(1);
    expect(stdout).toContain(`the embedded MongoDB ended (SIGKILL); see ${dataDir}/mongod.log`);
  });
});

describe("roster serve", () => {
  it("serves from the database at MONGODB_URI, and stops at SIGINT", async () => {
    const env = { MONGODB_URI: inject("mongodbUri"), ROSTER_DATABASE: "test-serve" };
    const server = programs.run(["serve"], env);
    const { reason } = await failure(getUser(connect(await server.listening()), "user_01JD0000000000000000000000"));
    expect(reason).toBe("USER_NOT_FOUND");
    expect((await server.kill("SIGINT")).code).toBe(0);
  });

  it("writes nothing when told to be silent", async () => {
    const listen = `127.0.0.1:${await freePort()}`;
    const env = { MONGODB_URI: inject("mongodbUri"), ROSTER_DATABASE: "test-serve", ROSTER_LOG_LEVEL: "silent" };
    const server = programs.run(["serve"], { ...env, ROSTER_LISTEN: listen });
    const user = await eventually(() => createUser(connect(listen)));
    expect(user.revision).toBe(1n);
    expect(await server.kill("SIGTERM")).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});

describe("roster serve while its database is frozen", () => {
  const mongod = useMongod();

  it.each([0, 50])("ends within its grace all the same, with %d calls open", { timeout: 60_000 }, async (calls) => {
    const env = { MONGODB_URI: mongod.current.uri, ROSTER_DATABASE: "test-serve", ROSTER_SHUTDOWN_GRACE: "2s" };
    const server = programs.run(["serve"], env);
    const client = connect(await server.listening());
    await createUser(client);
    await mongod.current.freeze();
    await sleep(1_000);
    const open = Array.from({ length: calls }, () => failure(createUser(client)));
    const asked = Date.now();
    const { code, stdout } = await server.kill("SIGTERM");
    const took = Date.now() - asked;
    mongod.current.unfreeze();
    expect([code, stdout]).toEqual([0, expect.stringContaining('"msg":"stopped"')]);
    expect(took).toBeLessThan(6_000);
    expect((await Promise.all(open)).map((error) => error.code)).toEqual(open.map(() => "UNAVAILABLE"));
  });
});
