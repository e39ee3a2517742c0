import type { Db } from "mongodb";
import type { User } from "../directory/user.js";
import type { UserRange, UserReader } from "../directory/user-reader.js";
import { Coalescer } from "./coalescer.js";
import { type DocumentOf, fromDocument } from "./documents.js";
import { findAllIn, findOnce } from "./find.js";

const collection = "users";
type UserDocument = DocumentOf<"users">;
type UniqueField = "_id" | "externalId" | "normalizedEmail";

/** Reads users from MongoDB. */
export const mongoUsers = (db: Db): UserReader => {
  const coalesced = (field: UniqueField) => {
    const coalescer = new Coalescer<User>(async (values) => {
      const documents = await findAllIn<UserDocument>(db, { collection, field, values });
      return new Map(documents.map((document) => [document[field] as string, fromDocument(document)]));
    });
    return (value: string) => coalescer.get(value);
  };

  return {
    byId: coalesced("_id"),
    byExternalId: coalesced("externalId"),
    byNormalizedEmail: coalesced("normalizedEmail"),

    async byIds(ids, signal) {
      const documents = await findAllIn<UserDocument>(db, { collection, field: "_id", values: ids, signal });
      return documents.map(fromDocument) as User[];
    },

    async range(range, signal) {
      const { documents, complete } = await findOnce<UserDocument>(db, {
        collection,
        filter: toFilter(range),
        sort: { _id: range.direction === "ascending" ? 1 : -1 },
        // One more than asked tells whether the range goes on.
        limit: range.limit + 1,
        signal,
      });
      const more = !complete || documents.length > range.limit;
      if (documents.length > range.limit) documents.pop();
      return { users: documents.map(fromDocument) as User[], more };
    },
  };
};

const toFilter = ({ filter: { normalizedEmail, externalIds, ids }, direction, from }: UserRange) => {
  const operator = direction === "ascending" ? "$gt" : "$lt";
  const idConditions = {
    ...(from && { [from.inclusive ? `${operator}e` : operator]: from.id }),
    ...(ids && { $in: ids }),
  };
  return {
    ...((from || ids) && { _id: idConditions }),
    ...(normalizedEmail !== undefined && { normalizedEmail }),
    ...(externalIds && { externalId: { $in: externalIds } }),
  };
};
