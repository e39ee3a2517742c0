import type { Entity } from "../directory/commit/table.js";
import type { TableName, Tables } from "../directory/tables.js";

/** How an object stands in its collection: as it is, but for the name of its id. */
export type Document<T extends Entity> = Omit<T, "id"> & { _id: string };

/** An object as it stands in its collection. */
export const toDocument = <T extends Entity>({ id, ...rest }: T): Document<T> => ({ _id: id, ...rest });

/** The object that a document is. */
export const fromDocument = <T extends Entity>({ _id, ...rest }: Document<T>): T =>
  ({ id: _id, ...rest }) as unknown as T;

/** The field that holds a key of a table. */
export const fieldOf = (key: string): string => (key === "id" ? "_id" : key);

/** A document of the collection of a table. */
export type DocumentOf<N extends TableName> = Document<Tables[N]>;
