import type { Db, MongoClient, Timestamp } from "mongodb";
import type { ReadConsistency } from "../directory/user-reader.js";
import { withRosterErrors } from "./error.js";
import { Looks } from "./looks.js";

/** A member of the replica set, since it became the primary. */
interface Primary {
  readonly name: string;
  /** The database's logical clock when it was found to be the primary: later than all that it had then. */
  readonly since: Timestamp | undefined;
  /** No other member could be elected. */
  readonly isAlone: boolean;
}

interface Followed {
  primary: Primary | undefined;
  readonly looks: Looks;
}

const followed = new WeakMap<MongoClient, Followed>();

/**
 * Notes each change of the primary. A new one may not know yet that a majority has the last changes of the one before,
 * and answer a majority read without changes that were acknowledged. Reads that ask for its clock's time wait for that.
 */
export const followPrimary = (client: MongoClient, database: string): void => {
  const following: Followed = { primary: undefined, looks: new Looks(() => lookAtPrimary(client.db(database))) };
  followed.set(client, following);
  client.on("topologyDescriptionChanged", ({ newDescription }) => {
    for (const { address, isWritable, electionId, $clusterTime, allHosts } of newDescription.servers.values()) {
      if (!isWritable) continue;
      const isAlone = allHosts.length === 1;
      const name = `${address} ${String(electionId)} ${isAlone ? "alone" : "of several"}`;
      if (following.primary?.name !== name) following.primary = { name, since: $clusterTime?.clusterTime, isAlone };
    }
  });
};

/** The primary that is known now. */
export const primaryOf = (db: Db): Primary | undefined => followed.get(db.client)?.primary;

/** What `read` answers, with no other primary known from before it to behind it: it is read again until that is so. */
export const readFromOnePrimary = async <T>(db: Db, read: () => Promise<T>): Promise<T> => {
  for (;;) {
    const primary = primaryOf(db);
    const answer = await read();
    if (primaryOf(db) === primary) return answer;
  }
};

/**
 * What `read` answers, held back until the primary that it is read from has shown that it was still the primary after the
 * call of this function: so the answer has every change that was acknowledged before. A primary that was deposed and does
 * not know it yet answers majority reads as if nothing had happened since. Rejects with DATABASE_UNAVAILABLE where the
 * primary cannot show it within some seconds.
 *
 * `read` must read with read concern majority (or stronger) behind the `since` of the primary that is known, and begin
 * with that after it was called. A member that was the primary after the call, and since the election that is known, has
 * acknowledged itself whatever was acknowledged in between.
 */
export const readLatest = <T>(db: Db, read: () => Promise<T>): Promise<T> =>
  readFromOnePrimary(db, () => {
    const looks = looksOf(db);
    return looks ? looks.beside(read) : read();
  });

/** `readLatest`, or where the fastest answer was asked for, `readFromOnePrimary`. Default: strongest. */
export const readAs = <T>(db: Db, consistency: ReadConsistency | undefined, read: () => Promise<T>): Promise<T> =>
  consistency === "fastest" ? readFromOnePrimary(db, read) : readLatest(db, read);

/**
 * Whether this primary is the one that is known, and has shown that it still was the primary after the call: so what was
 * read from it meanwhile has every change that was acknowledged before the reading began. Rejects as `readLatest` does.
 */
export const wasStillPrimary = async (db: Db, primary: Primary | undefined): Promise<boolean> => {
  await looksOf(db)?.look();
  return primaryOf(db) === primary;
};

/** Undefined where nobody else can be the primary. */
const looksOf = (db: Db): Looks | undefined => {
  const following = followed.get(db.client);
  return following?.primary?.isAlone ? undefined : following?.looks;
};

/** How long a primary may take to hear from a majority, in milliseconds: as long as the choice of a primary may take. */
const lookTimeMs = 4_000;

/** Resolves when the primary has heard from a majority, after this call, that it still is one: it writes a no-op for it. */
const lookAtPrimary = async (db: Db): Promise<void> => {
  const readConcern = { level: "linearizable" };
  const find = { find: "servers", filter: {}, projection: { _id: 1 }, limit: 1, singleBatch: true };
  await withRosterErrors(db.command({ ...find, readConcern, maxTimeMS: lookTimeMs }));
};
