import type { Db } from "mongodb";
import type { Identity } from "../directory/identity.js";
import type { IdentityReader } from "../directory/provisioning/identity-reader.js";
import { type DocumentOf, fromDocument } from "./documents.js";
import { findOnce } from "./find.js";

// Far more than a user may have.
const limit = 1_000;

/** Reads identities from MongoDB. */
export const mongoIdentities = (db: Db): IdentityReader => ({
  async byUserId(userId, signal) {
    const { documents } = await findOnce<DocumentOf<"identities">>(db, {
      collection: "identities",
      filter: { userId },
      sort: { createdAt: 1, _id: 1 },
      limit,
      signal,
    });
    return documents.map(fromDocument) as Identity[];
  },
});
