import { describe, expect, it } from "vitest";
import { ConfigError, loadConfig } from "../../src/config/config.js";
import { settings } from "../../src/config/settings.js";

/** The lines of what is wrong with a configuration. */
const mistakes = (env: Record<string, string>): string[] => {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message.split("\n");
  }
};

const minute = 60_000;
const day = 86_400_000;

const defaults = {
  mongodbUri: undefined,
  database: "roster",
  dataDir: ".roster",
  bcryptCost: 12,
  maxFailures: 10,
  maxFailuresPerEmail: 100,
  maxFailuresPerAddress: 100,
  failureWindow: 10 * minute,
  authentication: undefined,
  unauthenticatedServices: new Set(["health"]),
  metricsListen: undefined,
  eventRetention: 90 * day,
  watchHeartbeat: 15_000,
  listen: { host: "127.0.0.1", port: 50_051 },
  tlsCertFile: undefined,
  tlsKeyFile: undefined,
  tlsClientCaFile: undefined,
  tlsClientScopes: undefined,
  healthListen: undefined,
  secretKeyFile: undefined,
  logLevel: "info",
  shutdownGrace: 10_000,
  maxRequestSize: 4 * 1_024 * 1_024,
  maxMetadataSize: 16 * 1_024,
  requestTimeout: 30_000,
  streamIdleTimeout: 5 * minute,
  maxStalledSize: 64 * 1_024 * 1_024,
  maxConcurrentStreams: 256,
  maxCallsPerCaller: 2_000,
  maxWatchesPerCaller: 100,
  maxConnectionIdle: 15 * minute,
  maxConnections: 10_000,
  maxConnectionsPerAddress: 2_000,
  maxConnectionAge: 30 * minute,
  keepaliveTime: minute,
  keepaliveTimeout: 20_000,
};

const read: [variable: string, given: string, name: keyof typeof defaults, value: unknown][] = [
  ["MONGODB_URI", "mongodb://a,b/?replicaSet=rs0", "mongodbUri", "mongodb://a,b/?replicaSet=rs0"],
  ["MONGODB_URI", "mongodb+srv://cluster.example.com", "mongodbUri", "mongodb+srv://cluster.example.com"],
  ["ROSTER_DATABASE", "my_roster-2", "database", "my_roster-2"],
  ["ROSTER_DATA_DIR", "/var/lib/roster", "dataDir", "/var/lib/roster"],
  ["ROSTER_BCRYPT_COST", "10", "bcryptCost", 10],
  ["ROSTER_MAX_FAILURES", "1000", "maxFailures", 1_000],
  ["ROSTER_MAX_FAILURES_PER_EMAIL", "10000", "maxFailuresPerEmail", 10_000],
  ["ROSTER_MAX_FAILURES_PER_ADDRESS", "1", "maxFailuresPerAddress", 1],
  ["ROSTER_FAILURE_WINDOW", "1s", "failureWindow", 1_000],
  ["ROSTER_EVENT_RETENTION", "3650d", "eventRetention", 3_650 * day],
  ["ROSTER_WATCH_HEARTBEAT", "100ms", "watchHeartbeat", 100],
  ["ROSTER_LISTEN", "localhost:0", "listen", { host: "localhost", port: 0 }],
  ["ROSTER_LISTEN", "127.255.255.254:65535", "listen", { host: "127.255.255.254", port: 65_535 }],
  ["ROSTER_LISTEN", "[::1]:50051", "listen", { host: "::1", port: 50_051 }],
  ["ROSTER_HEALTH_LISTEN", "0.0.0.0:50052", "healthListen", { host: "0.0.0.0", port: 50_052 }],
  ["ROSTER_SECRET_KEY_FILE", "/etc/roster/secret.key", "secretKeyFile", "/etc/roster/secret.key"],
  ["ROSTER_AUTHENTICATION", "required", "authentication", "required"],
  ["ROSTER_AUTHENTICATION", "none", "authentication", "none"],
  ["ROSTER_UNAUTHENTICATED_SERVICES", "none", "unauthenticatedServices", new Set()],
  [
    "ROSTER_UNAUTHENTICATED_SERVICES",
    "reflection, health",
    "unauthenticatedServices",
    new Set(["health", "reflection"]),
  ],
  ["ROSTER_METRICS_LISTEN", "0.0.0.0:9464", "metricsListen", { host: "0.0.0.0", port: 9_464 }],
  ["ROSTER_LOG_LEVEL", "silent", "logLevel", "silent"],
  ["ROSTER_SHUTDOWN_GRACE", "500ms", "shutdownGrace", 500],
  ["ROSTER_SHUTDOWN_GRACE", "1d", "shutdownGrace", day],
  ["ROSTER_MAX_REQUEST_SIZE", "64KiB", "maxRequestSize", 65_536],
  ["ROSTER_MAX_REQUEST_SIZE", "64MiB", "maxRequestSize", 64 * 1_024 * 1_024],
  ["ROSTER_MAX_CONCURRENT_STREAMS", "1", "maxConcurrentStreams", 1],
  ["ROSTER_MAX_CALLS_PER_CALLER", "1", "maxCallsPerCaller", 1],
  ["ROSTER_MAX_WATCHES_PER_CALLER", "1", "maxWatchesPerCaller", 1],
  ["ROSTER_MAX_METADATA_SIZE", "64KiB", "maxMetadataSize", 65_536],
  ["ROSTER_REQUEST_TIMEOUT", "1s", "requestTimeout", 1_000],
  ["ROSTER_STREAM_IDLE_TIMEOUT", "1h", "streamIdleTimeout", 60 * minute],
  ["ROSTER_MAX_STALLED_SIZE", "1MiB", "maxStalledSize", 1_048_576],
  ["ROSTER_MAX_CONNECTION_IDLE", "1s", "maxConnectionIdle", 1_000],
  ["ROSTER_MAX_CONNECTIONS", "1", "maxConnections", 1],
  ["ROSTER_MAX_CONNECTIONS_PER_ADDRESS", "1000000", "maxConnectionsPerAddress", 1_000_000],
  ["ROSTER_MAX_CONNECTION_AGE", "20d", "maxConnectionAge", 20 * day],
  ["ROSTER_KEEPALIVE_TIME", "2h", "keepaliveTime", 120 * minute],
  ["ROSTER_KEEPALIVE_TIMEOUT", "15m", "keepaliveTimeout", 15 * minute],
];

