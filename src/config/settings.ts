import { type ClientScopes, clientScopes } from "./client-scopes.js";
import { duration, type HostPort, hostPort, integer, matching, oneOf, type Parser, setOf, size } from "./parsers.js";

/** One thing that can be configured, by an environment variable. */
export interface Setting<T> {
  readonly variable: string;
  /** In the form of the variable; undefined when the setting may be absent. */
  readonly default: string | undefined;
  readonly parse: Parser<T>;
  /** A sentence or two for the README, in Markdown. `{allowed}` stands for the words that the parser takes. */
  readonly description: string;
}

const setting = <T>(value: Setting<T>): Setting<T> => ({
  ...value,
  description: value.description.replace("{allowed}", value.parse.allowed ?? ""),
});

const file = (variable: string, description: string): Setting<string | undefined> =>
  setting<string | undefined>({ variable, default: undefined, parse: matching(/./, "a file"), description });

const day = 86_400_000;

/** Everything that can be configured. The README's list is checked against this table. */
export const settings = {
  mongodbUri: setting<string | undefined>({
    variable: "MONGODB_URI",
    default: undefined,
    parse: matching(/^mongodb(\+srv)?:\/\/\S+$/, "a connection string that starts with mongodb:// or mongodb+srv://"),
    description: "Connection string of a MongoDB replica set. Not set: an embedded MongoDB is started.",
  }),
  database: setting({
    variable: "ROSTER_DATABASE",
    default: "roster",
    parse: matching(/^[a-zA-Z0-9_-]{1,38}$/, "1-38 letters, digits, _ or -"),
    description: "Name of the database.",
  }),
  dataDir: setting({
    variable: "ROSTER_DATA_DIR",
    default: ".roster",
    parse: matching(/./, "a folder"),
    description: "Folder of the embedded MongoDB, relative to the working directory.",
  }),
  bcryptCost: setting({
    variable: "ROSTER_BCRYPT_COST",
    default: "12",
    parse: integer(10, 15),
    description: "Cost of bcrypt for new passwords, 10-15; one more doubles the work.",
  }),
  maxFailures: setting({
    variable: "ROSTER_MAX_FAILURES",
    default: "10",
    parse: integer(1, 1_000),
    description: "Most wrong passwords within the window for one email from one IP address, 1-1,000.",
  }),
  maxFailuresPerEmail: setting({
    variable: "ROSTER_MAX_FAILURES_PER_EMAIL",
    default: "100",
    parse: integer(1, 10_000),
    description: "Most wrong passwords within the window for one email from all addresses together, 1-10,000.",
  }),
  maxFailuresPerAddress: setting({
    variable: "ROSTER_MAX_FAILURES_PER_ADDRESS",
    default: "100",
    parse: integer(1, 10_000),
    description: "Most wrong passwords within the window from one IP address for all emails together, 1-10,000.",
  }),
  failureWindow: setting({
    variable: "ROSTER_FAILURE_WINDOW",
    default: "10m",
    parse: duration(1_000, day),
    description: "For how long a wrong password counts.",
  }),
  eventRetention: setting({
    variable: "ROSTER_EVENT_RETENTION",
    default: "90d",
    parse: duration(60_000, 3_650 * day),
    description: "How long events are kept.",
  }),
  watchHeartbeat: setting({
    variable: "ROSTER_WATCH_HEARTBEAT",
    default: "15s",
    parse: duration(100, day),
    description: "How often a watch gives a sign of life when nothing happens.",
  }),
  listen: setting({
    variable: "ROSTER_LISTEN",
    default: "127.0.0.1:50051",
    parse: hostPort,
    description: "Address to serve on, host:port. Without TLS only a loopback address is accepted.",
  }),
  tlsCertFile: file(
    "ROSTER_TLS_CERT_FILE",
    "The server's certificate and what leads to its root, PEM. Not set: no TLS.",
  ),
  tlsKeyFile: file("ROSTER_TLS_KEY_FILE", "The certificate's private key, PEM, not encrypted."),
  tlsClientCaFile: file(
    "ROSTER_TLS_CLIENT_CA_FILE",
    "Roots of client certificates, PEM. When set, no client connects without a certificate that leads to one of them.",
  ),
  tlsClientScopes: setting<ClientScopes | undefined>({
    variable: "ROSTER_TLS_CLIENT_SCOPES",
    default: undefined,
    parse: clientScopes,
    description:
      "What clients may do by their certificates: `NAME=scope,scope`, separated by spaces. Not set: they need API keys.",
  }),
  healthListen: setting<HostPort | undefined>({
    variable: "ROSTER_HEALTH_LISTEN",
    default: undefined,
    parse: hostPort,
    description: "Second address that answers health checks only, host:port, without TLS, for probes. Not set: none.",
  }),
  secretKeyFile: file(
    "ROSTER_SECRET_KEY_FILE",
    "The secret key, 32 bytes in base64, the same for all servers. Not set: one that is kept in the database.",
  ),
  authentication: setting<"required" | "none" | undefined>({
    variable: "ROSTER_AUTHENTICATION",
    default: undefined,
    parse: oneOf("required", "none"),
    description:
      "Whether callers must show who they are: {allowed}. " +
      "Not set: none on a loopback address without TLS, else required.",
  }),
  unauthenticatedServices: setting({
    variable: "ROSTER_UNAUTHENTICATED_SERVICES",
    default: "health",
    parse: setOf("health", "reflection"),
    description: "Services that everybody may call where callers must show who they are: {allowed}.",
  }),
  metricsListen: setting<HostPort | undefined>({
    variable: "ROSTER_METRICS_LISTEN",
    default: undefined,
    parse: hostPort,
    description: "Address to serve metrics for Prometheus on, host:port, over plain HTTP at `/metrics`. Not set: none.",
  }),
  logLevel: setting({
    variable: "ROSTER_LOG_LEVEL",
    default: "info",
    parse: oneOf("debug", "info", "warn", "error", "silent"),
    description:
      "Least level that is logged: {allowed}. " +
      "Calls are logged at info, and reads and exports leave no other trace.",
  }),
  shutdownGrace: setting({
    variable: "ROSTER_SHUTDOWN_GRACE",
    default: "10s",
    parse: duration(100, day),
    description: "Longest time from SIGTERM until the calls that are still open are ended.",
  }),
  maxRequestSize: setting({
    variable: "ROSTER_MAX_REQUEST_SIZE",
    default: "4MiB",
    parse: size(64 * 1_024, 64 * 1_048_576),
    description: "Largest request message.",
  }),
  maxMetadataSize: setting({
    variable: "ROSTER_MAX_METADATA_SIZE",
    default: "16KiB",
    parse: size(4 * 1_024, 64 * 1_024),
    description: "Most metadata of a call: names and values, and 32 bytes more for each pair.",
  }),
  requestTimeout: setting({
    variable: "ROSTER_REQUEST_TIMEOUT",
    default: "30s",
    parse: duration(1_000, day),
    description: "Longest wait for the request of a call to come whole.",
  }),
  streamIdleTimeout: setting({
    variable: "ROSTER_STREAM_IDLE_TIMEOUT",
    default: "5m",
    parse: duration(1_000, day),
    description: "Longest wait for a client to send, or to take, the next message of a stream.",
  }),
  maxStalledSize: setting({
    variable: "ROSTER_MAX_STALLED_SIZE",
    default: "64MiB",
    parse: size(1_048_576, 16_384 * 1_048_576),
    description:
      "Most bytes of messages that slow clients have not sent whole or not taken; the slowest calls are ended.",
  }),
  maxConcurrentStreams: setting({
    variable: "ROSTER_MAX_CONCURRENT_STREAMS",
    default: "256",
    parse: integer(1, 100_000),
    description: "Most calls at a time on one connection; a client queues the rest.",
  }),
  maxCallsPerCaller: setting({
    variable: "ROSTER_MAX_CALLS_PER_CALLER",
    default: "2000",
    parse: integer(1, 1_000_000),
    description: "Most calls at a time of one caller, over all its connections to a server.",
  }),
  maxWatchesPerCaller: setting({
    variable: "ROSTER_MAX_WATCHES_PER_CALLER",
    default: "100",
    parse: integer(1, 1_000_000),
    description: "Most watches of events at a time of one caller, over all its connections to a server.",
  }),
  maxConnectionAge: setting({
    variable: "ROSTER_MAX_CONNECTION_AGE",
    default: "30m",
    parse: duration(1_000, 20 * day),
    description: "Age at which a connection is told to go away, so that clients spread over servers anew.",
  }),
  maxConnectionIdle: setting({
    variable: "ROSTER_MAX_CONNECTION_IDLE",
    default: "15m",
    parse: duration(1_000, 20 * day),
    description: "Time without a call after which a connection is closed.",
  }),
  maxConnections: setting({
    variable: "ROSTER_MAX_CONNECTIONS",
    default: "10000",
    parse: integer(1, 1_000_000),
    description: "Most connections at a time; more are closed at once.",
  }),
  maxConnectionsPerAddress: setting({
    variable: "ROSTER_MAX_CONNECTIONS_PER_ADDRESS",
    default: "2000",
    parse: integer(1, 1_000_000),
    description: "Most connections at a time from one IP address.",
  }),
  keepaliveTime: setting({
    variable: "ROSTER_KEEPALIVE_TIME",
    default: "60s",
    parse: duration(1_000, day),
    description: "Time after which the server pings a connection.",
  }),
  keepaliveTimeout: setting({
    variable: "ROSTER_KEEPALIVE_TIMEOUT",
    default: "20s",
    parse: duration(100, day),
    description: "Time without an answer to a ping after which a connection is closed.",
  }),
};
