import type { ClientSession, Db } from "mongodb";
import type { Clock } from "../../directory/clock.js";
import { decideInOrder } from "../../directory/commit/decide-in-order.js";
import type { AttributedMutation, Lookup, Outcome } from "../../directory/commit/mutation.js";
import { WorkingSet } from "../../directory/commit/working-set.js";
import { NotLoaded } from "../../directory/commit/working-table.js";
import type { SecretKey } from "../../directory/secret-key.js";
import type { Loaded } from "../../directory/tables.js";
import { writeGuards } from "./guards.js";
import { inTransaction } from "./in-transaction.js";
import { load } from "./load.js";
import { savePending } from "./outbox.js";
import { RequestLog } from "./request-log.js";
import { writeChanges } from "./write.js";

/** How mutations are decided. */
export interface Deciding {
  readonly clock: Clock;
  /** What mutations expect to be absent is not loaded. */
  readonly trusting: boolean;
  /** Strictly one after another, and without request ids. */
  readonly inOrder: boolean;
  /** The key of what is remembered of requests. */
  readonly secretKey: SecretKey;
}

/** Most objects that a mutation of a shared commit may change. One that changes more does not share its fate. */
const maxSharedChanges = 1_000;

/**
 * A mutation must not share the commit of those before it: it changes too much, or gives up what one of them has taken.
 * Nothing was written.
 */
export class NotToBeShared extends Error {
  constructor(
    /** Which one it is. */
    readonly index: number,
  ) {
    super("a mutation must not share a commit");
  }
}

/**
 * Decides and writes mutations in one transaction: loads what they look up from one snapshot, applies them one after
 * another, writes what changed, and commits to a majority. Returns an outcome for each mutation. Throws when nothing was
 * written (see `isTransient`, `isDuplicateKey`, `StaleRead`, `NotToBeShared`) or when it is unknown (`isUnknownCommit`).
 */
export const runTransaction = (
  db: Db,
  session: ClientSession,
  mutations: readonly AttributedMutation<unknown>[],
  { clock, secretKey, trusting, inOrder }: Deciding,
): Promise<Outcome[]> =>
  inTransaction(session, async () => {
    const working = new WorkingSet(clock);
    const requests = await RequestLog.load(db, session, mutations, { secretKey, now: working.now });
    const read = (lookups: readonly Lookup[]) => load(db, session, trusting ? lookups.filter(isLooked) : lookups);
    const outcomes = inOrder
      ? await decideInOrder(mutations, working, read, (i) => {
          if (working.hidesValue) throw new NotToBeShared(i);
        })
      : await decideAll(mutations, requests, working, read);
    await writeGuards(db, session, working.guards, working.now);
    await writeChanges(db, session, working.writes);
    await savePending(db, session, working.events);
    await requests.save(db, session);
    return outcomes;
  });

const isLooked = ({ expectedAbsent }: Lookup): boolean => expectedAbsent !== true;

/** Each mutation's outcome. Those that ask for what is not loaded are decided again, behind the others, when it is. */
const decideAll = async (
  mutations: readonly AttributedMutation<unknown>[],
  requests: RequestLog,
  working: WorkingSet,
  read: (lookups: readonly Lookup[]) => Promise<Loaded>,
): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  let lookups = mutations.flatMap((mutation) => mutation.lookups);
  for (let left = [...mutations.entries()]; left.length > 0; ) {
    working.add(lookups, await read(lookups));
    lookups = [];
    left = left.filter(([i, mutation]) => {
      const before = working.changeCount;
      const outcome = decide(mutation, working, requests);
      const isLarge = mutations.length > 1 && working.changeCount - before > maxSharedChanges;
      if (isLarge || working.hidesValue) throw new NotToBeShared(i);
      if (outcome.ok || !(outcome.error instanceof NotLoaded)) outcomes[i] = outcome;
      else lookups.push(...outcome.error.lookups);
      return outcomes[i] === undefined;
    });
  }
  return outcomes;
};

const decide = (mutation: AttributedMutation<unknown>, working: WorkingSet, requests: RequestLog): Outcome => {
  try {
    const answered = requests.answered(mutation);
    if (answered) return { ok: true, result: answered.result };
    const result = working.attempt(mutation);
    requests.remember(mutation, result);
    return { ok: true, result };
  } catch (error) {
    return { ok: false, error };
  }
};
