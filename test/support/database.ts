import { setTimeout as sleep } from "node:timers/promises";
import type { Db, Document } from "mongodb";

/** Makes the database write down every operation from now on; returns what it has written down of Roster's so far. */
export const startProfile = async (db: Db): Promise<() => Promise<Document[]>> => {
  for (let created = false; !created; ) {
    await db.command({ profile: 0 });
    await db.dropCollection("system.profile").catch(() => {});
    // What was under way may write its profile in between.
    const creation = db.createCollection("system.profile", { capped: true, size: 16 * 1_024 * 1_024 });
    created = await creation.then(
      () => true,
      () => false,
    );
  }
  await db.command({ profile: 2 });
  return () => db.collection("system.profile").find({ appName: "roster" }).toArray();
};

/** Makes the database count the finds on its users from now on; returns the count so far. */
export const countFinds = async (db: Db): Promise<() => Promise<number>> => {
  const operations = await startProfile(db);
  const ns = `${db.databaseName}.users`;
  return async () => (await operations()).filter((operation) => operation.op === "query" && operation.ns === ns).length;
};

/** Waits until the count has not changed for half a second, and returns it. */
export const settled = async (count: () => Promise<number>): Promise<number> => {
  for (let last = -1, since = 0; ; await sleep(50)) {
    const current = await count();
    if (current !== last) since = Date.now();
    else if (Date.now() - since >= 500) return current;
    last = current;
  }
};

/** The cursors on the database's users that are open and wait to be read on. */
export const openCursors = async (db: Db): Promise<number> => {
  const cursors = await db.client
    .db("admin")
    .aggregate([
      { $currentOp: { idleCursors: true, allUsers: true } },
      { $match: { type: "idleCursor", ns: `${db.databaseName}.users` } },
    ])
    .toArray();
  return cursors.length;
};