const tls = {
  ROSTER_TLS_CERT_FILE: "tls.crt",
  ROSTER_TLS_KEY_FILE: "tls.key",
  ROSTER_TLS_CLIENT_CA_FILE: "ca.crt",
  ROSTER_TLS_CLIENT_SCOPES: "DNS:a=admin",
};

const readWithTls: typeof read = [
  ["ROSTER_TLS_CERT_FILE", "/etc/roster/tls.crt", "tlsCertFile", "/etc/roster/tls.crt"],
  ["ROSTER_TLS_KEY_FILE", "/etc/roster/tls.key", "tlsKeyFile", "/etc/roster/tls.key"],
  ["ROSTER_TLS_CLIENT_CA_FILE", "/etc/roster/ca.crt", "tlsClientCaFile", "/etc/roster/ca.crt"],
  [
    "ROSTER_TLS_CLIENT_SCOPES",
    " DNS:Billing.internal=users:read,users:write  URI:spiffe://acme/ops?x=1=admin email:a@b.example=events:read",
    "tlsClientScopes",
    new Map([
      ["DNS:Billing.internal", new Set(["users:read", "users:write"])],
      ["URI:spiffe://acme/ops?x=1", new Set(["admin"])],
      ["email:a@b.example", new Set(["events:read"])],
    ]),
  ],
  ["ROSTER_LISTEN", "0.0.0.0:50051", "listen", { host: "0.0.0.0", port: 50_051 }],
];

const uri = "MONGODB_URI must be a connection string that starts with mongodb:// or mongodb+srv://";
const database = "ROSTER_DATABASE must be 1-38 letters, digits, _ or -";
const listen = "ROSTER_LISTEN must be host:port, like 127.0.0.1:50051 or [::1]:50051";
const loopback =
  "ROSTER_LISTEN must be a loopback address, like 127.0.0.1:50051, unless ROSTER_TLS_CERT_FILE and ROSTER_TLS_KEY_FILE " +
  "are set: keys and passwords would cross the network without encryption";
const bcryptCost = "ROSTER_BCRYPT_COST must be a whole number from 10 to 15";
const failures = "ROSTER_MAX_FAILURES must be a whole number from 1 to 1000";
const upToTenThousand = (variable: string) => `${variable} must be a whole number from 1 to 10000`;
const window = "ROSTER_FAILURE_WINDOW must be a duration like 500ms, 15s, 30m or 90d, from 1000ms to 86400000ms";
const retention =
  "ROSTER_EVENT_RETENTION must be a duration like 500ms, 15s, 30m or 90d, from 60000ms to 315360000000ms";
