import type { Db } from "mongodb";
import type { User } from "../directory/user.js";
import type { UserFilter, UserReader } from "../directory/user-reader.js";
import { coalescedFind } from "./coalesced-find.js";
import { type DocumentOf, fromDocument } from "./documents.js";
import { findAllIn } from "./find.js";
import { organizationUsers } from "./organization-users.js";
import { findRange } from "./range.js";

const collection = "users";
type UserDocument = DocumentOf<"users">;

/** Reads users from MongoDB. */
export const mongoUsers = (db: Db): UserReader => ({
  byId: coalescedFind(db, collection, "_id"),
  byExternalId: coalescedFind(db, collection, "externalId"),
  byNormalizedEmail: coalescedFind(db, collection, "normalizedEmail"),

  async byIds(ids, signal) {
    const documents = await findAllIn<UserDocument>(db, { collection, field: "_id", values: ids, signal });
    return documents.map(fromDocument) as User[];
  },

  range: (filter, range, signal) =>
    findRange<User>(db, { collection, filter: toConditions(filter), ...indexFor(filter), range, signal }),

  membersOf: (organizationId, filter, signal) =>
    organizationUsers(db, { organizationId, conditions: toConditions(filter), ...indexFor(filter), signal }),
});

const toConditions = ({ normalizedEmail, externalIds, ids }: UserFilter) => ({
  ...(ids && { _id: { $in: ids } }),
  ...(normalizedEmail !== undefined && { normalizedEmail }),
  ...(externalIds && { externalId: { $in: externalIds } }),
});

/** The index that has all that match. The database might look for them along the ids, up to the end of the collection. */
const indexFor = ({ normalizedEmail, externalIds }: UserFilter): { hint?: string } => {
  if (externalIds) return { hint: "externalId" };
  return normalizedEmail === undefined ? {} : { hint: "normalizedEmail" };
};
