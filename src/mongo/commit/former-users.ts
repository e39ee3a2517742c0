import type { Db } from "mongodb";
import type { DeletedUser } from "../../directory/tables.js";
import { logCollection } from "../events/log-entries.js";
import { type Find, findAllIn, findOnce } from "../find.js";
import { outboxCollection } from "./outbox.js";

type Within = Pick<Find, "session">;
type Ids = readonly string[];

const documentsAtOnce = 20;

/**
 * Those of the ids that users had who are gone. Deletions are kept in `deletedUsers`, but not by servers of versions before:
 * those that the log of events reaches back to are found there, and the newest in the outbox.
 */
export const findFormerUsers = async (db: Db, within: Within, ids: Ids): Promise<DeletedUser[]> => {
  const kept = await idsIn(db, within, "deletedUsers", ids);
  const notKept = ids.filter((id) => !kept.has(id));
  const living = await idsIn(db, within, "users", notKept);
  const unknown = notKept.filter((id) => !living.has(id));
  const inLog = await toldOf(db, within, { collection: logCollection, field: "userIds" }, unknown);
  const left = unknown.filter((id) => !inLog.has(id));
  const waiting = await toldOf(db, within, { collection: outboxCollection, field: "events.user.id" }, left);
  return [...kept, ...inLog, ...waiting].map((id) => ({ id, revision: 1 }));
};

/** Those of the ids that a collection has. */
const idsIn = async (db: Db, within: Within, collection: string, ids: Ids): Promise<Set<string>> => {
  const found = await findAllIn<{ _id: string }>(db, {
    collection,
    field: "_id",
    values: ids,
    projection: { _id: 1 },
    ...within,
  });
  return new Set(found.map(({ _id }) => _id));
};

interface Telling {
  readonly userIds?: readonly string[];
  readonly events?: readonly { readonly user?: { readonly id: string } }[];
}

/** Those of the ids of which events tell. */
const toldOf = async (
  db: Db,
  within: Within,
  { collection, field }: { readonly collection: string; readonly field: string },
  ids: Ids,
): Promise<Set<string>> => {
  const told = new Set<string>();
  for (let left = ids; left.length > 0; ) {
    const { documents, complete } = await findOnce<Telling>(db, {
      collection,
      filter: { [field]: { $in: left } },
      projection: { [field]: 1 },
      limit: documentsAtOnce,
      ...within,
    });
    const named = new Set(
      documents.flatMap(({ userIds, events = [] }) => userIds ?? events.flatMap(({ user }) => user?.id ?? [])),
    );
    for (const id of left) if (named.has(id)) told.add(id);
    if (complete && documents.length < documentsAtOnce) break;
    left = left.filter((id) => !named.has(id));
  }
  return told;
};
