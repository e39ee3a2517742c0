import type { Db } from "mongodb";
import type { Organization } from "../directory/organization.js";
import type { OrganizationReader } from "../directory/organizations/organization-reader.js";
import { coalescedFind } from "./coalesced-find.js";
import { findRange } from "./range.js";

const collection = "organizations";

/** Reads organizations from MongoDB. */
export const mongoOrganizations = (db: Db): OrganizationReader => ({
  byId: coalescedFind(db, collection, "_id"),
  byExternalId: coalescedFind(db, collection, "externalId"),

  range: ({ domains }, range, signal) => {
    if (domains === undefined) return findRange<Organization>(db, { collection, filter: {}, range, signal });
    // The database might look for them along the ids, up to the end of the collection.
    const along = { filter: { "domains.domain": { $in: domains } }, hint: "domains.domain" };
    return findRange<Organization>(db, { collection, ...along, range, signal });
  },
});
