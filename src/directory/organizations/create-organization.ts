import type { Lookup, Mutation } from "../commit/mutation.js";
import { requestKey } from "../commit/request-key.js";
import { FieldChecker } from "../field-checker.js";
import { toMetadata } from "../metadata.js";
import type { Organization } from "../organization.js";
import { checkDomains, type GivenDomain, verifiedLookups, verifiedOf } from "./domains.js";

/** What `CreateOrganization` takes. An empty external id is the same as none. */
export interface CreateOrganization {
  readonly name: string;
  readonly domains: readonly GivenDomain[];
  readonly externalId?: string | undefined;
  readonly metadata: ReadonlyMap<string, string>;
  readonly requestId: string;
}

/** Checks the request and returns the mutation that creates the organization. */
export const createOrganization = (request: CreateOrganization): Mutation<Organization> => {
  const check = new FieldChecker();
  check.requiredText("name", request.name, 256);
  const domains = checkDomains(check, request.domains);
  const externalId = request.externalId ? check.optionalText("externalId", request.externalId) : undefined;
  check.metadata(request.metadata);
  check.requestId(request.requestId);
  check.done();

  const lookups = verifiedLookups(domains);
  if (externalId !== undefined) lookups.push({ table: "organizations", key: "externalId", value: externalId });
  return {
    lookups: lookups.map((lookup): Lookup => ({ ...lookup, expectedAbsent: true })),
    ...requestKey("CreateOrganization", request),
    apply: (draft) =>
      draft.organizations.put({
        id: draft.newId("org"),
        name: request.name,
        domains,
        ...verifiedOf(domains),
        ...(externalId !== undefined && { externalId }),
        metadata: toMetadata(request.metadata),
        createdAt: draft.now,
        updatedAt: draft.now,
        revision: 1,
      }),
  };
};
