import { chmod, lstat, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ChannelCredentials } from "@grpc/grpc-js";
import { describe, expect, inject, it } from "vitest";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { callHeaders, endStream, message, RawConnection } from "../abuse/raw-http2.mjs";
import { createLogger } from "../../src/log.js";
import { failure } from "../support/call.js";
import { freePort } from "../support/ports.js";
import { type Ended, usePrograms } from "../support/program.js";
import { getUser, unusedId } from "../support/users.js";

const programs = usePrograms();

const key = "sk_01M871W7PSR25ZYWM3S45YY6QH_Zm9yZ2V0IG1lIG5vdCBmb3JnZXQ";
const text = "what-a-stranger-says";
const unwanted = [key, "Zm9yZ2V0", text];

const written = ({ stdout, stderr }: Pick<Ended, "stdout" | "stderr">) => {
  const all = stdout + stderr;
  return unwanted.filter((one) => all.includes(one));
};

/** Headers that grpc-js, Node.js or this server cannot do anything with. */
const headers: [name: string, more: Record<string, string>][] = [
  ["a tab in the key", { authorization: `Bearer ${key}\t${text}` }],
  ["letters beyond ASCII in the key", { authorization: `Bearer ${key}é${text}` }],
  ["DEL in the key", { authorization: `Bearer ${key}\u007f${text}` }],
  ["a key in another form", { authorization: `Basic ${key} ${text}` }],
  ["a key that nobody has", { authorization: `Bearer ${key}` }],
  ["a tab in another header", { "x-api-key": `${key}\t${text}` }],
  ["letters beyond ASCII in another header", { "x-api-key": `${key}ü${text}` }],
  ["no base64 in a binary header", { "x-key-bin": `${key}\t${text}é` }],
  ["no base64 in a header that gRPC has for itself", { "grpc-tags-bin": `\t${key} ${text}` }],
  ["a name that is none for gRPC", { "x!key": `${key} ${text}` }],
  ["a name that is a text", { [`x!${text}`]: `${key}\t` }],
  ["a deadline that is none", { "grpc-timeout": `${key}\t${text}` }],
  ["an encoding that nobody knows", { "grpc-encoding": `${key} ${text}` }],
  ["a trace that is none", { traceparent: `00-${key}-${text}`, tracestate: `a=${key}\t${text}` }],
  ["a user agent with a tab", { "user-agent": `${text}\t${key}` }],
  ["another content type", { "content-type": `application/grpc+${text}` }],
  ["no content type of gRPC", { "content-type": `text/${text}\t${key}` }],
];

const paths = [`/roster.v1.UserService/GetUser`, `/${text}.${key}/Method`, "/grpc.health.v1.Health/Check"];

/** Sends every call, and one more that shows that they were read. */
const sendAll = async (address: string): Promise<void> => {
  for (const [, more] of headers) {
    const connection = new RawConnection(address);
    let stream = 1;
    for (const path of paths) {
      const call = callHeaders(stream, path, { more });
      const length = Buffer.alloc(9);
      const framed = message(Buffer.alloc(0));
      length.writeUIntBE(framed.length, 0, 3);
      length[4] = endStream;
      length.writeUInt32BE(stream, 5);
      await connection.write(Buffer.concat([call, length, framed]));
      stream += 2;
    }
    await Promise.race([sleep(30), connection.over]);
    connection.socket.destroy();
  }
  const users = new UserServiceClient(address, ChannelCredentials.createInsecure());
  expect(await failure(getUser(users, unusedId()))).toMatchObject({ code: "UNAUTHENTICATED" });
  users.close();
};

describe("headers that cannot be read", () => {
  it.each([
    ["on a usual server", {}],
    ["where libraries are asked to tell all", { GRPC_TRACE: "all", GRPC_VERBOSITY: "DEBUG", MONGODB_LOG_ALL: "debug" }],
  ])("are written nowhere, %s", async (_name, env) => {
    const server = programs.run(["serve"], {
      MONGODB_URI: inject("mongodbUri"),
      ROSTER_DATABASE: `test-strangers-${process.pid}`,
      ROSTER_AUTHENTICATION: "required",
      ROSTER_LOG_LEVEL: "debug",
      ...env,
    });
    await sendAll(await server.listening());
    const ended = await server.kill("SIGTERM");
    expect([ended.code, ended.stderr]).toEqual([0, ""]);
    expect(written(ended)).toEqual([]);
    for (const line of ended.stdout.trim().split("\n")) expect(JSON.parse(line)).toHaveProperty("level");
    expect(ended.stdout).toContain("grpc-js: a header of a call is no valid metadata; the call goes on without it");
  });
});

describe("a connection string that is wrong", () => {
  const password = "pa@ss/w0rd-of-mine";
  it.each([
    `mongodb://roster:${password}@127.0.0.1:1/`,
    `mongodb+srv://roster:${password}@127.0.0.1/`,
    `mongodb://roster:pa@w0rd-of-mine`,
    `mongodb://roster:pa@w0rd-of-mine:27017/`,
    `mongodb://roster:w0rd-of-mine`,
    `mongodb://roster:pa:w0rd-of-mine@127.0.0.1:1/`,
    `mongodb://roster:pa?w0rd-of-mine@127.0.0.1:1/`,
    `mongodb://roster:pa#w0rd-of-mine@127.0.0.1:1/`,
    `mongodb://roster:pa%w0rd-of-mine@127.0.0.1:1/`,
    `mongodb://roster:pa[w0rd-of-mine@127.0.0.1:1/`,
    `mongodb://roster:w0rd-of-mine@127.0.0.1:99999/`,
    `mongodb://roster:w0rd-of-mine@127.0.0.1:1/?w0rd-of-mine=1`,
    `mongodb://127.0.0.1:1/?authMechanism=w0rd-of-mine`,
    `mongodb://127.0.0.1:1/?tls=true&tlsCAFile=/w0rd-of-mine`,
    `mongodb://127.0.0.1:1/?appName=a&appname=w0rd-of-mine`,
    `mongodb://roster:w0rd-of-mine@`,
    `w0rd-of-mine://roster:secret@127.0.0.1/`,
  ])("is told without any of it: %s", async (uri) => {
    for (const args of uri.includes("srv") ? [["serve"], ["keys", "list"]] : [["serve"]]) {
      const { code, stdout, stderr } = await programs.run(args, { MONGODB_URI: uri }).ended;
      expect(code).toBeGreaterThan(0);
      expect(stderr).toMatch(
        /^roster: (?:cannot start:\n)?(?:cannot use the MongoDB at MONGODB_URI: \S|MONGODB_URI must)/,
      );
      expect(stdout + stderr).not.toMatch(/w0rd|of-mine/);
    }
  });
});