const heartbeat = "ROSTER_WATCH_HEARTBEAT must be a duration like 500ms, 15s, 30m or 90d, from 100ms to 86400000ms";
const authentication = "ROSTER_AUTHENTICATION must be one of required, none";
const services = "ROSTER_UNAUTHENTICATED_SERVICES must be none, or some of health, reflection, separated by commas";
const level = "ROSTER_LOG_LEVEL must be one of debug, info, warn, error, silent";
const grace = "ROSTER_SHUTDOWN_GRACE must be a duration like 500ms, 15s, 30m or 90d, from 100ms to 86400000ms";
const requestSize = "ROSTER_MAX_REQUEST_SIZE must be a size like 512KiB or 4MiB, from 65536 to 67108864 bytes";
const streams = "ROSTER_MAX_CONCURRENT_STREAMS must be a whole number from 1 to 100000";
const metadataSize = "ROSTER_MAX_METADATA_SIZE must be a size like 512KiB or 4MiB, from 4096 to 65536 bytes";
const stalledSize = "ROSTER_MAX_STALLED_SIZE must be a size like 512KiB or 4MiB, from 1048576 to 17179869184 bytes";
const requestTime = "ROSTER_REQUEST_TIMEOUT must be a duration like 500ms, 15s, 30m or 90d, from 1000ms to 86400000ms";
const idleTime = "ROSTER_STREAM_IDLE_TIMEOUT must be a duration like 500ms, 15s, 30m or 90d, from 1000ms to 86400000ms";
const idle = "ROSTER_MAX_CONNECTION_IDLE must be a duration like 500ms, 15s, 30m or 90d, from 1000ms to 1728000000ms";
const upToMillion = (variable: string) => `${variable} must be a whole number from 1 to 1000000`;
const age = "ROSTER_MAX_CONNECTION_AGE must be a duration like 500ms, 15s, 30m or 90d, from 1000ms to 1728000000ms";
const keepalive = "ROSTER_KEEPALIVE_TIME must be a duration like 500ms, 15s, 30m or 90d, from 1000ms to 86400000ms";
const timeout = "ROSTER_KEEPALIVE_TIMEOUT must be a duration like 500ms, 15s, 30m or 90d, from 100ms to 86400000ms";

const clientEntry = (entry: string): string =>
  "ROSTER_TLS_CLIENT_SCOPES must have entries NAME=scope,scope separated by spaces, where NAME is like " +
  `DNS:billing.internal, URI:spiffe://acme/ops or email:ops@acme.example, without wildcards; it has ${entry}`;
const clientScope = (name: string, scope: string): string =>
  "ROSTER_TLS_CLIENT_SCOPES must give scopes of users:read, users:write, users:export, authentication, " +
  `organizations:read, organizations:write, events:read, admin; ${name} has "${scope}"`;
const clientTwice = (name: string): string =>
  `ROSTER_TLS_CLIENT_SCOPES must have one entry for each name, and has two for ${name}`;

