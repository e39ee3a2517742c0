import { type ClientSession, type Db, MongoServerError } from "mongodb";
import type { Clock } from "../../directory/clock.js";
import { decide } from "../../directory/commit/decide.js";
import type { AttributedMutation, Lookup, Outcome } from "../../directory/commit/mutation.js";
import { WorkingSet } from "../../directory/commit/working-set.js";
import type { SecretKey } from "../../directory/secret-key.js";
import { maxMessageBytes } from "../../directory/message-size.js";
import { isTransient } from "../error.js";
import { freeLogEnd, type LogEntry, logCollection, toEntry, toLogDocuments } from "../events/log-entries.js";
import { writeGuards } from "./guards.js";
import { IdempotencyStore } from "./idempotency.js";
import { inReadOrWrite } from "./in-transaction.js";
import { load } from "./load.js";
import { savePending, storedPages } from "./outbox.js";
import { insertAll, WriteConflict, writeChanges } from "./write.js";

/** What a transaction is run with. */
export interface TransactionParts {
  readonly clock: Clock;
  /** The key of what is remembered of requests. */
  readonly secretKey: SecretKey;
  /** What mutations expect to be absent is not read: the database refuses what is there. */
  readonly isOptimistic: boolean;
  /** Whether its events may be appended to the log at once, instead of waiting in the outbox for their place. */
  readonly mayAppend: boolean;
}

/** What a transaction has committed. */
export interface Committed {
  /** One for each mutation. */
  readonly outcomes: Outcome[];
  /** The entries of the log that hold its events, where it has appended them. */
  readonly entries: readonly LogEntry[];
}

/**
 * Decides and writes mutations in one transaction: reads what they look up from one snapshot, applies them one after
 * another, writes what changed, and commits to a majority. Throws when nothing was written (see `commitBatch`) or when it is
 * unknown (`isUnknownCommit`).
 */
export const runTransaction = async (
  db: Db,
  session: ClientSession,
  mutations: readonly AttributedMutation<unknown>[],
  { clock, secretKey, isOptimistic, mayAppend }: TransactionParts,
): Promise<Committed> => {
  const work = async () => {
    const working = new WorkingSet(clock);
    const replays = await IdempotencyStore.load(db, session, mutations, { secretKey, now: working.now });
    const read = (lookups: readonly Lookup[]) =>
      load(db, { session }, isOptimistic ? lookups.filter(isLooked) : lookups);
    const outcomes = await decide(mutations, working, { read, replays, isCommitted: true });
    await writeGuards(db, session, working.guards, working.now);
    await writeChanges(db, session, working.writes);
    const entries = mayAppend ? await appendEvents(db, session, working) : undefined;
    if (entries === undefined) await savePending(db, session, working.events);
    await replays.save(db, session);
    const { guards, writes, events } = working;
    return {
      outcomes,
      entries: entries ?? [],
      wrote: guards.size + writes.length + events.length > 0 || replays.hasChanged,
    };
  };
  return inReadOrWrite(db, session, work, ({ wrote }) => wrote);
};

const isLooked = ({ expectedAbsent }: Lookup): boolean => expectedAbsent !== true;

/**
 * Appends the events to the log. Undefined where they are many, and where others wait for their place: what this transaction
 * depends on may be among them. Throws WriteConflict when another transaction appends, too, and when the log cannot be
 * written: that is no reason to refuse the change, whose events wait in the outbox then.
 */
const appendEvents = async (
  db: Db,
  session: ClientSession,
  { events, now }: WorkingSet,
): Promise<readonly LogEntry[] | undefined> => {
  const [page, ...further] = storedPages(events);
  if (page === undefined) return [];
  if (further.length > 0) return undefined;
  try {
    const end = await freeLogEnd(db, session);
    if (end === undefined) return undefined;
    const documents = toLogDocuments(end, [{ events: page }], now);
    await insertAll(db, session, logCollection, documents, maxMessageBytes);
    return documents.map(toEntry);
  } catch (error) {
    throw error instanceof MongoServerError && !isTransient(error) ? new WriteConflict() : error;
  }
};