describe("a key that is none in ROSTER_API_KEY", () => {
  it.each([
    ["healthcheck", ["healthcheck"]],
    ["export", ["export", "-"]],
    ["import", ["import", "-"]],
  ])("is not written by %s", async (_name, args) => {
    for (const bad of [`${key}\t${text}`, `${key}é`, `${key}\n${text}`]) {
      const env = { ROSTER_API_KEY: bad, ROSTER_LISTEN: `127.0.0.1:${await freePort()}` };
      const asked = { ...env, ROSTER_AUTHENTICATION: "required", ROSTER_UNAUTHENTICATED_SERVICES: "none" };
      const ended = await programs.run(args, asked).ended;
      expect(ended.code).toBeGreaterThan(0);
      expect(written(ended)).toEqual([]);
      expect(ended.stderr).toContain("ROSTER_API_KEY is no API key");
    }
  });
});

/** Lets Node.js run this before the program. */
const preload = async (script: string): Promise<string> => {
  const file = join(await programs.folder(), "preload.cjs");
  await writeFile(file, script);
  return `--require ${file}`;
};

describe("a warning of a library, and an error that nobody caught", () => {
  it("are told by the log without their messages", async () => {
    const server = programs.run(["serve"], {
      MONGODB_URI: inject("mongodbUri"),
      ROSTER_DATABASE: `test-strangers-${process.pid}`,
      NODE_OPTIONS: await preload(
        `process.on("SIGUSR2", () => {
          process.emitWarning("${text}", { type: "OddWarning", code: "ODD001" });
          setTimeout(() => { throw Object.assign(new RangeError("${text}"), { document: "${key}" }); }, 100);
        });`,
      ),
    });
    await server.listening();
    const { code, stdout, stderr } = await server.kill("SIGUSR2");
    expect([code, stderr, written({ stdout, stderr })]).toEqual([1, "", []]);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.filter(({ type }) => type !== undefined)).toMatchObject([
      { level: "warn", type: "OddWarning", code: "ODD001", msg: "warning of Node.js or of a library" },
      {
        level: "fatal",
        type: "RangeError",
        at: expect.arrayContaining([expect.stringContaining("preload.cjs:3")]),
        msg: "unexpected error",
      },
    ]);
  });

  it("are told by commands on standard error, without their messages", async () => {
    const options = await preload(
      `setInterval(() => {
        if (process.listenerCount("uncaughtException") === 0) return;
        process.emitWarning("${text}");
        process.nextTick(() => { throw new Error("${key}"); });
      }, 1);`,
    );
    const ended = await programs.run(["healthcheck"], { NODE_OPTIONS: options }).ended;
    expect([ended.code, written(ended)]).toEqual([1, []]);
    expect(ended.stderr).toMatch(/^roster: warning: Warning\nroster: unexpected error: Error\n {4}at .*preload.cjs:4/);
  });
});

describe("an error of the database in the log", () => {
  it("has no values that are there already", () => {
    const lines: string[] = [];
    const logger = createLogger("info", { write: (line) => lines.push(line) });
    const message = `E11000 duplicate key error collection: roster.users index: email dup key: { email: "${text}" }`;
    logger.error(
      { err: Object.assign(new Error("", { cause: new Error(message) }), { document: { key } }) },
      "internal error",
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("index: email dup key");
    expect(written({ stdout: String(lines[0]), stderr: "" })).toEqual([]);
  });
});

describe("the folder of the embedded MongoDB", () => {
  it("is its owner's alone, and all in it, also where it was there before with more rights for others", async () => {
    const dataDir = join(await programs.folder(), "data");
    const env = { MONGODB_URI: undefined, ROSTER_DATA_DIR: dataDir };
    const everything = async () => {
      const names = await readdir(dataDir, { recursive: true });
      const paths = [dataDir, ...names.map((name) => join(dataDir, name))];
      return Promise.all(paths.map(async (path) => ({ path, mode: (await lstat(path)).mode })));
    };
    const open = async () => (await everything()).filter(({ mode }) => (mode & 0o077) !== 0).map(({ path }) => path);
    await mkdir(join(dataDir, "db"), { recursive: true });
    await chmod(dataDir, 0o777);
    await writeFile(join(dataDir, "mongod.log.2026-01-01"), "", { mode: 0o666 });

    const first = programs.run(["serve"], env);
    await first.listening();
    expect(await open()).toEqual([]);
    await first.kill("SIGTERM");

    for (const { path, mode } of await everything()) await chmod(path, mode | 0o055);
    const second = programs.run(["serve"], env);
    await second.listening();
    expect(await open()).toEqual([]);
    await second.kill("SIGTERM");
  });
});
