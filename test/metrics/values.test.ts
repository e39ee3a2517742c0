import { describe, expect, it } from "vitest";
import { Metrics, type Readings } from "../../src/metrics/metrics.js";

const getUser = "/roster.v1.UserService/GetUser";

/** The values of some series, by the line that each is in. */
const valuesOf = async (metrics: Metrics, series: readonly string[]): Promise<Record<string, number>> => {
  const lines = (await metrics.text()).split("\n").map((line) => [line.replace(/ \S+$/, ""), line.split(" ").at(-1)]);
  return Object.fromEntries(series.map((name) => [name, Number(lines.find(([found]) => found === name)?.[1])]));
};

const readings: Readings = {
  hashing: () => ({ running: 2, waiting: 3 }),
  waitingForCommit: () => 5,
  databaseHealthy: () => true,
  clockOffset: () => -19.5,
  connections: () => 7,
  databaseConnections: () => ({ open: 13, inUse: 11 }),
  eventLag: async () => 17,
  eventsMove: () => true,
  workFailures: () => ({ event_numbering: 19, heartbeat: 0 }),
  certificateExpiry: () => new Date("2027-01-01T00:00:00Z"),
};

describe("each metric has the value that it is of:", () => {
  it("of what is read when somebody asks", async () => {
    const expected = {
      roster_hashing_running: 2,
      roster_hashing_waiting: 3,
      roster_commit_waiting: 5,
      roster_database_healthy: 1,
      roster_clock_offset_seconds: -19.5,
      roster_connections: 7,
      roster_database_connections: 13,
      roster_database_connections_in_use: 11,
      roster_event_lag_seconds: 17,
      roster_event_service_healthy: 1,
      'roster_background_failures_total{work="event_numbering"}': 19,
      'roster_background_failures_total{work="heartbeat"}': 0,
      roster_tls_certificate_not_after_seconds: Date.UTC(2027, 0) / 1_000,
    };
    expect(await valuesOf(new Metrics(readings), Object.keys(expected))).toEqual(expected);
  });

  it("where the database is away, and without TLS", async () => {
    const expected = {
      roster_database_healthy: 0,
      roster_event_service_healthy: 0,
      roster_event_lag_seconds: Number.NaN,
      roster_tls_certificate_not_after_seconds: Number.NaN,
    };
    const metrics = new Metrics({
      ...readings,
      databaseHealthy: () => false,
      eventsMove: () => false,
      eventLag: async () => undefined,
      certificateExpiry: () => undefined,
    });
    const text = await metrics.text();
    for (const [name, value] of Object.entries(expected)) expect(text).toMatch(new RegExp(`^${name} ${value}$`, "mi"));
  });

  it("of what is counted, times in seconds", async () => {
    const metrics = new Metrics(readings);
    for (let i = 0; i < 3; i++) metrics.callStarted(getUser);
    metrics.callEnded({ method: getUser, code: "OK", durationMs: 30 });
    metrics.callEnded({ method: getUser, code: "NOT_FOUND", durationMs: 2_000 });
    metrics.committed(4, 1_500);
    metrics.connectionRefused("server_limit");
    metrics.connectionEnded("frames");
    const expected = {
      [`roster_open_calls{method="${getUser}"}`]: 1,
      [`roster_call_duration_seconds_sum{method="${getUser}",code="OK"}`]: 0.03,
      [`roster_call_duration_seconds_bucket{le="0.025",method="${getUser}",code="OK"}`]: 0,
      [`roster_call_duration_seconds_bucket{le="0.05",method="${getUser}",code="OK"}`]: 1,
      [`roster_call_duration_seconds_sum{method="${getUser}",code="NOT_FOUND"}`]: 2,
      roster_commit_calls_sum: 4,
      roster_commit_duration_seconds_sum: 1.5,
      'roster_connections_refused_total{reason="server_limit"}': 1,
      'roster_connections_refused_total{reason="address_limit"}': 0,
      'roster_connections_ended_total{reason="frames"}': 1,
      'roster_connections_ended_total{reason="not_http2"}': 0,
    };
    expect(await valuesOf(metrics, Object.keys(expected))).toEqual(expected);
  });
});
