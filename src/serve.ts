import { ServerCredentials } from "@grpc/grpc-js";
import { startCallers } from "./callers.js";
import type { Config } from "./config/config.js";
import { toAddress } from "./config/parsers.js";
import { settings } from "./config/settings.js";
import type { AttemptLimits } from "./directory/attempts.js";
import { Authenticator } from "./directory/authenticator.js";
import { Bulk } from "./directory/bulk.js";
import { Directory, type DirectoryParts } from "./directory/directory.js";
import type { RosterError } from "./directory/error.js";
import { Memberships } from "./directory/memberships/memberships.js";
import { Organizations } from "./directory/organizations/organizations.js";
import { Provisioner } from "./directory/provisioning/provisioner.js";
import { Throttle } from "./directory/throttle.js";
import type { Logger } from "./log.js";
import { Metrics } from "./metrics/metrics.js";
import { MetricsServer } from "./metrics/metrics-server.js";
import { MongoCommitter } from "./mongo/commit/committer.js";
import { SessionPool } from "./mongo/commit/session-pool.js";
import { mongoAttempts } from "./mongo/attempts.js";
import { mongoCredentials } from "./mongo/credentials.js";
import { Database } from "./mongo/database.js";
import { ClockWatch } from "./mongo/database-clock.js";
import { EmbeddedMongod } from "./mongo/embedded/mongod.js";
import { databaseUnavailable } from "./mongo/error.js";
import { eventLag } from "./mongo/events/event-lag.js";
import { EventFeed } from "./mongo/events/event-feed.js";
import { mongoIdentities } from "./mongo/identities.js";
import { mongoMemberships } from "./mongo/memberships.js";
import { allMigrations, newestMigration } from "./mongo/migrations/list.js";
import { Migrator } from "./mongo/migrations/migrator.js";
import { mongoObjects } from "./mongo/objects.js";
import { mongoOrganizations } from "./mongo/organizations.js";
import { Peers } from "./mongo/peers.js";
import { SteadyWorks } from "./mongo/steady-work.js";
import { mongoUsers } from "./mongo/users.js";
import { HashingPool, PasswordHasher } from "./passwords/index.js";
import { HealthServer } from "./rpc/health-server.js";
import { checkAddress, ListenError } from "./rpc/listen.js";
import { type Limits, RpcServer } from "./rpc/server.js";
import { openSecretKey, readSecretKeyFile } from "./secret-key.js";
import { Started } from "./started.js";
import { startTls } from "./tls.js";
import type { Traces } from "./traces/traces.js";
import { within } from "./within.js";

/** A server that answers calls. */
export interface RunningServer {
  /** Where it listens, host:port. */
  readonly address: string;
  /** Resolves with the reason when the server cannot go on. */
  readonly failed: Promise<Error>;
  /** Lets calls finish, then stops everything that was started. */
  stop(): Promise<void>;
}

/** What servers of one process may share. */
export interface Shared {
  /** Where passwords are hashed. */
  readonly pool?: HashingPool | undefined;
  /** Absent where nobody collects traces. */
  readonly traces?: Traces | undefined;
}

