import type { Collection, Db } from "mongodb";
import type { Migration } from "./migration.js";

const migrationsCollection = "migrations";
/** How long a server may be silent before another one goes on with its migration. */
export const lockMs = 5_000;
const maxTimeMS = 5_000;

/** What a database knows of a migration. All times are by the database's clock. */
export interface MigrationRecord {
  _id: string;
  description: string;
  olderServers: Migration["olderServers"];
  state: "waiting" | "running" | "failed" | "done";
  /** How far it got. Absent before the end of the first step. */
  position?: string;
  /** The last run: a new name each time that a server takes the migration up. Only this run may write. */
  run?: string;
  /** The server of the last run: its host, and its process there. */
  server?: string;
  /** Until then no other server takes it up. */
  lockedUntil?: Date;
  startedAt?: Date;
  finishedAt?: Date;
  /** Why the last run failed, and how many have failed in a row. */
  error?: string;
  failures?: number;
}

/** A migration that a run has taken up. */
export type Claimed = MigrationRecord & { readonly run: string };

/** The records of a database. Read from the primary as it is: a lock counts before a majority has it. */
export const recordsOf = (db: Db): Collection<MigrationRecord> =>
  db.collection<MigrationRecord>(migrationsCollection, { readConcern: { level: "local" } });

/** The database's clock, some time from now. */
export const fromNow = (ms: number) => ({ $add: ["$$NOW", ms] });

/** Makes the records that are not there yet: `waiting`, or in a new database `done`, as there is nothing to do. */
export const makeRecords = async (
  db: Db,
  migrations: readonly Migration[],
  state: "waiting" | "done",
): Promise<void> => {
  await recordsOf(db).bulkWrite(
    migrations.map(({ id, description, olderServers }) => ({
      updateOne: {
        filter: { _id: id },
        update: { $setOnInsert: { description, olderServers, state } },
        upsert: true,
      },
    })),
    { ordered: false },
  );
};

/** Takes a migration up for a run, unless it is done or somebody else has it. */
export const claim = async (
  db: Db,
  { id }: Migration,
  { run, server }: { run: string; server: string },
): Promise<Claimed | undefined> => {
  const free = { $lt: [{ $ifNull: ["$lockedUntil", new Date(0)] }, "$$NOW"] };
  const taken = {
    state: "running",
    run,
    server: { $literal: server },
    lockedUntil: fromNow(lockMs),
    startedAt: { $ifNull: ["$startedAt", "$$NOW"] },
  };
  const record = await recordsOf(db).findOneAndUpdate(
    { _id: id, state: { $ne: "done" }, $expr: free },
    [{ $set: taken }],
    { returnDocument: "after", maxTimeMS },
  );
  return (record as Claimed | null) ?? undefined;
};
