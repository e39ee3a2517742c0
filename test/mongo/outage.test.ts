import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { HealthCheckResponse_ServingStatus as Serving, HealthClient } from "../../gen/ts/health/v1/health.js";
import { RpcServer } from "../../src/rpc/server.js";
import { call, eventually, failure } from "../support/call.js";
import { createOnly, ImportCall, newRows, tally } from "../support/imports.js";
import { useMongod } from "../support/mongod.js";
import { startServer, useServer } from "../support/server.js";
import { createUser, getUser, listPages, newEmail, newKey } from "../support/users.js";

const mongod = useMongod();
const lines: string[] = [];
const server = useServer(() => ({ mongodbUri: mongod.current.uri, log: (line) => lines.push(line) }));

/** What the log has of the database since the test began. */
const told = () =>
  lines
    .map((line) => JSON.parse(line))
    .flatMap(({ level, msg }) => (msg.startsWith("the database can") ? [[level, msg]] : []));

/** What health says, and every state that a watch is told. */
const watchHealth = () => {
  const client = server.current.client(HealthClient);
  const states: string[] = [];
  const watch = client.watch({ service: "roster.v1.UserService" });
  watch.on("data", ({ status }) => states.push(String(Serving[status])));
  watch.on("error", () => {});
  return {
    states,
    check: async () => Serving[(await call(client.check.bind(client), { service: "" })).status],
    end: () => watch.cancel(),
  };
};

const outages: [name: string, away: () => unknown, back: () => unknown][] = [
  ["stopped", () => mongod.current.stop(), () => mongod.current.startAgain()],
  ["frozen", () => mongod.current.freeze(), () => mongod.current.unfreeze()],
];

const unavailable = {
  code: "UNAVAILABLE",
  message: "the database cannot be reached",
  reason: "DATABASE_UNAVAILABLE",
  domain: "roster",
  metadata: {},
  violations: [],
  resource: undefined,
  retryAfterMs: 1_000,
};

describe.each(outages)("while the database is %s", (_name, away, back) => {
  it("calls are answered in time, health follows, and all goes on when it is back", { timeout: 60_000 }, async () => {
    lines.length = 0;
    const { users, connect } = server.current;
    const user = await createUser(users);
    const health = watchHealth();
    await expect.poll(() => health.states).toEqual(["SERVING"]);

    await away();
    const request = { email: newEmail(), requestId: newKey() };
    const withDeadline = { serverDeadlineMs: 2_000 };
    const byEmail = { email: user.email };
    // One client sets no deadline at all.
    const patient = connect();
    const noDeadline = new Promise((resolve, reject) => {
      patient.getUser({ id: user.id }, (error, response) => (error ? reject(error) : resolve(response)));
    });
    const errors = await Promise.all([
      failure(call(users.getUser.bind(users), { id: user.id }, withDeadline)),
      failure(call(users.getUserByEmail.bind(users), byEmail, withDeadline)),
      failure(call(users.batchGetUsers.bind(users), { ids: [user.id] }, withDeadline)),
      failure(createUser(users, request)),
      failure(listPages(users)),
      Promise.race([failure(noDeadline), sleep(8_000, "no answer")]),
    ]);
    expect(errors).toEqual(errors.map(() => unavailable));
    await expect.poll(() => health.states, { timeout: 10_000 }).toEqual(["SERVING", "NOT_SERVING"]);
    expect(await health.check()).toBe("NOT_SERVING");

    await back();
    expect(await eventually(() => getUser(users, user.id))).toEqual(user);
    const created = await eventually(() => createUser(users, request));
    expect(await createUser(users, request)).toEqual(created);
    await expect.poll(() => health.states, { timeout: 10_000 }).toEqual(["SERVING", "NOT_SERVING", "SERVING"]);
    expect(await health.check()).toBe("SERVING");
    health.end();
    expect(told()).toEqual([
      ["warn", "the database cannot be reached"],
      ["info", "the database can be reached again"],
    ]);
  });
});

describe("a server whose database goes away just before it listens", () => {
  it("says that it serves when the database is back", { timeout: 60_000 }, async () => {
    const { listen } = RpcServer.prototype;
    const slowly = vi.spyOn(RpcServer.prototype, "listen").mockImplementation(async function (
      this: RpcServer,
      ...given
    ) {
      await mongod.current.freeze();
      await sleep(5_000);
      return listen.apply(this, given);
    });
    const late = await startServer({ mongodbUri: mongod.current.uri });
    slowly.mockRestore();
    const client = late.client(HealthClient);
    const health = async () => Serving[(await call(client.check.bind(client), { service: "" })).status];
    await expect.poll(health, { timeout: 5_000 }).toBe("NOT_SERVING");
    mongod.current.unfreeze();
    await expect.poll(health, { timeout: 10_000 }).toBe("SERVING");
    await late.stop();
  });
});

describe("many lists of one caller while the database is frozen", () => {
  it("are all answered in time, and leave their turns to later ones", { timeout: 60_000 }, async () => {
    const { users } = server.current;
    await mongod.current.freeze();
    const frozen = Date.now();
    const seen = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const error = await failure(listPages(users));
        return { error, after: Date.now() - frozen };
      }),
    );
    mongod.current.unfreeze();
    expect(seen.map(({ error }) => error)).toEqual(seen.map(() => unavailable));
    expect(Math.max(...seen.map(({ after }) => after))).toBeLessThan(10_000);
    await eventually(() => listPages(users));
    expect(await Promise.all(Array.from({ length: 40 }, () => listPages(users)))).toHaveLength(40);
  });
});

describe("an import that waits for its client", () => {
  it("outlasts a database that is away for three seconds", { timeout: 60_000 }, async () => {
    const imported = new ImportCall(server.current.users, createOnly);
    imported.send(newRows(1));
    await imported.resultsUpTo(1);
    // In the middle of the outage the server has waited for the client for five seconds.
    await sleep(3_000);
    await mongod.current.freeze();
    await sleep(3_000);
    mongod.current.unfreeze();
    await eventually(() => createUser(server.current.users));
    imported.send(newRows(1));
    expect(tally(await imported.finish())).toEqual({ CREATED: 2 });
  });
});
