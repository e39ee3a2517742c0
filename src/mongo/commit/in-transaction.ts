import type { ClientSession, Db } from "mongodb";
import { inCommandSpan } from "../command-span.js";
import { isInterrupted, isUnknownCommit, unknownCommit } from "../error.js";
import { primaryOf, wasStillPrimary } from "../primary.js";
import { WriteConflict } from "./write.js";

const commitAttempts = 3;
const admin = { databaseName: "admin" };

/**
 * Does work in a transaction on one snapshot, and commits to a majority. Throws when nothing was written (see
 * `isTransient`) or when it is unknown (`isUnknownCommit`).
 *
 * That a majority has what was written shows that it followed this primary. Where nothing was written nothing shows it:
 * see `inReadOrWrite`.
 */
export const inTransaction = async <T>(session: ClientSession, work: () => Promise<T>): Promise<T> => {
  try {
    session.startTransaction({
      readConcern: { level: "snapshot" },
      writeConcern: { w: "majority" },
      readPreference: "primary",
    });
    const result = await work();
    await inCommandSpan(admin, "commitTransaction", undefined, () => commit(session));
    return result;
  } catch (error) {
    if (session.inTransaction()) await session.abortTransaction().catch(() => {});
    throw error;
  }
};

/**
 * As `inTransaction`, for work that may write nothing; `wrote` tells it of the result. The primary then has to show that it
 * still was one, so that the result is of everything that was acknowledged before. Throws WriteConflict where another one
 * is known.
 */
export const inReadOrWrite = async <T>(
  db: Db,
  session: ClientSession,
  work: () => Promise<T>,
  wrote: (result: T) => boolean,
): Promise<T> => {
  const primary = primaryOf(db);
  const result = await inTransaction(session, work);
  if (!wrote(result) && !(await wasStillPrimary(db, primary))) throw new WriteConflict();
  return result;
};

// The server answers a repeated commit of the same transaction with what became of it.
const commit = async (session: ClientSession): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await session.commitTransaction();
    } catch (error) {
      // Behind the commit, or in front of it.
      if (isInterrupted(error)) error.addErrorLabel(unknownCommit);
      if (!isUnknownCommit(error) || attempt === commitAttempts) throw error;
    }
  }
};
