// What clients that misbehave cost the others: starts a mongod and the server, and prints the p99 of GetUser at a moderate
// rate, first with nobody else there and then beside each misbehaviour, with the ratios and the server's memory; at the end
// the same of a server that asks its callers who they are, beside those that cannot say.
// ABUSE_ONLY: parts of the names of kinds, separated by commas. Timings are of this run and this machine.
import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { setPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { EmbeddedMongod } from "../dist/src/mongo/embedded/mongod.js";
import { kinds, strangerKinds } from "../test/abuse/kinds.mjs";
import { h2load, hasH2load } from "./h2load.mjs";
import { cpuSeconds, residentMiB, startNode, stop } from "./processes.mjs";
import { getUser, userDocument } from "./requests.mjs";

const seconds = Number(process.env.ABUSE_SECONDS ?? 8);
const rate = 400;
const only = process.env.ABUSE_ONLY?.split(",");
const here = (file) => join(import.meta.dirname, file);

if (!hasH2load()) {
  console.error("abuse: h2load is not installed; it comes with the package nghttp2-client (Debian, Ubuntu) or nghttp2");
  process.exit(1);
}

/** The oldest users have about 30 KiB, so that a page of them is as large as pages get; the others are typical. */
const seed = async (uri, database) => {
  const client = await MongoClient.connect(uri, { ignoreUndefined: true });
  const metadata = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`key-${i}`, "x".repeat(600)]));
  const large = Array.from({ length: 3_000 }, () => ({ ...userDocument(randomUUID()), metadata }));
  const typical = Array.from({ length: 30_000 }, () => userDocument(randomUUID()));
  const users = client.db(database).collection("users");
  await users.insertMany(large);
  await users.insertMany(typical);
  await client.close();
  return typical.slice(0, 4).map(({ _id }) => getUser(_id));
};

/** A key made in the database, as `roster keys create` does. */
const makeKey = (env) => {
  const args = [here("../dist/src/cli.js"), "keys", "create", "--name", "abuse", "--scope", "admin"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { env: { ...process.env, ...env }, encoding: "utf8" });
  const secret = /sk_\S+/.exec(stdout)?.[0];
  if (secret === undefined) throw new Error(`no key was made:\n${stderr}`);
  return secret;
};

const row = (...cells) => console.log(cells.map((cell, i) => (i ? cell.padStart(9) : cell.padEnd(40))).join(" "));

const print = (name, { p50, p99, peakMiB, cpu }, quiet) => {
  const ratios = [(p50 / quiet.p50).toFixed(2), (p99 / quiet.p99).toFixed(2)];
  row(name, p50.toFixed(2), p99.toFixed(2), ...ratios, peakMiB.toFixed(0), cpu.toFixed(2));
};

/** Starts a server and measures it, beside each of the kinds. `headers`: of the calls that are measured. */
const measureBeside = async (kinds, env, requests, headers) => {
  const { child: server, match } = await startNode(here("../dist/src/cli.js"), ["serve"], {
    env: { ...env, ROSTER_LISTEN: "127.0.0.1:0" },
    ready: /listening on (127\.0\.0\.1:\d+)/,
  });
  const address = match[1];

  const measure = async () => {
    let peakMiB = 0;
    const watch = setInterval(() => {
      peakMiB = Math.max(peakMiB, residentMiB(server.pid));
    }, 100);
    const cpu = cpuSeconds(server.pid);
    const load = { address, path: "/roster.v1.UserService/GetUser", requests, inFlight: 32, rate, seconds, headers };
    const { p50, p99 } = await h2load(load).finally(() => clearInterval(watch));
    return { p50, p99, peakMiB, cpu: (cpuSeconds(server.pid) - cpu) / seconds };
  };
  // In earnest it has answered all kinds of calls before.
  const list = JSON.stringify({ address, lists: 4, pageSize: 1_000 });
  const lists = headers ? undefined : await startNode(here("list-load.mjs"), [list], { ready: /begun/ });
  await measure();
  if (lists) await stop(lists.child);
  const quiet = await measure();
  print("quiet", quiet, quiet);
  for (const [i, kind] of kinds.entries()) {
    if (only && !only.some((part) => kind.includes(part))) continue;
    const { child } = await startNode(here("../test/abuse/misbehave.mjs"), [kind, address], {
      // What an address may do is limited: not that of those who are measured, nor that of another kind.
      env: { MISBEHAVE_FROM: `127.0.0.${i + 2}` },
      ready: /begun/,
    });
    // The machine that misbehaves is another one: here it takes no time from the server.
    setPriority(child.pid, 19);
    await sleep(1_000);
    print(kind, await measure(), quiet);
    await stop(child);
    await sleep(2_000);
  }
  print("quiet again", await measure(), quiet);
  await stop(server);
};

const dataDir = mkdtempSync(join(tmpdir(), "roster-abuse-"));
const mongod = await EmbeddedMongod.start({ dataDir, report: (line) => console.error(line) });
try {
  const env = { MONGODB_URI: mongod.uri, ROSTER_DATABASE: "abuse" };
  const requests = await seed(mongod.uri, "abuse");
  row("", "p50 ms", "p99 ms", "p50 ratio", "p99 ratio", "peak MiB", "CPU");
  await measureBeside(kinds, env, requests);
  console.log("where callers are asked who they are:");
  const asking = { ...env, ROSTER_AUTHENTICATION: "required" };
  await measureBeside(strangerKinds, asking, requests, { authorization: `Bearer ${makeKey(env)}` });
} finally {
  await mongod.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
