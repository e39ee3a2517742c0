import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HealthCheckResponse_ServingStatus as Status, HealthClient } from "../../gen/ts/health/v1/health.js";
import { SteadyWorks, WorkAccount } from "../../src/mongo/steady-work.js";
import { call } from "../support/call.js";
import { listEvents } from "../support/events.js";
import { useMongod } from "../support/mongod.js";
import { startServer, type TestServer } from "../support/server.js";
import { createUser } from "../support/users.js";

/** Longer than events may stand still, and a look at them. */
const patience = { timeout: 90_000, interval: 250 };
const services = ["roster.v1.EventService", "roster.v1.UserService", ""];

const mongod = useMongod();
const lines: { level: string; msg: string; err?: { message: string } }[] = [];
let first: TestServer;
let second: TestServer;

beforeAll(async () => {
  const env = { ROSTER_METRICS_LISTEN: "127.0.0.1:0" };
  first = await startServer({ mongodbUri: mongod.current.uri, env, log: (line) => lines.push(JSON.parse(line)) });
  second = await first.another({ log: () => {}, env: {} });
});

afterAll(async () => {
  await first?.stop();
});

const statesOf = async (server: TestServer): Promise<Record<string, Status>> => {
  const health = server.client(HealthClient);
  const states = await Promise.all(services.map((service) => call(health.check.bind(health), { service })));
  return Object.fromEntries(services.map((service, i) => [service, states[i]?.status as Status]));
};

const allServe = Object.fromEntries(services.map((service) => [service, Status.SERVING]));
const onlyEventsDoNot = { ...allServe, "roster.v1.EventService": Status.NOT_SERVING };

const saidOfNumbering = () => lines.filter(({ msg }) => msg.startsWith("giving events their place"));

const failuresOfNumbering = async (): Promise<number> => {
  const url = /http:\S+\/metrics/.exec(lines.find(({ msg }) => msg.startsWith("metrics at"))?.msg ?? "")?.[0] ?? "";
  const text = await (await fetch(url)).text();
  return Number(/^roster_background_failures_total\{work="event_numbering"\} (\d+)$/m.exec(text)?.[1]);
};

describe("when events cannot get their place", () => {
  it("every server says so of its event service alone, and the log once, with what to change", {
    timeout: 240_000,
  }, async () => {
    await createUser(first.users);
    await expect.poll(async () => (await listEvents(first.address)).length).toBe(1);
    const failing = { failCommands: ["insert"], namespace: `${first.db.databaseName}.events`, errorCode: 13 };
    const user = await mongod.current.whileFailing(failing, "alwaysOn", async () => {
      const created = await createUser(first.users);
      await expect.poll(() => statesOf(first), patience).toEqual(onlyEventsDoNot);
      await expect.poll(() => statesOf(second), patience).toEqual(onlyEventsDoNot);
      const [line, ...others] = saidOfNumbering();
      expect(others).toEqual([]);
      expect(line).toMatchObject({ level: "error" });
      expect(line?.err?.message).toMatch(/Unauthorized, code 13.*grant the user of MONGODB_URI/);
      return created;
    });
    // Each pause is twice as long as the one before, up to two seconds.
    expect(await failuresOfNumbering()).toBeLessThan(100);
    await expect.poll(() => statesOf(first), patience).toEqual(allServe);
    await expect.poll(() => statesOf(second), patience).toEqual(allServe);
    const events = await listEvents(second.address);
    expect(events.at(-1)?.object).toMatchObject({ value: { id: user.id } });
    expect(saidOfNumbering().map(({ level }) => level)).toEqual(["error", "info"]);
  });
});

describe("work that fails", () => {
  it("is told of when it fails for a second, and when it succeeds again", async () => {
    const told: string[] = [];
    const works = new SteadyWorks({
      error: ({ err }, line) => told.push(`error ${line} ${String(err)}`),
      info: (line) => told.push(`info ${line}`),
    });
    const account = works.account("event_dropping");
    account.failed(new Error("a moment"));
    account.succeeded();
    expect(told).toEqual([]);
    account.failed(new Error("first"));
    while (account.failingMs < 1_000) await account.pause(new AbortController().signal);
    account.failed(new Error("second"));
    account.failed(new Error("third"));
    account.succeeded();
    account.succeeded();
    expect(told).toEqual([
      expect.stringMatching(/^error dropping old events fails; .* Error: second$/),
      expect.stringMatching(/^info dropping old events works again/),
    ]);
    expect(works.failures).toMatchObject({ event_dropping: 4, heartbeat: 0 });
  });

  it("is tried again at once when the server stops", async () => {
    const account = new WorkAccount({ onFailure: () => {}, onTrouble: () => {}, onRecovery: () => {} });
    for (let i = 0; i < 50; i++) await account.pause(AbortSignal.abort());
  });
});
