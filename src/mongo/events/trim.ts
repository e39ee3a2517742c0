import type { Db } from "mongodb";
import { eventIdPrefix } from "../../directory/events/event.js";
import { ulidAt } from "../../directory/id.js";
import { type LogDocument, logCollection } from "./log-document.js";
import { newestNumber } from "./newest-number.js";

/**
 * Drops entries of the log whose events are all from before `time`, the oldest first, but never the newest entry: it holds
 * the number and the place to go on from.
 */
export const trimLog = async (db: Db, time: Date): Promise<void> => {
  const newest = await newestNumber(db);
  const place = `${eventIdPrefix}_${ulidAt(time)}`;
  // Along the index of places: not all the log is read, and readers that find an entry find those behind it.
  await db
    .collection<LogDocument>(logCollection)
    .deleteMany({ last: { $lt: place }, _id: { $lt: newest } }, { hint: "last" });
};
