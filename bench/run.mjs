// The benchmark: starts a mongod and the service, loads it, prints a table and, as the last line, everything as JSON.
// Timings are of this run and this machine; compare ratios.
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, release, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { EmbeddedMongod } from "../dist/src/mongo/embedded/mongod.js";
import { h2load, hasH2load } from "./h2load.mjs";
import { residentMiB, startNode, stop, withCpu } from "./processes.mjs";
import {
  getUser,
  getUserByExternalId,
  listUsers,
  membershipDocument,
  organizationDocument,
  userDocument,
} from "./requests.mjs";

const seconds = Number(process.env.BENCH_SECONDS ?? 5);
const listed = Number(process.env.BENCH_USERS ?? 100_000);
/** How many of the users, evenly spread, are members of the organization that is listed. */
const members = Number(process.env.BENCH_MEMBERS ?? listed);
const imported = Number(process.env.BENCH_ROWS ?? 100_000);
const rounds = 3;
const lists = {
  plain: `ListUsers, ${listed} users in pages of 100 (users/s)`,
  large: `ListUsers, ${listed} users in pages of 1000 (users/s)`,
  organization: `ListUsers of an organization, ${members} members in pages of 100 (users/s)`,
};
const bulk = {
  insertMany: `driver insertMany, ${imported} users with passwords, 1,000 at a time`,
  create: `ImportUsers, ${imported} rows with hashes, CREATE_ONLY`,
  upsert: `ImportUsers, ${imported} rows with hashes, UPSERT`,
  again: `ImportUsers, ${imported} rows with hashes, the same again`,
  export: "ExportUsers, all users",
};
const idle = "GetUser at 400/s, idle";
/** What runs beside reads at a moderate rate. */
const besides = [
  { name: "GetUser at 400/s, hashing saturated", script: "hashing-load.mjs", options: { callers: 80 } },
  { name: "GetUser at 400/s, beside 4 lists", script: "list-load.mjs", options: { lists: 4, pageSize: 1_000 } },
  {
    name: "GetUser at 400/s, beside 4 lists of events",
    script: "list-load.mjs",
    options: { lists: 4, pageSize: 1_000, of: "events" },
  },
];
const only = process.env.BENCH_ONLY?.split(",");
const skips = (name) => only !== undefined && !only.some((part) => name.includes(part));
const here = (file) => join(import.meta.dirname, file);
const service = (method) => `/roster.v1.UserService/${method}`;

if (process.platform !== "linux") throw new Error("the benchmark reads CPU times from /proc: it runs on Linux only");
if (!hasH2load()) {
  console.error("bench: h2load is not installed; it comes with the package nghttp2-client (Debian, Ubuntu) or nghttp2");
  process.exit(1);
}

/**
 * The database is a session of its own, and so Linux groups its threads: a low priority inside the group of the server
 * counts for nothing between the two, and hashing would hold up the database as on no machine where that is by itself.
 */
function ahead(pid) {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, "-10");
  } catch (error) {
    console.error(`bench: the database competes with the hashing of passwords on equal terms here: ${error.message}`);
  }
}

const versionOf = async (uri) => {
  const client = await MongoClient.connect(uri);
  const { version } = await client.db("admin").command({ buildInfo: 1 });
  await client.close();
  return version;
};

/** How many events of each type there are. */
const eventCounts = async (uri, database) => {
  const client = await MongoClient.connect(uri);
  const counted = client
    .db(database)
    .collection("events")
    .aggregate([{ $unwind: "$events" }, { $group: { _id: "$events.type", count: { $sum: 1 } } }]);
  const counts = Object.fromEntries((await counted.toArray()).map(({ _id, count }) => [_id, count]));
  await client.close();
  return counts;
};

/** Fills the directory: users, and an organization of some or all of them. */
const seed = async (uri, database) => {
  const client = await MongoClient.connect(uri, { ignoreUndefined: true });
  const db = client.db(database);
  const organization = organizationDocument();
  await db.collection("organizations").insertOne(organization);
  const keys = [];
  for (let done = 0; done < listed; done += 10_000) {
    const batch = Array.from({ length: Math.min(10_000, listed - done) }, () => {
      const key = randomUUID();
      const document = userDocument(key);
      keys.push({ id: document._id, externalId: key });
      return document;
    });
    await db.collection("users").insertMany(batch);
    const joining = batch.filter((_, i) => (done + i) % Math.floor(listed / members) === 0);
    await db.collection("memberships").insertMany(joining.map(({ _id }) => membershipDocument(_id, organization)));
  }
  await client.close();
  return { keys, organizationId: organization._id };
};

const spread = (items, count) => Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]);

const runNode = (script, options) =>
  new Promise((resolve, reject) => {
    startNode(here(script), [JSON.stringify(options)], { ready: /^\{.*\}$/ }).then(
      ({ match }) => resolve(JSON.parse(match[0])),
      reject,
    );
  });

