import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { failure } from "../support/call.js";
import { openWatch } from "../support/events.js";
import { useServer } from "../support/server.js";
import { createUser, getUser, newEmail, unusedId } from "../support/users.js";
import { RawConnection } from "../abuse/raw-http2.mjs";

const lines: string[] = [];
const env = { ROSTER_METRICS_LISTEN: "127.0.0.1:0", ROSTER_MAX_CONNECTIONS_PER_ADDRESS: "50" };
const server = useServer({ env, log: (line) => lines.push(line) });

const metricsUrl = (): string => {
  const [url] = /http:\/\/[^"]+\/metrics/.exec(lines.find((line) => line.includes("metrics at")) ?? "") ?? [];
  return url as string;
};

const scrape = async (): Promise<string> => {
  const response = await fetch(metricsUrl());
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toContain("text/plain");
  return response.text();
};

/** The value of a series, written as it stands. */
const valueOf = (text: string, series: string): number | undefined => {
  const line = text.split("\n").find((candidate) => candidate.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
};

const callsOf = (method: string, code: string) =>
  `roster_call_duration_seconds_count{method="/roster.v1.${method}",code="${code}"}`;

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");

/** What the documentation says of a metric with labels. */
const rowOf = (name: string): string =>
  new RegExp(`^\\| \`${name}\\{.*$`, "m").exec(read("docs/operations.md"))?.[0] ?? "";

describe("metrics", () => {
  it("count calls by method and code, with their times", async () => {
    const { users } = server.current;
    const { id } = await createUser(users);
    await getUser(users, id);
    await getUser(users, id);
    await failure(getUser(users, unusedId()));
    const text = await scrape();
    expect(valueOf(text, callsOf("UserService/GetUser", "OK"))).toBe(2);
    expect(valueOf(text, callsOf("UserService/GetUser", "NOT_FOUND"))).toBe(1);
    expect(valueOf(text, callsOf("UserService/CreateUser", "OK"))).toBe(1);
    const bucket = 'roster_call_duration_seconds_bucket{le="+Inf",method="/roster.v1.UserService/GetUser",code="OK"}';
    expect(valueOf(text, bucket)).toBe(2);
  });

  it("tell the streams that are open", async () => {
    const series = 'roster_open_calls{method="/roster.v1.EventService/WatchEvents"}';
    const watches = [await openWatch(server.current.address), await openWatch(server.current.address)];
    expect(valueOf(await scrape(), series)).toBe(2);
    for (const watch of watches) watch.cancel();
    await expect.poll(async () => valueOf(await scrape(), series)).toBe(0);
  });

  it("tell how many calls share a commit, and how long it takes", async () => {
    const before = await scrape();
    await Promise.all(Array.from({ length: 50 }, () => createUser(server.current.users)));
    const after = await scrape();
    const grown = (series: string) => (valueOf(after, series) ?? 0) - (valueOf(before, series) ?? 0);
    expect(grown("roster_commit_calls_sum")).toBe(50);
    expect(grown("roster_commit_calls_count")).toBeLessThan(25);
    expect(grown("roster_commit_duration_seconds_count")).toBe(grown("roster_commit_calls_count"));
  });

  it("count the connections of clients, and those that had to be ended", async () => {
    const { address, users } = server.current;
    await failure(getUser(users, unusedId()));
    const ended = 'roster_connections_ended_total{reason="not_http2"}';
    expect(valueOf(await scrape(), "roster_connections")).toBeGreaterThan(0);
    expect(valueOf(await scrape(), ended)).toBe(0);
    await new RawConnection(address, Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")).closed;
    expect(valueOf(await scrape(), ended)).toBe(1);
  });

  it("count the connections that are not let in", async () => {
    const refused = 'roster_connections_refused_total{reason="address_limit"}';
    expect(valueOf(await scrape(), refused)).toBe(0);
    const connections = Array.from({ length: 51 }, () => new RawConnection(server.current.address));
    await Promise.race(connections.map(({ closed }) => closed));
    expect(valueOf(await scrape(), refused)).toBeGreaterThan(0);
    for (const { socket } of connections) socket.destroy();
  });

  it("have each reason for which connections are refused or ended before it happens", async () => {
    const text = await scrape();
    for (const name of ["roster_connections_refused_total", "roster_connections_ended_total"]) {
      const reasons = Array.from(
        text.matchAll(new RegExp(`^${name}\\{reason="(\\w+)"\\} `, "gm")),
        ([, reason]) => reason,
      );
      expect(reasons.length).toBeGreaterThan(1);
      for (const reason of reasons) expect(rowOf(name)).toContain(`\`${reason}\``);
    }
  });

  it("tell the version", async () => {
    const { version } = JSON.parse(read("package.json"));
    expect(valueOf(await scrape(), `roster_build_info{version="${version}"}`)).toBe(1);
  });

  it("tell the state of the rest", async () => {
    const text = await scrape();
    expect(valueOf(text, "roster_database_healthy")).toBe(1);
    expect(Math.abs(valueOf(text, "roster_clock_offset_seconds") ?? Number.NaN)).toBeLessThan(5);
    expect(valueOf(text, "roster_hashing_running")).toBe(0);
    expect(valueOf(text, "roster_hashing_waiting")).toBe(0);
    expect(valueOf(text, "roster_commit_waiting")).toBe(0);
    expect(valueOf(text, "roster_database_connections")).toBeGreaterThan(0);
    await expect.poll(async () => valueOf(await scrape(), "roster_event_lag_seconds")).toBe(0);
  });

  it("hold nothing of a user", async () => {
    const email = newEmail();
    const { id } = await createUser(server.current.users, { email, externalId: `external-${email}` });
    const text = await scrape();
    expect(text).not.toContain(email);
    expect(text).not.toContain(id);
  });

  it("are at /metrics only", async () => {
    const elsewhere = await fetch(metricsUrl().replace("/metrics", "/"));
    expect(elsewhere.status).toBe(404);
    expect((await fetch(metricsUrl(), { method: "POST" })).status).toBe(404);
  });

  it("are all that the dashboard and the documentation name", async () => {
    const text = await scrape();
    const existing = new Set(Array.from(text.matchAll(/^# TYPE (\S+) (\S+)/gm), ([, name]) => name as string));
    const named = (file: string) =>
      new Set(
        Array.from(read(file).matchAll(/\b(?:roster|process|nodejs)_[a-z0-9_]+/g), ([name]) =>
          existing.has(name) ? name : name.replace(/_(bucket|sum|count)$/, ""),
        ),
      );
    const ours = [...existing].filter((name) => name.startsWith("roster_"));
    for (const file of ["deploy/grafana-dashboard.json", "docs/operations.md"]) {
      expect([...named(file)].filter((name) => !existing.has(name))).toEqual([]);
      expect(ours.filter((name) => !named(file).has(name))).toEqual([]);
    }
  });
});
