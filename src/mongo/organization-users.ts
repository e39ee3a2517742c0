import type { Db } from "mongodb";
import type { KeyRange, RangeAnswer } from "../directory/lists/range.js";
import { userBytes } from "../directory/message-size.js";
import type { User } from "../directory/user.js";
import { type DocumentOf, fromDocument } from "./documents.js";
import { findOnce } from "./find.js";
import { type Members, memberIds } from "./member-ids.js";
import { signOf } from "./range.js";
import { ReadAhead } from "./read-ahead.js";

/**
 * Reads the users who are active members of an organization, range after range: their ids from the memberships, then the
 * users. So a page costs the same however many members the organization has, and users the directory. These users lie
 * apart from each other, where those of a plain list are neighbours; what that costs, reading ahead makes up for.
 */
export const organizationUsers = (db: Db, members: Members): ((range: KeyRange) => Promise<RangeAnswer<User>>) => {
  const ahead = new ReadAhead<User>({ range: (range) => readMembers(db, members, range), bytesOf: userBytes });
  return (range) => ahead.range(range);
};

const readMembers = async (db: Db, members: Members, range: KeyRange): Promise<RangeAnswer<User>> => {
  const { ids, more } = await memberIds(db, members, range);
  if (ids.length === 0) return { items: [], more: false, end: undefined };
  const { documents, complete } = await findOnce<DocumentOf<"users">>(db, {
    collection: "users",
    // The conditions once more: a user may have changed since.
    filter: { ...members.conditions, ...members.others, _id: { $in: ids } },
    ...(members.others && { hint: "_id_" }),
    sort: { _id: signOf(range.direction) },
    limit: ids.length,
    signal: members.signal,
  });
  const items = documents.map((document) => fromDocument<User>(document));
  return complete ? { items, more, end: ids.at(-1) } : { items, more: true, end: items.at(-1)?.id };
};