/** Starts a server: database, directory, gRPC. When it fails, it has stopped what it had started. */
export const serve = async (
  config: Config,
  logger: Logger,
  { pool = new HashingPool(), traces }: Shared = {},
): Promise<RunningServer> => {
  const started = new Started(config.shutdownGrace);
  try {
    for (const name of ["listen", "healthListen", "metricsListen"] as const) {
      const address = config[name];
      if (address !== undefined) await checkAddress(settings[name].variable, address);
    }
    const tls = await startTls(config, logger);
    started.add(async () => tls?.stop());
    const secretKeyRead = await readSecretKeyFile(config);
    const { database, failed } = await openDatabase(config, logger, started);
    const secretKey = await openSecretKey(secretKeyRead, database.db, logger);
    const works = new SteadyWorks(logger);
    const { sessions, feed } = await startBackground(database, works, config, logger, started);
    const committer = new MongoCommitter({
      database,
      sessions,
      secretKey,
      events: feed,
      onCommit: ({ calls, durationMs }) => metrics?.committed(calls, durationMs),
    });
    const metrics =
      config.metricsListen &&
      new Metrics({
        hashing: () => pool,
        waitingForCommit: () => committer.waiting,
        databaseHealthy: () => database.healthy,
        clockOffset: () => database.clock.serverAheadMs / 1_000,
        databaseConnections: () => database.connections,
        connections: () => server.connections,
        eventLag: () => eventLag(database).catch(() => undefined),
        eventsMove: () => feed.healthy,
        workFailures: () => works.failures,
        certificateExpiry: () => tls?.expiry,
      });
    const hasher = new PasswordHasher({ cost: config.bcryptCost, pool });
    const adapterParts = {
      maxCallsPerCaller: config.maxCallsPerCaller,
      maxWatchesPerCaller: config.maxWatchesPerCaller,
      databaseAwaySince: () => database.awaySince,
      databaseUnavailable,
      onInternalError: (method: string, error: RosterError) =>
        logger.error({ method, err: error.cause }, "internal error"),
    };
    const { apiKeys, callers, stop: stopCallers } = startCallers(config, database, sessions, logger);
    started.addFarewell(stopCallers);
    const throttle = new Throttle(mongoAttempts(database.db, secretKey, attemptLimitsOf(config)));
    const parts = { committer, hasher, throttle, events: feed.log, watchHeartbeatMs: config.watchHeartbeat };
    const operations = operationsOn(database, parts);
    // Verifications whose callers have left count all the same.
    started.add(() => within(operations.authenticator.settled(), config.shutdownGrace * 0.1));
    const server = new RpcServer({
      ...operations,
      apiKeys,
      callers,
      limits: limitsOf(config),
      ...adapterParts,
      traces,
      onCallStart: (method) => metrics?.callStarted(method),
      onCall: (record) => {
        metrics?.callEnded(record);
        logger.info(record, "call");
      },
      onConnectionRefused: (refusal) => metrics?.connectionRefused(refusal),
      onConnectionEnded: (ended) => {
        metrics?.connectionEnded(ended.offence);
        logger.debug(ended, "connection ended");
      },
      onAddressSlowed: (address, offence) =>
        logger.warn(
          { address, offence },
          "connections from this address have to be ended again and again: new ones from there wait for their turn",
        ),
      onExcessRefusal: (outcome) => metrics?.excessRefusal(outcome),
      onExcessRefusals: (refused) =>
        logger.warn(refused, "more calls from this address are refused than have a line of their own"),
    });
    if (metrics && config.metricsListen) {
      const metricsServer = new MetricsServer(metrics);
      const at = await metricsServer.listen(config.metricsListen).catch((error: Error) => {
        throw new ListenError(`cannot serve metrics: ${error.message}`, { cause: error });
      });
      started.add(() => metricsServer.stop());
      logger.info(`metrics at http://${at}/metrics`);
    }
    if (config.healthListen) {
      const healthServer = new HealthServer(server.health, adapterParts);
      const port = await healthServer.listen(toAddress(config.healthListen));
      started.add(async () => healthServer.stop());
      logger.info(`health checks at ${toAddress({ ...config.healthListen, port })}`);
    }
    const port = await server.listen(toAddress(config.listen), tls?.credentials ?? ServerCredentials.createInsecure());
    // The rest of the grace is for what comes after.
    started.add(() => server.stop(config.shutdownGrace * 0.8));

    database.on("health", (healthy) => {
      server.health.set(healthy);
      if (healthy) logger.info("the database can be reached again");
      else logger.warn("the database cannot be reached");
    });
    const events = "roster.v1.EventService";
    feed.on("health", (healthy) => {
      server.health.setService(events, healthy);
      if (healthy) logger.info(`events move again: ${events} is SERVING`);
      else logger.error(`events have stood still for 30 seconds: ${events} is NOT_SERVING`);
    });
    server.health.setService(events, feed.healthy);
    // It may have changed since the database was opened.
    server.health.set(database.lastHealth);
    return { address: toAddress({ ...config.listen, port }), failed, stop: () => started.stopAll() };
  } catch (error) {
    await started.stopAll();
    throw error;
  }
};

