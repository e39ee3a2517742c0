import type { Db } from "mongodb";
import type { Identity } from "../directory/identity.js";
import type { IdentityReader } from "../directory/provisioning/identity-reader.js";
import { coalescedFind } from "./coalesced-find.js";
import { type DocumentOf, fromDocument } from "./documents.js";
import { findOnce } from "./find.js";
import { behind, signOf } from "./range.js";

const collection = "identities";
// Far more than a user may have.
const limitOfUser = 1_000;

/** Reads identities from MongoDB. */
export const mongoIdentities = (db: Db): IdentityReader => ({
  byId: coalescedFind(db, collection, "_id"),

  async byUserId(userId, signal) {
    const { documents } = await findOnce<DocumentOf<"identities">>(db, {
      collection,
      filter: { userId },
      sort: { createdAt: 1, _id: 1 },
      limit: limitOfUser,
      signal,
    });
    return documents.map(fromDocument) as Identity[];
  },

  async ofConnection(connectionId, { direction, from, limit }, signal) {
    const { documents, complete } = await findOnce<DocumentOf<"identities">>(db, {
      collection,
      filter: { connectionId, ...(from && { idpId: behind(from, direction) }) },
      sort: { idpId: signOf(direction) },
      hint: "connection",
      // One more than asked tells whether the range goes on.
      limit: limit + 1,
      signal,
    });
    const found = documents.slice(0, limit).map(fromDocument) as Identity[];
    const more = !complete || documents.length > limit;
    return { items: found.map((identity) => ({ id: identity.idpId, identity })), more, end: found.at(-1)?.idpId };
  },
});
