import type { Db } from "mongodb";
import type { ClockedDb } from "../database-clock.js";
import { type OutboxDocument, outboxCollection } from "../commit/outbox.js";
import { findOnce } from "../find.js";

/** What has waited longest for its place in the order. */
export const oldestWaiting = async (db: Db): Promise<Pick<OutboxDocument, "_id" | "order"> | undefined> => {
  const { documents } = await findOnce<Pick<OutboxDocument, "_id" | "order">>(db, {
    collection: outboxCollection,
    filter: {},
    sort: { order: 1, _id: 1 },
    projection: { order: 1 },
    limit: 1,
    mayBeOld: true,
  });
  return documents[0];
};

/** For how many seconds (whole ones) the oldest event has waited for its place in the order; 0 when none waits. */
export const eventLag = async ({ db, clock }: ClockedDb): Promise<number> => {
  const oldest = await oldestWaiting(db);
  return oldest ? Math.max(0, Math.round(clock.now().getTime() / 1_000 - oldest.order.getHighBitsUnsigned())) : 0;
};
