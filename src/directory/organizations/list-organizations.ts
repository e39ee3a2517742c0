import { FieldChecker } from "../field-checker.js";
import { keysetList } from "../lists/keyset-list.js";
import { checkListRequest, type ListRequest, type Page } from "../lists/list-request.js";
import { organizationBytes } from "../message-size.js";
import type { Organization } from "../organization.js";
import { checkDomain, maxDomains } from "./domains.js";
import type { OrganizationFilter, OrganizationReader } from "./organization-reader.js";

/** What `ListOrganizations` takes. Empty texts and arrays are the same as absent. */
export interface ListOrganizations extends ListRequest {
  readonly domains: readonly string[];
}

/** Checks the request and returns the pages. */
export const listOrganizations = (
  request: ListOrganizations,
  reader: OrganizationReader,
  signal: AbortSignal,
): AsyncGenerator<Page<Organization>> => {
  const check = new FieldChecker();
  const part = checkListRequest(check, "org", request);
  const domains = check
    .items("domains", request.domains, 0, maxDomains)
    .map((domain, i) => checkDomain(check, `domains[${i}]`, domain));
  check.done();

  const filter: OrganizationFilter = domains.length > 0 ? { domains } : {};
  return keysetList({ range: (range) => reader.range(filter, range, signal), bytesOf: organizationBytes }, part);
};
