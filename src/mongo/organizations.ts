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
    const filter = domains ? { "domains.domain": { $in: domains } } : {};
    return findRange<Organization>(db, { collection, filter, range, signal });
  },
});
