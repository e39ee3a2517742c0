import type { ClientSession } from "mongodb";
import { inCommandSpan } from "../command-span.js";
import { isInterrupted, isUnknownCommit, unknownCommit } from "../error.js";

const commitAttempts = 3;
const admin = { databaseName: "admin" };

/**
 * Does work in a transaction on one snapshot, and commits to a majority. Throws when nothing was written (see
 * `isTransient`) or when it is unknown (`isUnknownCommit`).
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
