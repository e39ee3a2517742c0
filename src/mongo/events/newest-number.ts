import type { ClientSession, Db } from "mongodb";
import { findOnce } from "../find.js";
import { logCollection } from "./log-document.js";

/** The number of the newest entry of the log, 0 when there is none; as a transaction sees it when its session is given. */
export const newestNumber = async (db: Db, session?: ClientSession): Promise<number> => {
  const { documents } = await findOnce<{ _id: number }>(db, {
    collection: logCollection,
    filter: {},
    sort: { _id: -1 },
    projection: { _id: 1 },
    limit: 1,
    ...(session && { session }),
  });
  return documents[0]?._id ?? 0;
};
