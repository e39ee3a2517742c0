import { randomBytes, randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { afterAll, beforeAll } from "vitest";
import type { Mutation } from "../../src/directory/commit/mutation.js";
import { SecretKey } from "../../src/directory/secret-key.js";
import { type CommitReport, type EventSink, MongoCommitter } from "../../src/mongo/commit/committer.js";
import { SessionPool } from "../../src/mongo/commit/session-pool.js";
import { Database } from "../../src/mongo/database.js";
import { Peers } from "../../src/mongo/peers.js";

/** A committer without a server around it. */
export interface TestCommitter {
  readonly db: Database["db"];
  /** How many calls shared each commit so far, and starts to count anew. */
  commits(): number[];
  /** Runs mutations that all arrive at once. */
  runAll<Result>(mutations: readonly Mutation<Result>[]): Promise<PromiseSettledResult<Result>[]>;
  stop(): Promise<void>;
}

const startCommitter = async (mongodbUri: string): Promise<TestCommitter> => {
  const database = await Database.open(mongodbUri, `test-${randomUUID().slice(0, 8)}`);
  const { db } = database;
  const peers = new Peers(database, "");
  await peers.start();
  const sessions = new SessionPool(database.client, peers);
  const reports: CommitReport[] = [];
  const secretKey = new SecretKey(randomBytes(32));
  const onCommit = (report: CommitReport) => void reports.push(report);
  const events: EventSink = { commit: (_isAlone, make) => make(false) };
  const committer = new MongoCommitter({ database, sessions, secretKey, events, onCommit });
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  return {
    db,
    commits: () => reports.splice(0).map(({ calls }) => calls),
    runAll: (mutations) => Promise.allSettled(mutations.map((mutation) => committer.run(mutation, { signal }))),
    async stop() {
      await sessions.close();
      await peers.stop();
      await db.dropDatabase();
      await database.close();
    },
  };
};

/** The committer of a test file, with a database of its own. */
export const useCommitter = (mongodbUri: () => string): { readonly current: TestCommitter } => {
  const holder: { current: TestCommitter } = { current: undefined as unknown as TestCommitter };
  beforeAll(async () => {
    holder.current = await startCommitter(mongodbUri());
  });
  afterAll(async () => {
    await holder.current?.stop();
  });
  return holder;
};
