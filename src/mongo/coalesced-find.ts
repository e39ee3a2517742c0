import type { Db, Document } from "mongodb";
import type { TableName, Tables } from "../directory/tables.js";
import type { ReadConsistency } from "../directory/user-reader.js";
import { foreground } from "../foreground.js";
import { Coalescer } from "./coalescer.js";
import { type DocumentOf, fromDocument } from "./documents.js";
import { findAllIn } from "./find.js";
import { readAs } from "./primary.js";

/** Finds single objects of a table by a field that is unique; concurrent calls share queries. */
export const coalescedFind = <N extends TableName>(
  db: Db,
  collection: N,
  field: keyof DocumentOf<N> & string,
): ((value: string, consistency?: ReadConsistency) => Promise<Tables[N] | undefined>) =>
  coalescedDocumentFind<DocumentOf<N>, Tables[N]>(db, { collection, field }, (document) => fromDocument(document));

/** The same for what is in no table; `toItem` makes of a document what is found. */
export const coalescedDocumentFind = <D extends Document, T>(
  db: Db,
  { collection, field }: { readonly collection: string; readonly field: keyof D & string },
  toItem: (document: D) => T,
): ((value: string, consistency?: ReadConsistency) => Promise<T | undefined>) => {
  const coalescer = new Coalescer<T>(async (values) => {
    const documents = await foreground.read(() => findAllIn<D>(db, { collection, field, values, mayBeOld: true }));
    return new Map(documents.map((document) => [document[field], toItem(document)]));
  });
  return (value, consistency) => readAs(db, consistency, () => coalescer.get(value));
};
