import type { Db } from "mongodb";
import type { User } from "../directory/user.js";
import { emailLookups, userByEmail } from "../directory/user-email.js";
import type { UserFilter, UserReader } from "../directory/user-reader.js";
import { foreground } from "../foreground.js";
import { coalescedFind } from "./coalesced-find.js";
import { Coalescer } from "./coalescer.js";
import { load } from "./commit/load.js";
import { type DocumentOf, fromDocument } from "./documents.js";
import { withRosterErrors } from "./error.js";
import { findAllIn } from "./find.js";
import { readAs } from "./primary.js";
import { organizationUsers } from "./organization-users.js";
import { findRange } from "./range.js";

const collection = "users";
type UserDocument = DocumentOf<"users">;

/** Reads users from MongoDB. */
export const mongoUsers = (db: Db): UserReader => ({
  byId: coalescedFind(db, collection, "_id"),
  byExternalId: coalescedFind(db, collection, "externalId"),
  byEmail: coalescedEmailFind(db),

  async byIds(ids, signal, consistency) {
    const find = { collection, field: "_id", values: ids, signal, mayBeOld: true };
    const documents = await readAs(db, consistency, () => findAllIn<UserDocument>(db, find));
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

/** Finds users by their emails; concurrent calls share queries. */
const coalescedEmailFind = (db: Db): UserReader["byEmail"] => {
  type Forms = Parameters<typeof emailLookups>[0];
  const coalescer = new Coalescer<User>(async (keys) => {
    const asked = keys.map((key) => JSON.parse(key) as Forms);
    const { users = [] } = await foreground.read(() =>
      withRosterErrors(load(db, { mayBeOld: true }, asked.flatMap(emailLookups))),
    );
    const holders = {
      normalizedEmail: new Map(users.map((user) => [user.normalizedEmail, user])),
      foldedEmail: new Map(users.map((user) => [user.foldedEmail ?? "", user])),
    };
    const found = new Map<string, User>();
    for (const [i, key] of keys.entries()) {
      const user = userByEmail((field, value) => holders[field].get(value), asked[i] as Forms);
      if (user) found.set(key, user);
    }
    return found;
  });
  return ({ normalized, folded }, consistency) =>
    readAs(db, consistency, () => coalescer.get(JSON.stringify({ normalized, folded })));
};

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
