import type { Db } from "mongodb";
import { type OutboxDocument, outboxCollection } from "../commit/outbox.js";
import { findOnce } from "../find.js";

/** For how many seconds (whole ones) the oldest event has waited for its place in the order; 0 when none waits. */
export const eventLag = async (db: Db): Promise<number> => {
  const { documents } = await findOnce<Pick<OutboxDocument, "_id">>(db, {
    collection: outboxCollection,
    filter: {},
    sort: { order: 1, _id: 1 },
    projection: { _id: 1 },
    limit: 1,
  });
  const [oldest] = documents;
  return oldest ? Math.max(0, Math.round((Date.now() - oldest._id.getTimestamp().getTime()) / 1_000)) : 0;
};
