import type { Db, Document } from "mongodb";
import type { KeyRange, RangeAnswer } from "../directory/lists/range.js";
import type { User } from "../directory/user.js";
import { type DocumentOf, fromDocument } from "./documents.js";
import { findOnce } from "./find.js";
import { behind, signOf } from "./range.js";

/** A find of one range of the users who are active members of an organization. */
export interface FindOrganizationUsers {
  readonly organizationId: string;
  /** What else holds for the users. */
  readonly conditions: Document;
  readonly range: KeyRange;
  readonly signal: AbortSignal;
}

/** Most users that conditions on users, each of a list of at most so many values, can hold for. */
const maxUsers = 1_000;

/**
 * Reads the users of one range: the memberships along an index that is in the order of their users, then the users. So a
 * page costs the same however many members the organization has, and users the directory.
 */
export const findOrganizationUsers = async (
  db: Db,
  { organizationId, conditions, range, signal }: FindOrganizationUsers,
): Promise<RangeAnswer<User>> => {
  const { direction, from, limit } = range;
  const among = await userIds(db, conditions, range, signal);
  const { documents: members } = await findOnce<{ userId: string }>(db, {
    collection: "memberships",
    filter: {
      organizationId,
      status: "active",
      ...((among || from) && { userId: { ...(among && { $in: among }), ...(from && behind(from, direction)) } }),
    },
    sort: { userId: signOf(direction) },
    projection: { _id: 0, userId: 1 },
    hint: "members",
    limit: limit + 1,
    signal,
  });
  const ids = members.slice(0, limit).map(({ userId }) => userId);
  if (ids.length === 0) return { items: [], more: false, end: undefined };
  const { documents, complete } = await findOnce<DocumentOf<"users">>(db, {
    collection: "users",
    // The conditions once more: a user may have changed since.
    filter: { ...conditions, _id: { $in: ids } },
    sort: { _id: signOf(direction) },
    limit: ids.length,
    signal,
  });
  const items = documents.map((document) => fromDocument<User>(document));
  return complete
    ? { items, more: members.length > limit, end: ids.at(-1) }
    : { items, more: true, end: items.at(-1)?.id };
};

/** The ids of the users whom the conditions allow: those conditions name, or else undefined. */
const userIds = async (
  db: Db,
  conditions: Document,
  { direction, from }: KeyRange,
  signal: AbortSignal,
): Promise<string[] | undefined> => {
  const { _id, ...others } = conditions;
  if (Object.keys(others).length === 0) return _id?.$in;
  const { documents } = await findOnce<{ _id: string }>(db, {
    collection: "users",
    filter: { ...others, ...((_id || from) && { _id: { ..._id, ...(from && behind(from, direction)) } }) },
    projection: { _id: 1 },
    limit: maxUsers,
    signal,
  });
  return documents.map((document) => document._id);
};
