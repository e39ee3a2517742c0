import { BSON, type ClientSession, type Db, type Document, MongoServerError } from "mongodb";
import type { Entity } from "../../directory/commit/table.js";
import type { Change } from "../../directory/commit/working-set.js";
import { tableNames } from "../../directory/tables.js";
import { piecesOf } from "../../pieces.js";
import { inCommandSpan } from "../command-span.js";
import { toDocument } from "../documents.js";

/** Another commit, or primary, came in between: nothing was written, and the decision is to be made again from fresh objects. */
export class WriteConflict extends Error {}

/** Most bytes of the documents of a command: the driver makes none of more than 17 MiB. */
const maxCommandBytes = 16 * 1_024 * 1_024;
/** At least as many bytes as an object of the directory takes in its collection. */
const maxObjectBytes = 256 * 1_024;
/** Most ids in a command that deletes. */
const maxDeletes = 50_000;
/** Most statements in a command: a limit of MongoDB. */
const maxStatements = 100_000;

/**
 * Writes changes in a transaction. Throws WriteConflict when an object is not what it was, and the driver's error when a
 * unique value is taken.
 */
export const writeChanges = async (db: Db, session: ClientSession, changes: readonly Change[]): Promise<void> => {
  for (const table of tableNames) {
    const deleted: string[] = [];
    const updates: Document[] = [];
    const documents: Document[] = [];
    for (const { before, after } of changes.filter((change) => change.table === table)) {
      if (before && after) updates.push(updateOf(before, after));
      else if (before) deleted.push(before.id);
      else if (after) documents.push(toDocument(after));
    }
    // Deletions first, insertions last, so that a unique value is given up before it is taken.
    await deleteAll(db, session, table, deleted);
    for (const chunk of chunksOf(updates, maxObjectBytes)) {
      await runWrite(db, session, { update: table, updates: chunk }, chunk.length);
    }
    await insertAll(db, session, table, documents);
  }
};

/**
 * The statement that makes one object another. Where the revision stays, it writes what differs.
 *
 * The condition on the revision names the object that was read. What keeps two commits apart is that the transaction has
 * read the object, too: where another one has written it since, whether that raised the revision or not, the database
 * refuses this one, and it is decided again. So nothing is put back to what it was before, by servers of older versions
 * either, which replace whole documents.
 */
const updateOf = (before: Entity, after: Entity): Document => {
  const { _id, ...fields } = toDocument(after);
  const q = { _id, revision: before.revision };
  if (after.revision !== before.revision) return { q, u: { _id, ...fields } };
  const differing = Object.entries(fields).filter(([name, value]) => before[name as keyof Entity] !== value);
  const gone = Object.keys(before).filter((name) => name !== "id" && !(name in fields));
  return { q, u: { $set: Object.fromEntries(differing), $unset: Object.fromEntries(gone.map((name) => [name, ""])) } };
};

/** Adds documents, each of at most so many bytes, to a collection in a transaction. */
export const insertAll = async (
  db: Db,
  session: ClientSession,
  collection: string,
  documents: readonly Document[],
  maxBytes: number = maxObjectBytes,
): Promise<void> => {
  for (const chunk of chunksOf(documents, maxBytes)) {
    await runWrite(db, session, { insert: collection, documents: chunk }, chunk.length);
  }
};

/** Puts documents of at most `maxObjectBytes` in the place of those with their ids, which may be there or not. */
export const replaceAll = async (
  db: Db,
  session: ClientSession,
  collection: string,
  documents: readonly Document[],
): Promise<void> => {
  const updates = documents.map((u) => ({ q: { _id: u._id }, u, upsert: true }));
  for (const chunk of chunksOf(updates, maxObjectBytes)) {
    await runWrite(db, session, { update: collection, updates: chunk }, chunk.length);
  }
};

/**
 * Runs a write command in a transaction. Throws as `writeChanges` when it wrote another number of documents than expected.
 * A plain command: the methods of a collection measure each document before they send it.
 */
export const runWrite = async (db: Db, session: ClientSession, command: Document, expected: number): Promise<void> => {
  const [[operation, collection] = []] = Object.entries(command);
  const { n, writeErrors } = await inCommandSpan(db, String(operation), collection, () =>
    db.command(command, { session }),
  );
  if (writeErrors) throw new MongoServerError(writeErrors[0]);
  if (n !== expected) throw new WriteConflict();
};

/**
 * Deletes objects that this transaction has read. In its snapshot they are what they were then, and where another commit
 * has come in between, the database refuses the deletion. One statement for many: much faster than one for each.
 */
const deleteAll = async (db: Db, session: ClientSession, table: string, ids: readonly string[]): Promise<void> => {
  for (let i = 0; i < ids.length; i += maxDeletes) {
    const chunk = ids.slice(i, i + maxDeletes);
    const deletes = [{ q: { _id: { $in: chunk } }, limit: 0 }];
    await runWrite(db, session, { delete: table, deletes }, chunk.length);
  }
};

/** Cuts statements, each of at most so many bytes, into chunks that fit into a command. Measures only where it must. */
const chunksOf = (statements: readonly Document[], maxBytes: number): Iterable<readonly Document[]> => {
  if (statements.length === 0) return [];
  if (statements.length * maxBytes <= maxCommandBytes) return [statements];
  return piecesOf(statements, { maxBytes: maxCommandBytes, bytesOf: statementBytes, maxItems: maxStatements });
};

// The place in the array of statements has a name of at most seven bytes.
const statementBytes = (statement: Document): number => BSON.calculateObjectSize(statement) + 7;
