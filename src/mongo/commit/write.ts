import { type ClientSession, type Db, type Document, MongoServerError } from "mongodb";
import type { Change } from "../../directory/commit/working-set.js";
import { tableNames } from "../../directory/tables.js";
import { toDocument } from "../documents.js";

/** Another commit came in between: nothing was written, and the decision has to be made again from fresh objects. */
export class StaleRead extends Error {}

/**
 * Writes changes in a transaction. Throws StaleRead when an object is not what it was, and the driver's error when a
 * unique value is taken.
 */
export const writeChanges = async (db: Db, session: ClientSession, changes: readonly Change[]): Promise<void> => {
  for (const table of tableNames) {
    const deletes: Document[] = [];
    const updates: Document[] = [];
    const documents: Document[] = [];
    for (const { before, after } of changes.filter((change) => change.table === table)) {
      const q = before && { _id: before.id, revision: before.revision };
      if (q && after) updates.push({ q, u: toDocument(after) });
      else if (q) deletes.push({ q, limit: 1 });
      else if (after) documents.push(toDocument(after));
    }
    // Deletions first, insertions last, so that a unique value is given up before it is taken.
    if (deletes.length > 0) await runWrite(db, session, { delete: table, deletes }, deletes.length);
    if (updates.length > 0) await runWrite(db, session, { update: table, updates }, updates.length);
    if (documents.length > 0) await insertAll(db, session, table, documents);
  }
};

/** Adds documents to a collection in a transaction. */
export const insertAll = async (
  db: Db,
  session: ClientSession,
  collection: string,
  documents: readonly Document[],
): Promise<void> => runWrite(db, session, { insert: collection, documents }, documents.length);

/**
 * Runs a write command in a transaction. Throws as `writeChanges` when it wrote another number of documents than expected.
 * A plain command: the methods of a collection measure each document before they send it.
 */
export const runWrite = async (db: Db, session: ClientSession, command: Document, expected: number): Promise<void> => {
  const { n, writeErrors } = await db.command(command, { session });
  if (writeErrors) throw new MongoServerError(writeErrors[0]);
  if (n !== expected) throw new StaleRead();
};