const refused: [variable: string, given: string, mistake: string][] = [
  ["MONGODB_URI", "localhost:27017", uri],
  ["MONGODB_URI", "mongodb://a b", uri],
  ["ROSTER_DATABASE", "a/b", database],
  ["ROSTER_DATABASE", "x".repeat(39), database],
  ["ROSTER_BCRYPT_COST", "9", bcryptCost],
  ["ROSTER_BCRYPT_COST", "16", bcryptCost],
  ["ROSTER_MAX_FAILURES", "0", failures],
  ["ROSTER_MAX_FAILURES", "1001", failures],
  ["ROSTER_MAX_FAILURES_PER_EMAIL", "10001", upToTenThousand("ROSTER_MAX_FAILURES_PER_EMAIL")],
  ["ROSTER_MAX_FAILURES_PER_ADDRESS", "0", upToTenThousand("ROSTER_MAX_FAILURES_PER_ADDRESS")],
  ["ROSTER_FAILURE_WINDOW", "999ms", window],
  ["ROSTER_FAILURE_WINDOW", "2d", window],
  ["ROSTER_EVENT_RETENTION", "59s", retention],
  ["ROSTER_WATCH_HEARTBEAT", "0s", heartbeat],
  ["ROSTER_AUTHENTICATION", "off", authentication],
  ["ROSTER_UNAUTHENTICATED_SERVICES", "health,users", services],
  ["ROSTER_UNAUTHENTICATED_SERVICES", "none,health", services],
  ["ROSTER_METRICS_LISTEN", "9464", listen.replace("ROSTER_LISTEN", "ROSTER_METRICS_LISTEN")],
  ["ROSTER_LISTEN", "50051", listen],
  ["ROSTER_LISTEN", ":50051", listen],
  ["ROSTER_LISTEN", "localhost:65536", listen],
  ["ROSTER_LISTEN", "::1:50051", listen],
  ["ROSTER_LISTEN", "0.0.0.0:50051", loopback],
  ["ROSTER_LISTEN", "[::]:50051", loopback],
  ["ROSTER_LISTEN", "10.0.0.1:50051", loopback],
  ["ROSTER_LISTEN", "127.0.0.1.example.com:50051", loopback],
  ["ROSTER_LISTEN", "roster.example.com:50051", loopback],
  ["ROSTER_HEALTH_LISTEN", "50052", listen.replace("ROSTER_LISTEN", "ROSTER_HEALTH_LISTEN")],
  ["ROSTER_LOG_LEVEL", "INFO", level],
  ["ROSTER_SHUTDOWN_GRACE", "10", grace],
  ["ROSTER_SHUTDOWN_GRACE", "-1s", grace],
  ["ROSTER_SHUTDOWN_GRACE", "1.5s", grace],
  ["ROSTER_SHUTDOWN_GRACE", "99ms", grace],
  ["ROSTER_SHUTDOWN_GRACE", "2d", grace],
  ["ROSTER_MAX_REQUEST_SIZE", "4MB", requestSize],
  ["ROSTER_MAX_REQUEST_SIZE", "63KiB", requestSize],
  ["ROSTER_MAX_REQUEST_SIZE", "65MiB", requestSize],
  ["ROSTER_MAX_CONCURRENT_STREAMS", "0", streams],
  ["ROSTER_MAX_CONCURRENT_STREAMS", "1e3", streams],
  ["ROSTER_MAX_CALLS_PER_CALLER", "0", upToMillion("ROSTER_MAX_CALLS_PER_CALLER")],
  ["ROSTER_MAX_WATCHES_PER_CALLER", "0", upToMillion("ROSTER_MAX_WATCHES_PER_CALLER")],
  ["ROSTER_MAX_METADATA_SIZE", "65KiB", metadataSize],
  ["ROSTER_MAX_METADATA_SIZE", "3KiB", metadataSize],
  ["ROSTER_REQUEST_TIMEOUT", "999ms", requestTime],
  ["ROSTER_STREAM_IDLE_TIMEOUT", "0s", idleTime],
  ["ROSTER_MAX_STALLED_SIZE", "1023KiB", stalledSize],
  ["ROSTER_MAX_CONNECTION_IDLE", "21d", idle],
  ["ROSTER_MAX_CONNECTIONS", "0", upToMillion("ROSTER_MAX_CONNECTIONS")],
  ["ROSTER_MAX_CONNECTIONS_PER_ADDRESS", "none", upToMillion("ROSTER_MAX_CONNECTIONS_PER_ADDRESS")],
  ["ROSTER_MAX_CONNECTION_AGE", "999ms", age],
  ["ROSTER_KEEPALIVE_TIME", "never", keepalive],
  ["ROSTER_KEEPALIVE_TIMEOUT", "0s", timeout],
];

