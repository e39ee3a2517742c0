import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { afterAll, describe, expect, inject, it } from "vitest";
import { usePrograms } from "../support/program.js";
import { ServerProcess } from "../support/server-process.js";
import { useServer } from "../support/server.js";

const programs = usePrograms();
const server = useServer();
const processes: ServerProcess[] = [];
afterAll(async () => {
  for (const process of processes) await process.kill();
});

/** The lines of a file with so many users of a domain. */
const lines = (count: number, domain: string): string =>
  Array.from(
    { length: count },
    (_, i) => `${JSON.stringify({ email: `${i}@${domain}`, external_id: `${domain}-${i}` })}\n`,
  ).join("");

const countUsers = (domain: string, db = server.current.db) =>
  db.collection("users").countDocuments({ externalId: { $regex: `^${domain}-` } });

/** Begins an import from a pipe, and waits until the rows of the first messages are there. */
const begin = async (text: string, address: string, written: () => Promise<number>) => {
  const program = programs.run(["import", "-", "--address", address], {}, true);
  const input = program.process.stdin as Writable;
  input.on("error", () => {});
  input.write(text);
  await expect.poll(written, { timeout: 20_000 }).toBe(1_000);
  return program;
};

describe("an import that is interrupted", () => {
  it("stops at Ctrl-C, says what is done, and goes on from there", async () => {
    const domain = "stopped.example";
    const text = lines(1_400, domain);
    const program = await begin(text, server.current.address, () => countUsers(domain));
    const { code, stderr } = await program.kill("SIGINT");
    expect(code).toBe(130);
    expect(stderr).toContain("1,000 created, 0 updated, 0 unchanged, 0 rejected\n");
    expect(stderr).toContain("rows 1 to 1000 are done, and no other. To resume, run the same command with --skip 1000");
    expect(await countUsers(domain)).toBe(1_000);

    const path = join(await programs.folder(), "users.ndjson");
    await writeFile(path, text);
    const args = ["import", path, "--address", server.current.address];
    const resumed = await programs.run([...args, "--skip", "1000"]).ended;
    expect([resumed.code, resumed.stderr]).toEqual([0, expect.stringMatching(/^400 created, /)]);
    const again = await programs.run([...args, "--mode", "upsert", "--match-on", "email"]).ended;
    expect(again.stderr).toMatch(/^0 created, 0 updated, 1,400 unchanged, 0 rejected\n/);
  });

  it("stops at Ctrl-C when nothing came yet", async () => {
    // A signal that comes before the program listens to it ends it in another way: then wait longer.
    for (let waitMs = 500; ; waitMs *= 2) {
      const program = programs.run(["import", "-", "--address", server.current.address], {}, true);
      await sleep(waitMs);
      const { code, stderr } = await program.kill("SIGINT");
      if (code === null) continue;
      expect([code, stderr]).toEqual([130, "roster: stopped\n"]);
      break;
    }
  });

  it("ends at once at the second Ctrl-C, when nobody answers what was sent", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const path = join(await programs.folder(), "users.ndjson");
    await writeFile(path, lines(1, "unanswered.example"));
    const program = programs.run(["import", path, "--address", `127.0.0.1:${port}`]);
    await once(silent, "connection");
    const again = setInterval(() => program.process.kill("SIGINT"), 50);
    const ended = await program.ended;
    clearInterval(again);
    expect(ended).toEqual({ code: 130, stdout: "", stderr: "" });
    silent.close();
  });

  it("ends with 3 when the server goes away, and an upsert goes on", async () => {
    const domain = "crashed.example";
    const database = `test-${randomUUID().slice(0, 8)}`;
    const start = async () => {
      const process = await ServerProcess.start({ MONGODB_URI: inject("mongodbUri"), ROSTER_DATABASE: database });
      processes.push(process);
      return process;
    };
    const first = await start();
    const mongo = await MongoClient.connect(inject("mongodbUri"));
    const written = () => countUsers(domain, mongo.db(database));
    const text = lines(1_400, domain);
    const program = await begin(text, first.address, written);
    await first.kill();
    const { code, stderr } = await program.ended;
    expect(code).toBe(3);
    // How many of the results arrived before is not known.
    expect(stderr).toMatch(
      /(rows 1 to (500|1000) are done, and perhaps some behind them|some rows are perhaps done)\. To resume, run it with --mode upsert/,
    );
    expect(stderr).toContain(`roster: the server at ${first.address} cannot be reached, or went away`);

    const second = await start();
    const path = join(await programs.folder(), "users.ndjson");
    await writeFile(path, text);
    const upsert = ["--mode", "upsert", "--match-on", "external-id", "--address", second.address];
    const resumed = await programs.run(["import", path, ...upsert]).ended;
    expect(resumed.stderr).toMatch(/^400 created, 0 updated, 1,000 unchanged, 0 rejected\n/);
    await second.kill();
    await mongo.db(database).dropDatabase();
    await mongo.close();
  });
});