/** Opens the database, an embedded one where none is configured. `failed` resolves when the embedded one has ended. */
const openDatabase = async (
  config: Config,
  logger: Logger,
  started: Started,
): Promise<{ readonly database: Database; readonly failed: Promise<Error> }> => {
  let failed = new Promise<Error>(() => {});
  let uri = config.mongodbUri;
  if (uri === undefined) {
    const mongod = await EmbeddedMongod.start({ dataDir: config.dataDir, report: (line) => logger.info(line) });
    started.add(() => mongod.stop());
    failed = new Promise((resolve) => mongod.once("exit", resolve));
    uri = mongod.uri;
  }
  const database = await Database.open(uri, config.database);
  const clockWatch = new ClockWatch(database.clock, logger);
  clockWatch.look();
  database.on("clock", () => clockWatch.look());
  started.addFarewell(() => database.close());
  return { database, failed };
};

/** Starts what a server does beside calls: it is there for the other servers, migrates, and keeps events moving. */
const startBackground = async (
  database: Database,
  works: SteadyWorks,
  config: Config,
  logger: Logger,
  started: Started,
): Promise<{ readonly sessions: SessionPool; readonly feed: EventFeed }> => {
  const { client, db, clock } = database;
  const peers = new Peers(database, newestMigration, works.account("heartbeat"), (beat) => database.checkBy(beat));
  await peers.start();
  started.addFarewell(() => peers.stop());
  const sessions = new SessionPool(client, peers);
  started.addFarewell(() => sessions.close());
  const migrator = new Migrator({ db, clock, sessions, peers, migrations: allMigrations, log: logger });
  await migrator.start();
  started.addFarewell(() => migrator.stop());
  const feed = new EventFeed({ database, peers, sessions, works, retentionMs: config.eventRetention });
  await feed.start();
  started.addFarewell(() => feed.stop());
  return { sessions, feed };
};

/** The operations of the directory, on a database. */
const operationsOn = ({ db, clock }: Database, parts: Omit<DirectoryParts, "users" | "credentials">) => {
  const { committer, hasher, throttle, events } = parts;
  const users = mongoUsers(db);
  const credentials = mongoCredentials(db);
  return {
    directory: new Directory({ users, credentials, ...parts }),
    authenticator: new Authenticator({ users, committer, hasher, credentials, throttle }),
    memberships: new Memberships({ memberships: mongoMemberships(db), committer }),
    provisioner: new Provisioner({ users, committer, identities: mongoIdentities(db) }),
    organizations: new Organizations({ organizations: mongoOrganizations(db), committer }),
    bulk: new Bulk({ users, credentials, objects: mongoObjects(db), committer, hasher, throttle, events, clock }),
  };
};

const attemptLimitsOf = (config: Config): AttemptLimits => ({
  maxFailures: config.maxFailures,
  maxFailuresPerEmail: config.maxFailuresPerEmail,
  maxFailuresPerAddress: config.maxFailuresPerAddress,
  windowMs: config.failureWindow,
});

const limitsOf = (config: Config): Limits => ({
  maxRequestBytes: config.maxRequestSize,
  maxConcurrentStreams: config.maxConcurrentStreams,
  maxConnectionAgeMs: config.maxConnectionAge,
  keepaliveTimeMs: config.keepaliveTime,
  keepaliveTimeoutMs: config.keepaliveTimeout,
  maxConnectionIdleMs: config.maxConnectionIdle,
  maxConnections: config.maxConnections,
  maxConnectionsPerAddress: config.maxConnectionsPerAddress,
  maxMetadataBytes: config.maxMetadataSize,
  requestTimeoutMs: config.requestTimeout,
  streamIdleTimeoutMs: config.streamIdleTimeout,
  maxStalledBytes: config.maxStalledSize,
});
