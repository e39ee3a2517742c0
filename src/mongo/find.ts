import { type ClientSession, type CollationOptions, type Db, type Document, Long, type Timestamp } from "mongodb";
import { inCommandSpan } from "./command-span.js";
import { toRosterError } from "./error.js";
import { primaryOf, readFromOnePrimary, readLatest } from "./primary.js";

/** A find of which the first batch is the answer. */
export interface Find {
  readonly collection: string;
  readonly filter: Document;
  readonly sort?: Document;
  readonly projection?: Document;
  /** The name of the index to use. Not given: what the database finds best. */
  readonly hint?: string;
  /** How texts compare. */
  readonly collation?: CollationOptions;
  /** How many to pass over. */
  readonly skip?: number;
  readonly limit: number;
  readonly signal?: AbortSignal;
  /** In a transaction; its read concern holds then. */
  readonly session?: ClientSession;
  /** Outside a transaction. Default: majority. */
  readonly readConcern?: "majority" | "snapshot";
  /**
   * A primary that was deposed and does not know it yet may answer, some seconds late: where that does no harm, or where
   * the caller sees to it by `readLatest`. It still sees what this primary and those before it acknowledged.
   */
  readonly mayBeOld?: boolean;
}

// What a read may take at the database, whatever the caller's deadline.
const maxTimeMs = 10_000;

interface Found<T> {
  documents: T[];
  complete: boolean;
}

/**
 * Runs a find as one command: a third cheaper than a cursor of the driver. The database ends an answer at 16 MiB;
 * `complete` is false when it held documents back for that. Outside a transaction it sees every change that was
 * acknowledged before, by whichever primary, unless `mayBeOld`.
 */
export const findOnce = <T extends Document>(db: Db, find: Find): Promise<Found<T>> => {
  if (find.session) return findAfter<T>(db, find, undefined);
  const read = () => findAfter<T>(db, find, primaryOf(db)?.since);
  return find.mayBeOld ? readFromOnePrimary(db, read) : readLatest(db, read);
};

const findAfter = <T extends Document>(
  db: Db,
  find: Find,
  afterClusterTime: Timestamp | undefined,
): Promise<Found<T>> => inCommandSpan(db, "find", find.collection, () => runFind(db, find, afterClusterTime));

const runFind = async <T extends Document>(
  db: Db,
  {
    collection,
    filter,
    sort,
    projection,
    hint,
    collation,
    skip,
    limit,
    signal,
    session,
    readConcern = "majority",
  }: Find,
  afterClusterTime: Timestamp | undefined,
): Promise<Found<T>> => {
  try {
    const { cursor } = await db.command(
      {
        find: collection,
        filter,
        ...(sort && { sort }),
        ...(projection && { projection }),
        ...(hint && { hint }),
        ...(collation && { collation }),
        ...(skip !== undefined && { skip }),
        limit,
        batchSize: limit,
        maxTimeMS: maxTimeMs,
        ...(!session && { readConcern: { level: readConcern, ...(afterClusterTime && { afterClusterTime }) } }),
      },
      { ...(signal && { signal }), ...(session && { session }) },
    );
    const complete = isZero(cursor.id);
    if (!complete) {
      await db.command({ killCursors: collection, cursors: [toLong(cursor.id)] }, { ...(session && { session }) });
    }
    return { documents: cursor.firstBatch as T[], complete };
  } catch (error) {
    throw session || signal?.aborted ? error : toRosterError(error);
  }
};

/**
 * Finds every document whose `field` has one of the values, in as many commands as it takes. No two documents have the same
 * value in it; it may hold several.
 */
export const findAllIn = async <T extends Document>(
  db: Db,
  { field, values, ...find }: Omit<Find, "filter" | "sort" | "limit"> & { field: string; values: readonly string[] },
): Promise<T[]> => {
  const found: T[] = [];
  let left = values;
  while (left.length > 0) {
    const filter = { [field]: left.length === 1 ? left[0] : { $in: left } };
    const { documents, complete } = await findOnce<T>(db, { ...find, filter, limit: left.length });
    found.push(...documents);
    if (complete) break;
    const seen = new Set(documents.flatMap((document) => document[field]));
    left = left.filter((value) => !seen.has(value));
  }
  return found;
};

const batchSize = 5_000;

/** Finds every document that matches, in as many commands as it takes. Throws the driver's errors. */
export const findAll = <T extends Document>(
  db: Db,
  find: Pick<Find, "collection" | "filter" | "session">,
): Promise<T[]> => inCommandSpan(db, "find", find.collection, () => runFindAll(db, find));

const runFindAll = async <T extends Document>(
  db: Db,
  { collection, filter, session }: Pick<Find, "collection" | "filter" | "session">,
): Promise<T[]> => {
  const found: T[] = [];
  const within = { ...(session && { session }) };
  let { cursor } = await db.command({ find: collection, filter, batchSize }, within);
  for (found.push(...cursor.firstBatch); !isZero(cursor.id); found.push(...cursor.nextBatch)) {
    ({ cursor } = await db.command({ getMore: toLong(cursor.id), collection, batchSize }, within));
  }
  return found;
};

// Of an id that is small enough the driver makes a number, and the database takes none.
const toLong = (id: Long | number): Long => Long.fromValue(id);

const isZero = (id: Long | number): boolean => (id instanceof Long ? id.isZero() : id === 0);
