import type { Db } from "mongodb";
import type { Organization } from "../directory/organization.js";
import type { OrganizationReader } from "../directory/organizations/organization-reader.js";
import { Coalescer } from "./coalescer.js";
import { type DocumentOf, fromDocument } from "./documents.js";
import { findAllIn } from "./find.js";
import { findRange } from "./range.js";

const collection = "organizations";
type OrganizationDocument = DocumentOf<"organizations">;

/** Reads organizations from MongoDB. */
export const mongoOrganizations = (db: Db): OrganizationReader => {
  const coalesced = (field: "_id" | "externalId") => {
    const coalescer = new Coalescer<Organization>(async (values) => {
      const documents = await findAllIn<OrganizationDocument>(db, { collection, field, values });
      return new Map(documents.map((document) => [document[field] as string, fromDocument(document)]));
    });
    return (value: string) => coalescer.get(value);
  };

  return {
    byId: coalesced("_id"),
    byExternalId: coalesced("externalId"),

    range: ({ domains }, range, signal) => {
      const filter = domains ? { "domains.domain": { $in: domains } } : {};
      return findRange<Organization>(db, { collection, filter, range, signal });
    },
  };
};
