import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Refusal } from "../rpc/address-limiter.js";
import type { Offence } from "../rpc/connection.js";
import type { RefusedOutcome } from "../rpc/refused-calls.js";
import { version } from "../version.js";

/** A call that is over. */
export interface EndedCall {
  /** `/package.Service/Method`. */
  readonly method: string;
  readonly code: string;
  readonly durationMs: number;
}

/** What is read when somebody asks for it. */
export interface Readings {
  hashing(): { readonly running: number; readonly waiting: number };
  /** Mutations that wait for a commit. */
  waitingForCommit(): number;
  databaseHealthy(): boolean;
  /** Seconds by which this server's clock is ahead of the database's. */
  clockOffset(): number;
  /** Of clients. */
  connections(): number;
  databaseConnections(): { readonly open: number; readonly inUse: number };
  /** Seconds for which the oldest event that has no place in the order has waited; undefined when it cannot be read. */
  eventLag(): Promise<number | undefined>;
  /** Whether events get their place and can be read: what health checks of the event service tell. */
  eventsMove(): boolean;
  /** How often each kind of steady work has failed. */
  workFailures(): Readonly<Record<string, number>>;
  /** When the TLS certificate in use stops to be valid; undefined without TLS. */
  certificateExpiry(): Date | undefined;
}

// All of them, so that each has a series before it happens for the first time.
const refusals: Readonly<Record<Refusal, 0>> = { server_limit: 0, address_limit: 0 };
const offences: Readonly<Record<Offence, 0>> = {
  not_http2: 0,
  tls_handshake: 0,
  pings: 0,
  resets: 0,
  large_requests: 0,
  refused_calls: 0,
  frames: 0,
};
const refusedOutcomes: Readonly<Record<RefusedOutcome, 0>> = { delayed: 0, at_once: 0, connection_ended: 0 };

const callSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const commitSeconds = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5];
const commitSizes = [1, 2, 4, 8, 16, 32, 64, 128];

/** What an operator sees of one server, in the form of Prometheus. `docs/operations.md` says what each is for. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #calls = new Histogram({
    name: "roster_call_duration_seconds",
    help: "Calls that are over, from the first header to the status.",
    labelNames: ["method", "code"] as const,
    buckets: callSeconds,
    registers: [this.#registry],
  });
  readonly #openCalls = new Gauge({
    name: "roster_open_calls",
    help: "Calls that are under way, streams among them.",
    labelNames: ["method"] as const,
    registers: [this.#registry],
  });
  readonly #refusedConnections = new Counter({
    name: "roster_connections_refused_total",
    help: "Connections that were not let in.",
    labelNames: ["reason"] as const,
    registers: [this.#registry],
  });
  readonly #endedConnections = new Counter({
    name: "roster_connections_ended_total",
    help: "Connections that were ended for what their clients did.",
    labelNames: ["reason"] as const,
    registers: [this.#registry],
  });
  readonly #excessRefusals = new Counter({
    name: "roster_excess_refusals_total",
    help: "Calls that were refused beyond what an address may have refused at once.",
    labelNames: ["outcome"] as const,
    registers: [this.#registry],
  });
  readonly #commitSize = new Histogram({
    name: "roster_commit_calls",
    help: "Calls that shared a commit.",
    buckets: commitSizes,
    registers: [this.#registry],
  });
  readonly #commitDuration = new Histogram({
    name: "roster_commit_duration_seconds",
    help: "Commits, from the first read to the acknowledgement of the majority.",
    buckets: commitSeconds,
    registers: [this.#registry],
  });
  // Finding the series of labels costs more than counting.
  readonly #series = new Map<string, Histogram.Internal<"method" | "code">>();
  readonly #open = new Map<string, Gauge.Internal<"method">>();

  constructor(readings: Readings) {
    collectDefaultMetrics({ register: this.#registry });
    new Gauge({
      name: "roster_build_info",
      help: "1, with the version of Roster.",
      labelNames: ["version"],
      registers: [this.#registry],
    }).set({ version }, 1);
    for (const [reason, count] of Object.entries(refusals)) this.#refusedConnections.inc({ reason }, count);
    for (const [reason, count] of Object.entries(offences)) this.#endedConnections.inc({ reason }, count);
    for (const [outcome, count] of Object.entries(refusedOutcomes)) this.#excessRefusals.inc({ outcome }, count);
    this.#gauge("roster_connections", "Connections of clients.", () => readings.connections());
    this.#gauge("roster_hashing_running", "Passwords that are being hashed.", () => readings.hashing().running);
    this.#gauge("roster_hashing_waiting", "Passwords that wait to be hashed.", () => readings.hashing().waiting);
    this.#gauge("roster_commit_waiting", "Changes that wait for a commit.", () => readings.waitingForCommit());
    this.#gauge("roster_database_healthy", "1 when the database's primary answers.", () =>
      readings.databaseHealthy() ? 1 : 0,
    );
    this.#gauge(
      "roster_clock_offset_seconds",
      "By how much this server's clock is ahead of the database's; negative where it is behind.",
      () => readings.clockOffset(),
    );
    const toDatabase = () => readings.databaseConnections();
    this.#gauge("roster_database_connections", "Connections to the database.", () => toDatabase().open);
    this.#gauge("roster_database_connections_in_use", "Of these, in use.", () => toDatabase().inUse);
    this.#gauge(
      "roster_event_lag_seconds",
      "For how long the oldest event has waited for its place in the order; NaN when the database cannot tell.",
      async () => (await readings.eventLag()) ?? Number.NaN,
    );
    this.#gauge("roster_event_service_healthy", "0 when events have stood still for 30 seconds.", () =>
      readings.eventsMove() ? 1 : 0,
    );
    const failures: Counter<"work"> = new Counter({
      name: "roster_background_failures_total",
      help: "Tries that failed of the work beside calls.",
      labelNames: ["work"],
      registers: [this.#registry],
      collect: () => {
        failures.reset();
        for (const [work, count] of Object.entries(readings.workFailures())) failures.inc({ work }, count);
      },
    });
    this.#gauge(
      "roster_tls_certificate_not_after_seconds",
      "When the TLS certificate in use stops to be valid, in seconds since 1970; NaN without TLS.",
      () => (readings.certificateExpiry()?.getTime() ?? Number.NaN) / 1_000,
    );
  }

  callStarted(method: string): void {
    this.#openOf(method).inc();
  }

  callEnded({ method, code, durationMs }: EndedCall): void {
    this.#openOf(method).dec();
    const key = `${method} ${code}`;
    let series = this.#series.get(key);
    if (series === undefined) {
      series = this.#calls.labels({ method, code });
      this.#series.set(key, series);
    }
    series.observe(durationMs / 1_000);
  }

  connectionRefused(reason: Refusal): void {
    this.#refusedConnections.inc({ reason });
  }

  connectionEnded(reason: Offence): void {
    this.#endedConnections.inc({ reason });
  }

  excessRefusal(outcome: RefusedOutcome): void {
    this.#excessRefusals.inc({ outcome });
  }

  committed(calls: number, durationMs: number): void {
    this.#commitSize.observe(calls);
    this.#commitDuration.observe(durationMs / 1_000);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #openOf(method: string): Gauge.Internal<"method"> {
    let open = this.#open.get(method);
    if (open === undefined) {
      open = this.#openCalls.labels({ method });
      this.#open.set(method, open);
    }
    return open;
  }

  #gauge(name: string, help: string, read: () => number | Promise<number>): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect: async () => gauge.set(await read()),
    });
  }
}
