import { isDeepStrictEqual } from "node:util";
import type { Lookup, Mutation } from "../commit/mutation.js";
import { requestKey } from "../commit/request-key.js";
import { organizationNotFound } from "../error.js";
import { checkExpectedRevision, requireRevision } from "../expected-revision.js";
import { FieldChecker } from "../field-checker.js";
import { laterThan } from "../later-than.js";
import { checkMetadataChange, isSameMetadata, type MetadataChange, withMetadataChange } from "../metadata-change.js";
import type { Organization } from "../organization.js";
import {
  checkDomain,
  checkDomains,
  type Domain,
  type GivenDomain,
  maxDomains,
  verifiedLookups,
  verifiedOf,
} from "./domains.js";

/** What `UpdateOrganization` takes: what is undefined stays as it is, an empty external id is removed. */
export interface UpdateOrganization extends MetadataChange {
  readonly id: string;
  readonly name?: string | undefined;
  readonly domains: readonly GivenDomain[];
  readonly removeDomains: readonly string[];
  readonly externalId?: string | undefined;
  readonly expectedRevision?: bigint | undefined;
  readonly requestId: string;
}

/** Checks the request and returns the mutation that changes the organization. */
export const updateOrganization = (request: UpdateOrganization): Mutation<Organization> => {
  const { id, name, externalId, expectedRevision } = request;
  const check = new FieldChecker();
  check.id("org", "id", id);
  if (name !== undefined) check.requiredText("name", name, 256);
  const domains = checkDomains(check, request.domains);
  const removeDomains = checkRemoved(check, request.removeDomains, domains);
  if (externalId) check.optionalText("externalId", externalId);
  checkMetadataChange(check, request);
  checkExpectedRevision(check, expectedRevision);
  check.requestId(request.requestId);
  check.done();

  const lookups: Lookup[] = [{ table: "organizations", key: "id", value: id }, ...verifiedLookups(domains)];
  if (externalId) lookups.push({ table: "organizations", key: "externalId", value: externalId });
  return {
    lookups,
    ...requestKey("UpdateOrganization", request),
    apply: (draft) => {
      const organization = draft.organizations.find("id", id);
      if (organization === undefined) throw organizationNotFound("id", id);
      requireRevision(organization, expectedRevision);
      const changed = withChanges(organization, request, { domains, removeDomains });
      if (isSame(organization, changed)) return organization;
      return draft.organizations.put({ ...changed, updatedAt: laterThan(organization.updatedAt, draft.now) });
    },
  };
};

const checkRemoved = (check: FieldChecker, given: readonly string[], domains: readonly Domain[]): string[] => {
  return check.items("remove_domains", given, 0, maxDomains).map((one, i) => {
    const domain = checkDomain(check, `remove_domains[${i}]`, one);
    if (domain !== "" && domains.some((kept) => kept.domain === domain)) {
      check.fail(`remove_domains[${i}]`, "must not be a domain that domains has as well");
    }
    return domain;
  });
};

interface DomainChanges {
  readonly domains: readonly Domain[];
  readonly removeDomains: readonly string[];
}

const withChanges = (organization: Organization, request: UpdateOrganization, changes: DomainChanges): Organization => {
  const { verifiedDomains: _verified, externalId: oldExternalId, ...rest } = organization;
  const check = new FieldChecker();
  const domains = withDomains(check, organization.domains, changes);
  const metadata = withMetadataChange(check, organization.metadata, request);
  check.done();
  const externalId = request.externalId ?? oldExternalId;
  return {
    ...rest,
    name: request.name ?? organization.name,
    domains,
    ...verifiedOf(domains),
    ...(externalId && { externalId }),
    metadata,
  };
};

const withDomains = (
  check: FieldChecker,
  current: readonly Domain[],
  { domains, removeDomains }: DomainChanges,
): Domain[] => {
  // A domain that gets another state keeps its place.
  const states = new Map(current.map(({ domain, state }) => [domain, state]));
  for (const domain of removeDomains) states.delete(domain);
  for (const { domain, state } of domains) states.set(domain, state);
  if (states.size > maxDomains) check.fail("domains", `must leave at most ${maxDomains} domains, not ${states.size}`);
  return Array.from(states, ([domain, state]) => ({ domain, state }));
};

const isSame = (a: Organization, b: Organization): boolean =>
  a.name === b.name &&
  a.externalId === b.externalId &&
  isDeepStrictEqual(a.domains, b.domains) &&
  isSameMetadata(a.metadata, b.metadata);
