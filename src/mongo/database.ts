import { EventEmitter } from "node:events";
import { type Db, type Document, MongoClient, type MongoClientOptions } from "mongodb";
import { ConnectionCount } from "./connection-count.js";
import { DatabaseClock, type Reading } from "./database-clock.js";
import { allMigrations } from "./migrations/list.js";
import { makeRecords } from "./migrations/record.js";
import { followPrimary } from "./primary.js";
import { createSchema } from "./schema.js";
import { setupProblem } from "./setup-problem.js";

/** A reason not to start that is about the database, written for the person who starts the server. */
export class DatabaseSetupError extends Error {}

const checkEveryMs = 1_000;
const checkTimeoutMs = 2_000;
// A database that answers at all answers a check within this time.
const overdueMs = 500;
// MongoDB 6.0.
const minWireVersion = 17;

const clientOptions: MongoClientOptions = {
  appName: "roster",
  // What bounds a call while there is no primary; the deadline of the call may end it sooner.
  serverSelectionTimeoutMS: 4_000,
  connectTimeoutMS: 3_000,
  waitQueueTimeoutMS: 4_000,
  socketTimeoutMS: 30_000,
  // A member tells at once when something changes. This is how often it is asked otherwise.
  heartbeatFrequencyMS: 10_000,
  readConcernLevel: "majority",
  writeConcern: { w: "majority" },
  ignoreUndefined: true,
  // The driver would write commands with their documents, past the log, where the environment asks for it.
  mongodbLogComponentSeverities: {
    ...{ command: "off", topology: "off", serverSelection: "off", connection: "off", client: "off", default: "off" },
  },
};

/**
 * A connection to the directory's database, which knows whether the database can be used. Emits `clock` after each reading
 * of the database's clock.
 */
export class Database extends EventEmitter<{ health: [healthy: boolean]; clock: [] }> {
  readonly client: MongoClient;
  readonly db: Db;
  readonly connections: ConnectionCount;
  readonly clock: DatabaseClock;
  /** What "health" told last: since when the database is away. */
  #awaySince: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** When the check that is under way was sent. */
  #checkSentAt: number | undefined;
  #closed = false;
  #ask: (signal: AbortSignal) => Promise<Reading | undefined>;

  private constructor(client: MongoClient, name: string, connections: ConnectionCount, clock: DatabaseClock) {
    super();
    this.client = client;
    this.db = client.db(name);
    this.connections = connections;
    this.clock = clock;
    this.#ask = (signal) => askPrimaryForTime(client, signal);
    this.setMaxListeners(0);
  }

  /** Connects, checks that it is a replica set, and creates collections and indexes. Throws DatabaseSetupError. */
  static async open(uri: string, name: string): Promise<Database> {
    let client: MongoClient | undefined;
    try {
      client = new MongoClient(uri, clientOptions);
      const connections = new ConnectionCount(client);
      followPrimary(client, name);
      await client.connect();
      const { hello, reading } = await askPrimary(client);
      requireReplicaSet(hello);
      const database = new Database(client, name, connections, new DatabaseClock(reading));
      if (await createSchema(database.db)) await makeRecords(database.db, allMigrations, "done");
      database.#watch();
      return database;
    } catch (error) {
      await client?.close();
      if (error instanceof DatabaseSetupError) throw error;
      throw new DatabaseSetupError(`cannot use the MongoDB at MONGODB_URI: ${setupProblem(error)}`, { cause: error });
    }
  }

  /**
   * Since when the database cannot be used, in milliseconds since 1970: when the check that failed, or that is overdue, was
   * sent, or when there was no primary any more. Undefined while it can be used.
   */
  get awaySince(): number | undefined {
    if (this.#awaySince !== undefined) return this.#awaySince;
    const sentAt = this.#checkSentAt;
    return sentAt !== undefined && Date.now() - sentAt >= overdueMs ? sentAt : undefined;
  }

  /** Whether the last check reached a primary, and the one that is under way is not overdue. */
  get healthy(): boolean {
    return this.awaySince === undefined;
  }

  /** What "health" told last: true in the beginning. Unlike `healthy` it does not change without an event. */
  get lastHealth(): boolean {
    return this.#awaySince === undefined;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.client.close();
  }

  /**
   * From now on, what a server does each second anyway shows whether the database can be used, and tells its time. Returns
   * what gives this back to the database's own check.
   */
  checkBy(check: (signal: AbortSignal) => Promise<Reading>): () => void {
    this.#ask = check;
    return () => {
      this.#ask = (signal) => askPrimaryForTime(this.client, signal);
    };
  }

  #watch(): void {
    this.client.on("topologyDescriptionChanged", ({ newDescription }) => {
      const servers = [...newDescription.servers.values()];
      if (!servers.some(({ isWritable }) => isWritable)) this.#report(this.awaySince ?? Date.now());
    });
    const check = async () => {
      const sentAt = Date.now();
      this.#checkSentAt = sentAt;
      const reached = await this.#check();
      this.#checkSentAt = undefined;
      if (this.#closed) return;
      this.#report(reached ? undefined : sentAt);
      checkLater();
    };
    const checkLater = () => {
      this.#timer = setTimeout(() => void check(), checkEveryMs);
    };
    checkLater();
  }

  /** Whether the primary answers. It tells its time at the same time. */
  async #check(): Promise<boolean> {
    try {
      const reading = await this.#ask(AbortSignal.timeout(checkTimeoutMs));
      if (reading) {
        this.clock.learn(reading);
        this.emit("clock");
      }
      return true;
    } catch {
      return false;
    }
  }

  #report(awaySince: number | undefined): void {
    const healthy = awaySince === undefined;
    if (healthy === (this.#awaySince === undefined) || this.#closed) return;
    this.#awaySince = awaySince;
    this.emit("health", healthy);
  }
}

/** What the primary, or what was the primary a moment ago, says of itself, and of its clock. */
const askPrimary = async (
  client: MongoClient,
  signal?: AbortSignal,
): Promise<{ hello: Document; reading: Reading }> => {
  const sentAt = performance.now();
  const hello = await client
    .db("admin")
    .command({ hello: 1 }, { readPreference: "primary", ...(signal && { signal }) });
  return { hello, reading: { time: hello.localTime, sentAt, receivedAt: performance.now() } };
};

/** The time that the primary tells; undefined where another member answers, whose clock is not that of the database. */
const askPrimaryForTime = async (client: MongoClient, signal: AbortSignal): Promise<Reading | undefined> => {
  const { hello, reading } = await askPrimary(client, signal);
  return hello.isWritablePrimary ? reading : undefined;
};

const requireReplicaSet = (hello: Document): void => {
  if (hello.msg !== "isdbgrid" && hello.setName === undefined) {
    throw new DatabaseSetupError(
      "the MongoDB at MONGODB_URI is a standalone server; Roster needs a replica set, because it writes in " +
        "transactions. One server is enough: start mongod with --replSet rs0 and run rs.initiate() once in mongosh. " +
        "Or leave MONGODB_URI unset to run on an embedded MongoDB.",
    );
  }
  if (hello.maxWireVersion < minWireVersion) {
    throw new DatabaseSetupError("the MongoDB at MONGODB_URI is too old; Roster needs MongoDB 6.0 or newer.");
  }
};
