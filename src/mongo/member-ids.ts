import type { Db, Document } from "mongodb";
import type { KeyRange } from "../directory/lists/range.js";
import { findOnce } from "./find.js";
import { behind, signOf } from "./range.js";

/** The active members of an organization whom a list is about. */
export interface Members {
  readonly organizationId: string;
  /** Other conditions on the users, which few can meet. Of their ids there is none but `{ $in: ids }`. */
  readonly conditions: Document;
  /** Conditions on the users that any number of them meet: looked at when the users are read. */
  readonly others?: Document | undefined;
  /** The name of the index of users to look along where there are conditions beside that on ids. */
  readonly hint?: string;
  readonly signal: AbortSignal;
}

/** Ids of users, and whether there are more behind the last one. */
export interface Ids {
  readonly ids: readonly string[];
  readonly more: boolean;
}

/** Most users who can match: each condition names at most so many values of a unique field. */
const maxUsers = 1_000;

/**
 * The ids of one range of an organization's active members, along an index that is in the order of users and holds all
 * that is asked for.
 */
export const memberIds = async (db: Db, members: Members, { direction, from, limit }: KeyRange): Promise<Ids> => {
  const { organizationId, signal } = members;
  const beyond = from && behind(from, direction);
  const among = await idsAmong(db, members, beyond);
  const { documents } = await findOnce<{ userId: string }>(db, {
    collection: "memberships",
    filter: {
      organizationId,
      status: "active",
      ...((among || beyond) && { userId: { ...(among && { $in: among }), ...beyond } }),
    },
    sort: { userId: signOf(direction) },
    projection: { _id: 0, userId: 1 },
    hint: "members",
    // One more than asked tells whether there are more.
    limit: limit + 1,
    signal,
  });
  return { ids: documents.slice(0, limit).map(({ userId }) => userId), more: documents.length > limit };
};

/** The ids of the users who match the conditions; undefined where there is no condition. */
const idsAmong = async (
  db: Db,
  { conditions, hint, signal }: Members,
  beyond: Document | undefined,
): Promise<readonly string[] | undefined> => {
  const { _id, ...others } = conditions;
  if (Object.keys(others).length === 0) return _id?.$in;
  const { documents } = await findOnce<{ _id: string }>(db, {
    collection: "users",
    filter: { ...others, ...((_id || beyond) && { _id: { ..._id, ...beyond } }) },
    projection: { _id: 1 },
    ...(hint && { hint }),
    limit: maxUsers,
    signal,
  });
  return documents.map((document) => document._id);
};
