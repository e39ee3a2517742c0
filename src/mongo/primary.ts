import type { Db, MongoClient, Timestamp } from "mongodb";

/** A member of the replica set, since it became the primary. */
interface Primary {
  readonly name: string;
  /** The database's logical clock when it was found to be the primary: later than all that it had then. */
  readonly since: Timestamp | undefined;
}

const primaries = new WeakMap<MongoClient, Primary>();

/**
 * Notes each change of the primary. A new one may not know yet that a majority has the last changes of the one before,
 * and answer a majority read without changes that were acknowledged. Reads that ask for its clock's time wait for that.
 */
export const followPrimary = (client: MongoClient): void => {
  client.on("topologyDescriptionChanged", ({ newDescription }) => {
    for (const { address, isWritable, electionId, $clusterTime } of newDescription.servers.values()) {
      if (!isWritable) continue;
      const name = `${address} ${String(electionId)}`;
      if (primaries.get(client)?.name !== name) primaries.set(client, { name, since: $clusterTime?.clusterTime });
    }
  });
};

/** The primary that is known now. */
export const primaryOf = (db: Db): Primary | undefined => primaries.get(db.client);
