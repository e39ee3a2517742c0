import type { Db } from "mongodb";
import { eventIdPrefix } from "../../directory/events/event.js";
import { ulidAt } from "../../directory/id.js";
import { type LogDocument, logCollection, newestEntry } from "./log-entries.js";

/**
 * Drops entries of the log whose events are all from before `time`, the oldest first, but never the newest entry: it holds
 * the number and the place to go on from.
 */
export const trimLog = async (db: Db, time: Date): Promise<void> => {
  const newest = await newestEntry(db);
  if (newest === undefined) return;
  const place = `${eventIdPrefix}_${ulidAt(time)}`;
  // Along the index of places: not all the log is read, and readers that find an entry find those behind it.
  await db
    .collection<LogDocument>(logCollection)
    .deleteMany({ last: { $lt: place }, _id: { $lt: newest._id } }, { hint: "last" });
};
