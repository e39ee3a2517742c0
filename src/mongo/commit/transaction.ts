import type { ClientSession, Db } from "mongodb";
import type { Clock } from "../../directory/clock.js";
import { decide } from "../../directory/commit/decide.js";
import type { AttributedMutation, Lookup, Outcome } from "../../directory/commit/mutation.js";
import { WorkingSet } from "../../directory/commit/working-set.js";
import type { SecretKey } from "../../directory/secret-key.js";
import { writeGuards } from "./guards.js";
import { IdempotencyStore } from "./idempotency.js";
import { inReadOrWrite } from "./in-transaction.js";
import { load } from "./load.js";
import { savePending } from "./outbox.js";
import { writeChanges } from "./write.js";

/** What a transaction is run with. */
export interface TransactionParts {
  readonly clock: Clock;
  /** The key of what is remembered of requests. */
  readonly secretKey: SecretKey;
  /** What mutations expect to be absent is not read: the database refuses what is there. */
  readonly isOptimistic: boolean;
}

/**
 * Decides and writes mutations in one transaction: reads what they look up from one snapshot, applies them one after
 * another, writes what changed, and commits to a majority. Returns an outcome for each mutation. Throws when nothing was
 * written (see `commitBatch`) or when it is unknown (`isUnknownCommit`).
 */
export const runTransaction = async (
  db: Db,
  session: ClientSession,
  mutations: readonly AttributedMutation<unknown>[],
  { clock, secretKey, isOptimistic }: TransactionParts,
): Promise<Outcome[]> => {
  const work = async () => {
    const working = new WorkingSet(clock);
    const replays = await IdempotencyStore.load(db, session, mutations, { secretKey, now: working.now });
    const read = (lookups: readonly Lookup[]) => load(db, session, isOptimistic ? lookups.filter(isLooked) : lookups);
    const outcomes = await decide(mutations, working, { read, replays, isCommitted: true });
    await writeGuards(db, session, working.guards, working.now);
    await writeChanges(db, session, working.writes);
    await savePending(db, session, working.events);
    await replays.save(db, session);
    const { guards, writes, events } = working;
    return { outcomes, wrote: guards.size + writes.length + events.length > 0 || replays.hasChanged };
  };
  const { outcomes } = await inReadOrWrite(db, session, work, ({ wrote }) => wrote);
  return outcomes;
};

const isLooked = ({ expectedAbsent }: Lookup): boolean => expectedAbsent !== true;
