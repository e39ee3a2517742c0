import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { findMongod } from "../../src/mongo/embedded/binary.js";
import { freePort } from "../support/ports.js";
import { usePrograms } from "../support/program.js";

const programs = usePrograms();

describe("roster serve", () => {
  it("lists every mistake of the configuration and does not start", async () => {
    const env = { MONGODB_URI: "localhost", ROSTER_LISTEN: "0.0.0.0:50051", ROSTER_SHUTDOWN_GRACE: "soon" };
    const { code, stdout, stderr } = await programs.run(["serve"], env).ended;
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr.split("\n")).toEqual([
      "roster: cannot start:",
      "MONGODB_URI must be a connection string that starts with mongodb:// or mongodb+srv://",
      "ROSTER_SHUTDOWN_GRACE must be a duration like 500ms, 15s, 30m or 90d, from 100ms to 86400000ms",
      "ROSTER_LISTEN must be a loopback address, like 127.0.0.1:50051, unless ROSTER_TLS_CERT_FILE and " +
        "ROSTER_TLS_KEY_FILE are set: keys and passwords would cross the network without encryption",
      "",
    ]);
  });

  it("refuses a standalone MongoDB and says how to make a replica set", async () => {
    const dbPath = await programs.folder();
    const port = await freePort();
    const binary = await findMongod(() => {});
    const mongod = spawn(
      binary,
      ["--dbpath", dbPath, "--port", String(port), "--bind_ip", "127.0.0.1", "--nounixsocket"],
      {
        stdio: "ignore",
      },
    );
    try {
      const { code, stderr } = await programs.run(["serve"], { MONGODB_URI: `mongodb://127.0.0.1:${port}` }).ended;
      expect([code, stderr]).toEqual([
        1,
        "roster: cannot start:\n" +
          "the MongoDB at MONGODB_URI is a standalone server; Roster needs a replica set, because it writes in " +
          "transactions. One server is enough: start mongod with --replSet rs0 and run rs.initiate() once in mongosh. " +
          "Or leave MONGODB_URI unset to run on an embedded MongoDB.\n",
      ]);
    } finally {
      const exited = once(mongod, "exit");
      mongod.kill("SIGKILL");
      await exited;
    }
  });

  it("says so when nobody answers at MONGODB_URI", async () => {
    const env = { MONGODB_URI: `mongodb://127.0.0.1:${await freePort()}/?replicaSet=rs0` };
    const { code, stderr } = await programs.run(["serve"], env).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^roster: cannot start:\ncannot use the MongoDB at MONGODB_URI: .*ECONNREFUSED/);
  });

  it("says what is wrong with MONGODB_URI, and not the password in it", async () => {
    const env = { MONGODB_URI: "mongodb://roster:s3cr3t@localhost:port/" };
    const { code, stdout, stderr } = await programs.run(["serve"], env).ended;
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^roster: cannot start:\ncannot use the MongoDB at MONGODB_URI: it is no connection string that the driver understands/,
      ),
    ]);
    expect(stdout + stderr).not.toContain("s3cr3t");
  });

  it("says so when its port is taken", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as { port: number };
    const env = { MONGODB_URI: inject("mongodbUri"), ROSTER_DATABASE: "test-port" };
    for (const variable of ["ROSTER_LISTEN", "ROSTER_METRICS_LISTEN", "ROSTER_HEALTH_LISTEN"]) {
      const ended = await programs.run(["serve"], { ...env, [variable]: `127.0.0.1:${port}` }).ended;
      expect(ended).toEqual({
        code: 1,
        stdout: "",
        stderr:
          `roster: cannot start:\ncannot listen on 127.0.0.1:${port} (${variable}): ` +
          "another program listens there; stop it, or choose another port\n",
      });
    }
    taken.close();
  });

  it("says so when its data folder cannot be one", async () => {
    const path = join(await programs.folder(), "file");
    await writeFile(path, "");
    for (const [dataDir, reason] of [
      [path, "a part of the path is a file"],
      [join(path, "further"), "a part of the path is a file"],
    ] as const) {
      const { code, stderr } = await programs.run(["serve"], { MONGODB_URI: undefined, ROSTER_DATA_DIR: dataDir })
        .ended;
      expect([code, stderr]).toEqual([
        1,
        `roster: cannot start:\ncannot keep data in ${dataDir}: ${reason}; ` +
          "set ROSTER_DATA_DIR to a folder that can be written\n",
      ]);
    }
  });
});

describe("roster", () => {
  it("refuses a command that it does not have", async () => {
    expect(await programs.run(["sevre"]).ended).toEqual({
      code: 2,
      stdout: "",
      stderr: "roster: unknown command sevre; see roster help\n",
    });
  });

  it.each(["serve", "healthcheck"])("refuses arguments of %s, which takes none", async (command) => {
    expect(await programs.run([command, "--port", "1"]).ended).toEqual({
      code: 2,
      stdout: "",
      stderr: `roster: unknown: --port; see roster ${command} --help\n`,
    });
  });

  it.each([
    [
      "serve",
      "--help",
      /^roster serve\n[^]*\n {2}ROSTER_LISTEN \(default: 127\.0\.0\.1:50051\)\n {6}Address to serve on/,
    ],
    ["healthcheck", "-h", /^roster healthcheck\n[^]*\nExit codes: 0 it serves;/],
  ])("shows what %s is for by %s, and does not run it", async (command, option, text) => {
    const { code, stdout, stderr } = await programs.run([command, option]).ended;
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(text);
  });

  it.each(["version", "--version"])("shows its version by %s", async (argument) => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(await programs.run([argument]).ended).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("shows its commands", async () => {
    const { code, stdout } = await programs.run([]).ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}roster serve {8}run the server/m);
    expect(stdout).toMatch(/^ {2}roster healthcheck {2}ask the server/m);
  });
});
