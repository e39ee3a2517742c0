import type { Db } from "mongodb";
import type { TableName, Tables } from "../directory/tables.js";
import { Coalescer } from "./coalescer.js";
import { type DocumentOf, fromDocument } from "./documents.js";
import { findAllIn } from "./find.js";

/** Finds single objects of a table by a field that is unique; concurrent calls share queries. */
export const coalescedFind = <N extends TableName>(
  db: Db,
  collection: N,
  field: keyof DocumentOf<N> & string,
): ((value: string) => Promise<Tables[N] | undefined>) => {
  const coalescer = new Coalescer<Tables[N]>(async (values) => {
    const documents = await findAllIn<DocumentOf<N>>(db, { collection, field, values });
    return new Map(documents.map((document) => [document[field] as string, fromDocument(document)]));
  });
  return (value) => coalescer.get(value);
};
