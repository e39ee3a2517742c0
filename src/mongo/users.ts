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
    findRange<User>(db, {
      collection,
      filter: { ...toConditions(filter), ...ofStatus(filter) },
      ...indexFor(filter),
      range,
      signal,
    }),

  membersOf: (organizationId, filter, signal) =>
    organizationUsers(db, {
      organizationId,
      conditions: toConditions(filter),
      others: ofStatus(filter),
      ...indexFor({ ...filter, status: undefined }),
      signal,
    }),
});

/** Conditions that at most so many users meet as they name values. */
const toConditions = ({ normalizedEmail, externalIds, ids }: UserFilter) => ({
  ...(ids && { _id: { $in: ids } }),
  ...(normalizedEmail !== undefined && { normalizedEmail }),
  ...(externalIds && { externalId: { $in: externalIds } }),
});

/** The condition that any number of users meet. Users are stored without a status while they are active. */
const ofStatus = ({ status }: UserFilter) =>
  status && { status: status === "active" ? { $exists: false } : { $eq: status } };

/** The index that has all that match. The database might look for them along the ids, up to the end of the collection. */
const indexFor = ({ normalizedEmail, externalIds, ids, status }: UserFilter): { hint?: string } => {
  if (externalIds) return { hint: "externalId" };
  if (normalizedEmail !== undefined) return { hint: "normalizedEmail" };
  if (status === undefined) return {};
  return { hint: ids ? "_id_" : "status" };
};
