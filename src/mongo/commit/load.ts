import type { Db, Document } from "mongodb";
import type { Lookup } from "../../directory/commit/mutation.js";
import { type Loaded, schemaOf, type TableName, tableNames } from "../../directory/tables.js";
import { type DocumentOf, fieldOf, fromDocument } from "../documents.js";
import { findFormerUsers } from "./former-users.js";
import { type Find, findAll, findAllIn, findOnce } from "../find.js";

type Within = Pick<Find, "session" | "mayBeOld">;

/** Reads what is looked up, within the snapshot of a transaction or without one: one query for each table. */
export const load = async (db: Db, within: Within, lookups: readonly Lookup[]): Promise<Loaded> => {
  const loaded: Record<string, unknown> = {};
  for (const table of tableNames) {
    const values = new Map<string, Set<string>>();
    for (const lookup of lookups) {
      if (lookup.table !== table) continue;
      const field = fieldOf(lookup.key);
      values.set(field, (values.get(field) ?? new Set()).add(lookup.value));
    }
    const formerIds = values.get("formerId");
    values.delete("formerId");
    const former = formerIds ? await findFormerUsers(db, within, [...formerIds]) : [];
    const found = values.size > 0 ? (await loadTable(db, within, table, values)).map(fromDocument) : [];
    loaded[table] = [...found, ...former];
  }
  return loaded;
};

const loadTable = async <N extends TableName>(
  db: Db,
  within: Within,
  table: N,
  values: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<DocumentOf<N>[]> => {
  const groups = new Map([...values].filter(([field]) => field in schemaOf(table).groups));
  const keys = new Map([...values].filter(([field]) => !groups.has(field)));
  const found = keys.size > 0 ? await loadByKeys<N>(db, within, table, keys) : [];
  for (const [field, set] of groups) {
    found.push(
      ...(await findAll<DocumentOf<N>>(db, { collection: table, filter: { [field]: { $in: [...set] } }, ...within })),
    );
  }
  return found;
};

const loadByKeys = async <N extends TableName>(
  db: Db,
  within: Within,
  collection: N,
  values: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<DocumentOf<N>[]> => {
  const conditions = [...values].map(([field, set]) => ({ [field]: { $in: [...set] } }));
  const limit = [...values.values()].reduce((sum, set) => sum + set.size, 0);
  const filter = conditions.length === 1 ? (conditions[0] as Document) : { $or: conditions };
  const { documents, complete } = await findOnce<DocumentOf<N>>(db, { collection, filter, limit, ...within });
  if (complete) return documents;
  const all = new Map<string, DocumentOf<N>>();
  for (const [field, set] of values) {
    const found = await findAllIn<DocumentOf<N>>(db, { collection, field, values: [...set], ...within });
    for (const document of found) all.set(document._id, document);
  }
  return [...all.values()];
};