const refusedClientScopes: [given: string, mistake: string][] = [
  ["DNS:a", clientEntry("DNS:a")],
  ["=admin", clientEntry("=admin")],
  ["billing.internal=admin", clientEntry("billing.internal=admin")],
  ["dns:a=admin", clientEntry("dns:a=admin")],
  ["CN:a=admin", clientEntry("CN:a=admin")],
  ["DNS:*.internal=admin", clientEntry("DNS:*.internal=admin")],
  ["DNS:a,DNS:b=admin", clientEntry("DNS:a,DNS:b=admin")],
  ['DNS:"a"=admin', clientEntry('DNS:"a"=admin')],
  ["URI:spiffe=admin", clientEntry("URI:spiffe=admin")],
  ["URI:spiffe://a,b=admin", clientEntry("URI:spiffe://a,b=admin")],
  ['URI:spiffe://a"b=admin', clientEntry('URI:spiffe://a"b=admin')],
  ["URI:spiffe://a\\b=admin", clientEntry("URI:spiffe://a\\b=admin")],
  ["email:a\\b@c.example=admin", clientEntry("email:a\\b@c.example=admin")],
  ["email:a=admin", clientEntry("email:a=admin")],
  ["DNS:a=", clientScope("DNS:a", "")],
  ["DNS:a=users:read,", clientScope("DNS:a", "")],
  ["DNS:a=users:delete", clientScope("DNS:a", "users:delete")],
  ["DNS:b=admin DNS:a=Admin", clientScope("DNS:a", "Admin")],
  ["DNS:a=admin DNS:A=users:read", clientTwice("DNS:A")],
  ["URI:spiffe://a=admin URI:spiffe://a=admin", clientTwice("URI:spiffe://a")],
  [" ", "ROSTER_TLS_CLIENT_SCOPES must have at least one entry NAME=scope,scope"],
];

const together = (missing: string): string =>
  `${missing} must be set: ROSTER_TLS_CERT_FILE and ROSTER_TLS_KEY_FILE go together`;
const clientCa =
  "ROSTER_TLS_CLIENT_CA_FILE needs ROSTER_TLS_CERT_FILE and ROSTER_TLS_KEY_FILE: without TLS no client shows a certificate";
const clientScopes = "ROSTER_TLS_CLIENT_SCOPES needs ROSTER_TLS_CLIENT_CA_FILE, by which certificates are checked";

const half: [name: string, without: (keyof typeof tls)[], mistakes: string[]][] = [
  ["a certificate without a key", ["ROSTER_TLS_KEY_FILE"], [together("ROSTER_TLS_KEY_FILE")]],
  ["a key without a certificate", ["ROSTER_TLS_CERT_FILE"], [together("ROSTER_TLS_CERT_FILE")]],
  ["a client CA without TLS", ["ROSTER_TLS_CERT_FILE", "ROSTER_TLS_KEY_FILE"], [clientCa]],
  ["client scopes without a client CA", ["ROSTER_TLS_CLIENT_CA_FILE"], [clientScopes]],
  ["client scopes alone", ["ROSTER_TLS_CERT_FILE", "ROSTER_TLS_KEY_FILE", "ROSTER_TLS_CLIENT_CA_FILE"], [clientScopes]],
  [
    "several halves",
    ["ROSTER_TLS_KEY_FILE", "ROSTER_TLS_CLIENT_CA_FILE"],
    [together("ROSTER_TLS_KEY_FILE"), clientScopes],
  ],
];

const isNoSetting = (name: string, meant?: string): string[] => [
  `${name} is not a setting${meant === undefined ? "" : `; did you mean ${meant}?`}`,
];

const unknown: [name: string, value: string, mistakes: string[]][] = [
  ["ROSTER_AUTHENTICAITON", "required", isNoSetting("ROSTER_AUTHENTICAITON", "ROSTER_AUTHENTICATION")],
  ["ROSTER_TLS_CLIENT_CA", "ca.pem", isNoSetting("ROSTER_TLS_CLIENT_CA", "ROSTER_TLS_CLIENT_CA_FILE")],
  ["ROSTER_TLS_CERT", "tls.crt", isNoSetting("ROSTER_TLS_CERT", "ROSTER_TLS_CERT_FILE")],
  ["ROSTER_LOGLEVEL", "info", isNoSetting("ROSTER_LOGLEVEL", "ROSTER_LOG_LEVEL")],
  ["ROSTER_LISTEN_ADDRESS", "127.0.0.1:1", isNoSetting("ROSTER_LISTEN_ADDRESS", "ROSTER_LISTEN")],
  ["ROSTER_MONGODB_URI", "mongodb://a", isNoSetting("ROSTER_MONGODB_URI", "MONGODB_URI")],
  ["ROSTER_Authentication", "required", isNoSetting("ROSTER_Authentication", "ROSTER_AUTHENTICATION")],
  ["ROSTER_SALT", "x", isNoSetting("ROSTER_SALT")],
  ["ROSTER_PORT", "50051", isNoSetting("ROSTER_PORT")],
  ["ROSTER_METRICS_PORT", "9464", isNoSetting("ROSTER_METRICS_PORT")],
  ["ROSTER_AUTHENTICAITON", "", []],
  ["roster_authentication", "required", []],
  ["ROSTERS_AUTHENTICATION", "required", []],
  ["ROSTER_API_KEY", "sk_x", []],
  ["ROSTER_ADDRESS", "127.0.0.1:50051", []],
  ["ROSTER_CA_FILE", "ca.pem", []],
  ["ROSTER_SERVICE_HOST", "10.0.0.1", []],
  ["ROSTER_SERVICE_PORT", "50051", []],
  ["ROSTER_SERVICE_PORT_GRPC", "50051", []],
  ["ROSTER_PORT", "tcp://10.0.0.1:50051", []],
  ["ROSTER_PORT_50051_TCP", "tcp://10.0.0.1:50051", []],
  ["ROSTER_PORT_50051_TCP_PROTO", "tcp", []],
  ["ROSTER_PORT_50051_TCP_PORT", "50051", []],
  ["ROSTER_PORT_50051_TCP_ADDR", "10.0.0.1", []],
  ["ROSTER_METRICS_PORT", "tcp://10.0.0.1:9464", []],
  ["ROSTER_METRICS_SERVICE_HOST", "10.0.0.1", []],
];

