import type { AnyBulkWriteOperation, ClientSession, Db, Document } from "mongodb";
import type { Lookup, Mutation } from "../../directory/commit/mutation.js";
import { type Change, WorkingSet } from "../../directory/commit/working-set.js";
import { type Loaded, type TableName, tableNames } from "../../directory/tables.js";
import { type DocumentOf, fieldOf, fromDocument, toDocument } from "../documents.js";
import { isUnknownCommit } from "../error.js";
import { findAllIn, findOnce } from "../find.js";
import { savePending } from "./outbox.js";
import { RequestLog } from "./request-log.js";

/** What became of one mutation of a commit. */
export type Outcome = { ok: true; result: unknown } | { ok: false; error: unknown };

/** Another commit came in between: nothing was written, and the decision has to be made again from fresh objects. */
export class StaleRead extends Error {}

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
    await write(db, session, working.writes);
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

const load = async (db: Db, session: ClientSession, lookups: readonly Lookup[]): Promise<Loaded> => {
  const loaded: Record<string, unknown> = {};
  for (const table of tableNames) {
    const values = new Map<string, Set<string>>();
    for (const lookup of lookups) {
      if (lookup.table !== table) continue;
      const field = fieldOf(lookup.key);
      values.set(field, (values.get(field) ?? new Set()).add(lookup.value));
    }
    if (values.size > 0) loaded[table] = (await loadTable(db, session, table, values)).map(fromDocument);
  }
  return loaded;
};

const loadTable = async <N extends TableName>(
  db: Db,
  session: ClientSession,
  collection: N,
  values: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<DocumentOf<N>[]> => {
  const conditions = [...values].map(([field, set]) => ({ [field]: { $in: [...set] } }));
  const limit = [...values.values()].reduce((sum, set) => sum + set.size, 0);
  const filter = conditions.length === 1 ? (conditions[0] as Document) : { $or: conditions };
  const { documents, complete } = await findOnce<DocumentOf<N>>(db, { collection, filter, limit, session });
  if (complete) return documents;
  const all = new Map<string, DocumentOf<N>>();
  for (const [field, set] of values) {
    const found = await findAllIn<DocumentOf<N>>(db, { collection, field, values: [...set], session });
    for (const document of found) all.set(document._id, document);
  }
  return [...all.values()];
};

const write = async (db: Db, session: ClientSession, changes: readonly Change[]): Promise<void> => {
  for (const table of tableNames) {
    const own = changes.filter((change) => change.table === table);
    if (own.length === 0) continue;
    const operations = toOperations(own);
    const result = await db.collection<DocumentOf<TableName>>(table).bulkWrite(operations, { session });
    const written = result.insertedCount + result.matchedCount + result.deletedCount;
    if (written !== operations.length) throw new StaleRead();
  }
};

// Deletions first, insertions last, so that a unique value is given up before it is taken; each kind is one command.
const toOperations = (changes: readonly Change[]): AnyBulkWriteOperation<DocumentOf<TableName>>[] => {
  const deletes: AnyBulkWriteOperation<DocumentOf<TableName>>[] = [];
  const replaces: AnyBulkWriteOperation<DocumentOf<TableName>>[] = [];
  const inserts: AnyBulkWriteOperation<DocumentOf<TableName>>[] = [];
  for (const { before, after } of changes) {
    const filter = before && { _id: before.id, revision: before.revision };
    if (filter && after) replaces.push({ replaceOne: { filter, replacement: toDocument(after) } });
    else if (filter) deletes.push({ deleteOne: { filter } });
    else if (after) inserts.push({ insertOne: { document: toDocument(after) } });
  }
  return [...deletes, ...replaces, ...inserts];
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
