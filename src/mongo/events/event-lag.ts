import type { ClockedDb } from "../database-clock.js";
import { type OutboxDocument, outboxCollection } from "../commit/outbox.js";
import { findOnce } from "../find.js";

/** For how many seconds (whole ones) the oldest event has waited for its place in the order; 0 when none waits. */
export const eventLag = async ({ db, clock }: ClockedDb): Promise<number> => {
  const { documents } = await findOnce<Pick<OutboxDocument, "order">>(db, {
    collection: outboxCollection,
    filter: {},
    sort: { order: 1, _id: 1 },
    projection: { _id: 0, order: 1 },
    limit: 1,
  });
  const [oldest] = documents;
  return oldest ? Math.max(0, Math.round(clock.now().getTime() / 1_000 - oldest.order.getHighBitsUnsigned())) : 0;
};