describe("the configuration", () => {
  it("has a default for every setting", () => {
    expect(loadConfig({})).toEqual(defaults);
  });

  it("takes an empty variable for the default", () => {
    const withDefault = Object.values(settings).filter((setting) => setting.default !== undefined);
    expect(loadConfig(Object.fromEntries(withDefault.map(({ variable }) => [variable, ""])))).toEqual(defaults);
  });

  it.each(Object.values(settings).filter((setting) => setting.default === undefined))(
    "refuses an empty $variable, which has no default",
    ({ variable }) => {
      expect(mistakes({ [variable]: "" })).toContain(`${variable} is set to nothing: give it a value, or unset it`);
    },
  );

  it.each(read)("reads %s=%s", (variable, given, name, value) => {
    expect(loadConfig({ [variable]: given })).toEqual({ ...loadConfig({}), [name]: value });
  });

  it.each(readWithTls)("reads %s=%s, with TLS", (variable, given, name, value) => {
    expect(loadConfig({ ...tls, [variable]: given })).toEqual({ ...loadConfig(tls), [name]: value });
  });

  it.each(refused)("refuses %s=%s", (variable, given, mistake) => {
    expect(mistakes({ [variable]: given })).toEqual([mistake]);
  });

  it.each(refusedClientScopes)("refuses ROSTER_TLS_CLIENT_SCOPES=%s", (given, mistake) => {
    expect(mistakes({ ...tls, ROSTER_TLS_CLIENT_SCOPES: given })).toEqual([mistake]);
  });

  it.each(half)("refuses %s", (_name, without, expected) => {
    expect(mistakes({ ...tls, ...Object.fromEntries(without.map((variable) => [variable, undefined])) })).toEqual(
      expected,
    );
  });

  it.each(unknown)("looks at the name of %s=%s", (name, value, expected) => {
    expect(mistakes({ [name]: value })).toEqual(expected);
  });

  it("is refused with all its mistakes at once", () => {
    const env = { MONGODB_URI: "x", ROSTER_DATABASE: "/", ROSTER_LISTEN: "0.0.0.0:1", ROSTER_LOG_LEVEL: "loud" };
    const misspelt = { ROSTER_TLS_CERT: "tls.crt", ROSTER_SALT: "x" };
    expect(mistakes({ ...misspelt, ...env })).toEqual([
      ...isNoSetting("ROSTER_TLS_CERT", "ROSTER_TLS_CERT_FILE"),
      ...isNoSetting("ROSTER_SALT"),
      uri,
      database,
      level,
      loopback,
    ]);
  });

  it("has a test for each setting, of what is taken and what is not", () => {
    const variables = Object.values(settings).map(({ variable }) => variable);
    const tlsFiles = ["ROSTER_TLS_CERT_FILE", "ROSTER_TLS_KEY_FILE", "ROSTER_TLS_CLIENT_CA_FILE"];
    const tried = [...refused.map(([variable]) => variable), "ROSTER_TLS_CLIENT_SCOPES"];
    const unrefusable = ["ROSTER_DATA_DIR", "ROSTER_SECRET_KEY_FILE", ...tlsFiles];
    expect(new Set([...read, ...readWithTls].map(([variable]) => variable))).toEqual(new Set(variables));
    expect(new Set([...tried, ...unrefusable])).toEqual(new Set(variables));
  });
});
