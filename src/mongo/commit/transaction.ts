import type { ClientSession, Db } from "mongodb";
import type { Lookup, Mutation } from "../../directory/commit/mutation.js";
import { WorkingSet } from "../../directory/commit/working-set.js";
import { isUnknownCommit } from "../error.js";
import { load } from "./load.js";
import { savePending } from "./outbox.js";
import { RequestLog } from "./request-log.js";
import { writeChanges } from "./write.js";

/** What became of one mutation of a commit. */
export type Outcome = { ok: true; result: unknown } | { ok: false; error: unknown };

const commitAttempts = 3;

/**
 * Decides and writes mutations in one transaction: loads what they look up from one snapshot (but, when `trusting`, not
 * what they expect to be absent), applies them one after another, writes what changed, and commits to a majority. Returns an outcome for each mutation. Throws when nothing was
 * written (see `isTransient`, `isDuplicateKey`, `StaleRead`) or when it is unknown (`isUnknownCommit`).
 */
export const runTransaction = async (
  db: Db,
  session: ClientSession,
  mutations: readonly Mutation<unknown>[],
  trusting: boolean,
): Promise<Outcome[]> => {
  try {
    session.startTransaction({
      readConcern: { level: "snapshot" },
      writeConcern: { w: "majority" },
      readPreference: "primary",
    });
    const requests = await RequestLog.load(db, session, mutations);
    const lookups = mutations.flatMap((mutation) => mutation.lookups);
    const working = new WorkingSet(lookups, await load(db, session, trusting ? lookups.filter(isLooked) : lookups));
    const outcomes = mutations.map((mutation) => decide(mutation, working, requests));
    await writeChanges(db, session, working.writes);
    await savePending(db, session, working.events);
    await requests.save(db, session);
    await commit(session);
    return outcomes;
  } catch (error) {
    if (session.inTransaction()) await session.abortTransaction().catch(() => {});
    throw error;
  }
};

const isLooked = ({ expectedAbsent }: Lookup): boolean => expectedAbsent !== true;

const decide = (mutation: Mutation<unknown>, working: WorkingSet, requests: RequestLog): Outcome => {
  try {
    const answered = requests.answered(mutation.request);
    if (answered) return { ok: true, result: answered.result };
    const result = working.attempt(mutation);
    requests.remember(mutation.request, result);
    return { ok: true, result };
  } catch (error) {
    return { ok: false, error };
  }
};

// The server answers a repeated commit of the same transaction with what became of it.
const commit = async (session: ClientSession): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await session.commitTransaction();
    } catch (error) {
      if (!isUnknownCommit(error) || attempt === commitAttempts) throw error;
    }
  }
};
