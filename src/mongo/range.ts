import type { Db } from "mongodb";
import type { Entity } from "../directory/commit/table.js";
import type { Direction, KeyRange, RangeAnswer } from "../directory/lists/range.js";
import { type Document, fromDocument } from "./documents.js";
import { type Find, findOnce } from "./find.js";

/** A find of one range of a collection. */
export interface FindRange extends Pick<Find, "collection" | "hint" | "signal" | "mayBeOld"> {
  /** Other conditions. Of the id it may have operators, but not those that compare. */
  readonly filter: Find["filter"] & { readonly _id?: Find["filter"] };
  readonly range: KeyRange;
}

/** Reads the objects of one range, by id. */
export const findRange = async <T extends Entity>(db: Db, find: FindRange): Promise<RangeAnswer<T>> => {
  const { items, more, end } = await findDocumentRange<Document<T>>(db, find);
  return { items: items.map((document) => fromDocument<T>(document)), more, end };
};

/** Reads the documents of one range, by id. */
export const findDocumentRange = async <D extends { readonly _id: string }>(
  db: Db,
  { filter, range: { direction, from, limit }, ...find }: FindRange,
): Promise<RangeAnswer<D>> => {
  const { documents, complete } = await findOnce<D>(db, {
    ...find,
    filter: from ? { ...filter, _id: { ...filter._id, ...behind(from, direction) } } : filter,
    sort: { _id: signOf(direction) },
    // One more than asked tells whether the range goes on.
    limit: limit + 1,
  });
  const items = documents.slice(0, limit);
  return { items, more: !complete || documents.length > limit, end: items.at(-1)?._id };
};

/** The operator on a field that holds ids for those of a range from here on. */
export const behind = ({ id, inclusive }: NonNullable<KeyRange["from"]>, direction: Direction) => ({
  [`${direction === "ascending" ? "$gt" : "$lt"}${inclusive ? "e" : ""}`]: id,
});

/** The direction as sorts have it. */
export const signOf = (direction: Direction): 1 | -1 => (direction === "ascending" ? 1 : -1);
