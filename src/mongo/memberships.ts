import type { Db } from "mongodb";
import { type Membership, pairOf } from "../directory/membership.js";
import type { MembershipFilter, MembershipReader } from "../directory/memberships/membership-reader.js";
import { Coalescer } from "./coalescer.js";
import { type DocumentOf, fromDocument } from "./documents.js";
import { findAllIn } from "./find.js";
import { readLatest } from "./primary.js";
import { type FindRange, findRange } from "./range.js";

const collection = "memberships";

/** Reads memberships from MongoDB. */
export const mongoMemberships = (db: Db): MembershipReader => {
  const byId = new Coalescer<Membership>(async (ids) => {
    const documents = await findAllIn<DocumentOf<"memberships">>(db, {
      collection,
      field: "_id",
      values: ids,
      mayBeOld: true,
    });
    const memberships = await withCurrentNames(db, documents.map(fromDocument) as Membership[]);
    return new Map(memberships.map((membership) => [membership.id, membership]));
  });
  return {
    byId: (id) => readLatest(db, () => byId.get(id)),

    range: (filter, range, signal) =>
      readLatest(db, async () => {
        const find = { collection, ...toFind(filter), range, signal, mayBeOld: true };
        const { items, ...rest } = await findRange<Membership>(db, find);
        return { ...rest, items: await withCurrentNames(db, items, signal) };
      }),
  };
};

/**
 * The find of what a filter is about. It names the index: the database might think that a walk along the ids of all
 * memberships is as good.
 */
const toFind = ({ userId, organizationId, statuses }: MembershipFilter): Pick<FindRange, "filter" | "hint"> => {
  const status = { $in: statuses };
  if (userId !== undefined && organizationId !== undefined) {
    return { filter: { pair: pairOf(userId, organizationId), status } };
  }
  return userId === undefined
    ? { filter: { organizationId, status }, hint: "organizationId" }
    : { filter: { userId, status }, hint: "userId" };
};

/** Memberships with the names that their organizations have now: one query, within `readLatest`. */
const withCurrentNames = async (
  db: Db,
  memberships: readonly Membership[],
  signal?: AbortSignal,
): Promise<Membership[]> => {
  const organizations = await findAllIn<{ _id: string; name: string }>(db, {
    collection: "organizations",
    field: "_id",
    values: [...new Set(memberships.map(({ organizationId }) => organizationId))],
    projection: { name: 1 },
    mayBeOld: true,
    ...(signal && { signal }),
  });
  const names = new Map(organizations.map(({ _id, name }) => [_id, name]));
  return memberships.map((membership) => ({
    ...membership,
    // Of an organization that was deleted a moment ago, the name that it had.
    organizationName: names.get(membership.organizationId) ?? membership.organizationName,
  }));
};
