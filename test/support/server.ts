import { randomUUID } from "node:crypto";
import { ChannelCredentials, type Client, type ClientOptions } from "@grpc/grpc-js";
import { type Db, MongoClient } from "mongodb";
import { afterAll, beforeAll, inject } from "vitest";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { loadConfig } from "../../src/config/config.js";
import { createLogger } from "../../src/log.js";
import type { HashingPool } from "../../src/passwords/index.js";
import { type RunningServer, serve } from "../../src/serve.js";
import { keepOutput } from "./output.js";

type ClientType<T extends Client> = new (address: string, credentials: ChannelCredentials, options: ClientOptions) => T;

/** A server in this process, on a free port and a database of its own. */
export interface TestServer {
  readonly running: RunningServer;
  readonly address: string;
  /** The server's database, seen past the server. */
  readonly db: Db;
  readonly users: UserServiceClient;
  /** Another client, with a connection of its own. */
  connect(options?: ClientOptions): UserServiceClient;
  /** A client of any service. */
  client<T extends Client>(type: ClientType<T>, options?: ClientOptions, credentials?: ChannelCredentials): T;
  /** A second server on the same database, with the same options but for those given. */
  another(more?: TestServerOptions): Promise<TestServer>;
  stop(): Promise<void>;
}

export interface TestServerOptions {
  readonly mongodbUri?: string;
  readonly database?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Is given every line of the log, of every level. */
  readonly log?: (line: string) => void;
  /** What clients connect with; plaintext when not given. */
  readonly credentials?: ChannelCredentials;
  /** Where passwords are hashed. */
  readonly pool?: HashingPool;
}

export const startServer = async (options: TestServerOptions = {}): Promise<TestServer> => {
  const mongodbUri = options.mongodbUri ?? inject("mongodbUri");
  const database = options.database ?? `test-${randomUUID().slice(0, 8)}`;
  const config = loadConfig({
    MONGODB_URI: mongodbUri,
    ROSTER_DATABASE: database,
    ROSTER_LISTEN: "127.0.0.1:0",
    ROSTER_SHUTDOWN_GRACE: "2s",
    ...options.env,
  });
  const { log, pool } = options;
  const write = (line: string) => {
    keepOutput("server", line);
    log?.(line);
  };
  const logger = createLogger("trace", { write });
  const running = await serve(config, logger, { pool });
  const mongo = new MongoClient(mongodbUri, { serverSelectionTimeoutMS: 2_000 });
  const clients: Client[] = [];
  const others: TestServer[] = [];
  const connectAs = <T extends Client>(
    type: ClientType<T>,
    clientOptions: ClientOptions = {},
    credentials = options.credentials ?? ChannelCredentials.createInsecure(),
  ): T => {
    const client = new type(running.address, credentials, {
      "grpc.use_local_subchannel_pool": 1,
      // Else Node.js warns of an IP address that is sent as a name.
      "grpc.ssl_target_name_override": "localhost",
      "grpc.max_receive_message_length": 64 * 1_024 * 1_024,
      ...clientOptions,
    });
    clients.push(client);
    return client;
  };
  const connect = (clientOptions?: ClientOptions) => connectAs(UserServiceClient, clientOptions);
  return {
    running,
    address: running.address,
    db: mongo.db(database),
    users: connect(),
    connect,
    client: connectAs,
    async another(more = {}) {
      const other = await startServer({ ...options, ...more, mongodbUri, database });
      others.push(other);
      return other;
    },
    async stop() {
      for (const other of others) await other.stop();
      for (const client of clients) client.close();
      await running.stop();
      await keepDocuments(mongo.db(database));
      if (options.database === undefined)
        await mongo
          .db(database)
          .dropDatabase()
          .catch(() => {});
      await mongo.close();
    },
  };
};

const documentBytes = 500_000;

/** Keeps what the database holds beside credentials: the first documents of each collection, in the form of the database. */
const keepDocuments = async (db: Db): Promise<void> => {
  const names = await db
    .listCollections({}, { nameOnly: true })
    .toArray()
    .catch(() => []);
  for (const { name } of names) {
    if (name === "credentials" || name.startsWith("system.")) continue;
    let left = documentBytes;
    for await (const document of db.collection(name).find({}, { raw: true, batchSize: 100 })) {
      const bytes = Buffer.from(document as never);
      keepOutput(`collection ${name}`, bytes.toString());
      left -= bytes.length;
      if (left <= 0) break;
    }
  }
};

/** The server of a test file: started before its first test, stopped after its last. */
export const useServer = (
  options: TestServerOptions | (() => TestServerOptions) = {},
): { readonly current: TestServer } => {
  const holder: { current: TestServer } = { current: undefined as unknown as TestServer };
  beforeAll(async () => {
    holder.current = await startServer(typeof options === "function" ? options() : options);
  });
  afterAll(async () => {
    await holder.current?.stop();
  });
  return holder;
};