const dataDir = mkdtempSync(join(tmpdir(), "roster-bench-"));
// A database in earnest keeps its working set in memory: a million users and what is imported beside them.
const mongod = await EmbeddedMongod.start({ dataDir, report: (line) => console.error(line), cacheGiB: 4 });
ahead(mongod.pid);
const rows = [];
try {
  const database = "bench";
  const mongodVersion = await versionOf(mongod.uri);
  const ready = /listening on (127\.0\.0\.1:\d+)/;
  const roster = await startNode(here("../dist/src/cli.js"), ["serve"], {
    env: {
      MONGODB_URI: mongod.uri,
      ROSTER_DATABASE: database,
      ROSTER_LISTEN: "127.0.0.1:0",
      ROSTER_MAX_WATCHES_PER_CALLER: "1000",
    },
    ready,
  });
  const echo = await startNode(here("echo-server.mjs"), [], { ready });
  const address = roster.match[1];
  const { keys, organizationId } = await seed(mongod.uri, database);
  const pids = { server: roster.child.pid, database: mongod.pid };

  const measure = async (name, work, { pidsOf = pids, unitsPerCall = 1 } = {}) => {
    if (skips(name)) return;
    const { result, cpu } = await withCpu(pidsOf, work);
    const units = result.calls * unitsPerCall;
    // Load runs longer than it is counted.
    const counted = seconds / (seconds + (result.warmUpSeconds ?? 0));
    const cpuPerCall = Object.fromEntries(
      Object.entries(cpu).map(([process, used]) => [process, (used * counted * 1_000_000) / units]),
    );
    rows.push({ name, ...result, perSecond: result.perSecond * unitsPerCall, cpuPerCall });
    console.error(`bench: ${name}: ${Math.round(result.perSecond * unitsPerCall)}/s`);
  };

  const reads = (options) => h2load({ address, inFlight: 32, seconds, ...options });
  const writes = (options) => runNode("write-load.mjs", { address, seconds, connections: 4, ...options });
  const sample = spread(keys, 8);

  /** Reads at a moderate rate, with nothing beside them and with each of `besides`, several times in turn. */
  const measureBesides = async () => {
    const reading = () =>
      reads({
        path: service("GetUser"),
        requests: spread(keys, 4).map(({ id }) => getUser(id)),
        inFlight: 32,
        rate: 400,
      });
    for (let round = 1; round <= rounds; round++) {
      await measure(`${idle}, round ${round}`, reading);
      for (const { name, script, options } of besides) {
        if (skips(name)) continue;
        const load = await startNode(here(script), [JSON.stringify({ address, ...options })], {
          ready: /saturated|begun/,
        });
        let counts = "";
        load.child.stdout.on("data", (chunk) => {
          counts += chunk;
        });
        await measure(`${name}, round ${round}`, reading);
        await stop(load.child);
        console.error(`bench: meanwhile: ${counts.trim()}`);
      }
    }
  };

  /** Imports, each of other users, and an export of all users there are. */
  const measureBulk = async () => {
    await measure(bulk.insertMany, () =>
      runNode("insert-many.mjs", { uri: mongod.uri, database: "driverMany", rows: imported }),
    );
    for (const mode of ["create", "upsert", "again"]) {
      const again = mode === "again";
      await measure(bulk[mode], () =>
        runNode("import-load.mjs", { address, rows: imported, mode: again ? "upsert" : mode, again }),
      );
    }
    await measure(bulk.export, () => runNode("export-load.mjs", { address }));
    if (!skips(bulk.create))
      console.error(`bench: resident memory after it: ${residentMiB(roster.child.pid).toFixed(0)} MiB`);
  };

  const echoId = getUser("user_01JD8Q4W3M7ZK2N5R9T6V8X0YB");
  await measure(
    "echo",
    () => reads({ address: echo.match[1], path: service("GetUser"), requests: sample.map(() => echoId) }),
    { pidsOf: { server: echo.child.pid } },
  );
  await measure("GetUser", () => reads({ path: service("GetUser"), requests: sample.map(({ id }) => getUser(id)) }));
  await measure("GetUserByExternalId", () =>
    reads({
      path: service("GetUserByExternalId"),
      requests: sample.map(({ externalId }) => getUserByExternalId(externalId)),
    }),
  );
  const walks = [
    [lists.plain, listUsers(100), listed],
    [lists.large, listUsers(1_000), listed],
    [lists.organization, listUsers(100, { organizationId }), members],
  ];
  for (const [name, request, unitsPerCall] of walks) {
    if (skips(name)) continue;
    const walk = (calls) => h2load({ address, path: service("ListUsers"), requests: [request], inFlight: 1, calls });
    await walk(1);
    // As many users of each list.
    const calls = Math.round((5 * listed) / unitsPerCall);
    await measure(name, () => walk(calls), { unitsPerCall });
  }
  for (const inFlight of [32, 64]) {
    await measure(
      `driver insertOne, ${inFlight} in flight`,
      () => runNode("driver-inserts.mjs", { uri: mongod.uri, database: `driver${inFlight}`, inFlight, seconds }),
      { pidsOf: { database: mongod.pid } },
    );
    await measure(`CreateUser, ${inFlight} in flight`, () =>
      writes({ path: service("CreateUser"), maker: "create", inFlight }),
    );
  }
  await measure("CreateUser with request_id, 32 in flight", () =>
    writes({ path: service("CreateUser"), maker: "createWithRequestId", inFlight: 32 }),
  );
  await measure("CreateUser, 1 in flight", () => writes({ path: service("CreateUser"), maker: "create", inFlight: 1 }));
  await measure("UpdateUser, 32 in flight", () =>
    writes({
      path: service("UpdateUser"),
      maker: "update",
      makerArgs: { ids: spread(keys, 1_000).map(({ id }) => id) },
      inFlight: 32,
    }),
  );
  const signIns = "ProvisionUser, sign-ins with known identities, 32 in flight";
  if (!skips(signIns)) {
    const externalIds = spread(keys, 1_000).map(({ externalId }) => externalId);
    const signIn = { path: service("ProvisionUser"), maker: "signIn", makerArgs: { organizationId, externalIds } };
    await writes({ ...signIn, inFlight: 32, seconds: 2 });
    const before = await eventCounts(mongod.uri, database);
    await measure(signIns, () => writes({ ...signIn, inFlight: 32 }));
    const after = await eventCounts(mongod.uri, database);
    const told = Object.entries(after).map(([type, count]) => [type, count - (before[type] ?? 0)]);
    console.error(
      `bench: events of these: ${JSON.stringify(Object.fromEntries(told.filter(([, count]) => count > 0)))}`,
    );
  }
  for (const watches of [1, 1_000]) {
    await measure(`from acknowledgement to ${watches} watch${watches > 1 ? "es" : ""}, one change at a time`, () =>
      runNode("watch-latency.mjs", { address, changes: 300, watches }),
    );
  }
  await measureBulk();
  await measureBesides();
  const memoryMiB = residentMiB(roster.child.pid);
  await stop(roster.child);
  await stop(echo.child);
  report(memoryMiB, mongodVersion);
} finally {
  await mongod.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

function report(memoryMiB, mongodVersion) {
  const rate = (name) => rows.find((row) => row.name === name)?.perSecond;
  const number = (value, digits = 0) => (Number.isFinite(value) ? value.toFixed(digits) : "");
  const table = rows.map(({ name, perSecond, p50, p99, cpuPerCall }) => {
    const compared = name.startsWith("ImportUsers")
      ? rate(bulk.insertMany)
      : /driver|CreateUser/.test(name)
        ? rate(`driver insertOne, ${/\d+ in flight/.exec(name)?.[0]}`)
        : undefined;
    return [
      name,
      number(perSecond),
      number(p50, 2),
      number(p99, 2),
      number(cpuPerCall.server, 1),
      number(cpuPerCall.database, 1),
      number(perSecond / rate("echo"), 2),
      compared ? number(perSecond / compared, 2) : "",
    ];
  });
  const header = ["", "per second", "p50 ms", "p99 ms", "server CPU µs", "database CPU µs", "of echo", "of driver"];
  const widths = header.map((title, i) => Math.max(title.length, ...table.map((row) => row[i].length)));
  for (const row of [header, ...table]) {
    console.log(row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  "));
  }
  const [plain, organization] = [rate(lists.plain), rate(lists.organization)];
  if (plain && organization) {
    console.log(`\nListUsers of an organization, of ListUsers in pages of 100: ${number(organization / plain, 2)}`);
  }
  const medianP99 = (name) =>
    rows
      .filter((row) => row.name.startsWith(name))
      .map(({ p99 }) => p99)
      .toSorted((a, b) => a - b)[Math.floor(rounds / 2)];
  const alone = medianP99(idle);
  for (const { name } of besides) {
    const beside = medianP99(name);
    if (!alone || !beside) continue;
    console.log(
      `\np99 of ${name}: ${number(beside, 2)} ms, idle ${number(alone, 2)} ms, ` +
        `${number(beside / alone, 2)} times as long (medians of ${rounds} rounds)`,
    );
  }
  const [cpu] = cpus();
  console.log(`\nresident memory of the server after all this: ${memoryMiB.toFixed(0)} MiB`);
  const commit = execFileSync("git", ["describe", "--always", "--dirty"], { encoding: "utf8" }).trim();
  console.log(
    JSON.stringify({
      machine: {
        cpu: cpu?.model,
        cores: cpus().length,
        memoryGiB: Math.round(totalmem() / 2 ** 30),
        kernel: release(),
      },
      versions: { node: process.version, mongod: mongodVersion },
      commit,
      memoryMiB,
      rows,
    }),
  );
}
