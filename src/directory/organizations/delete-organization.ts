import type { Mutation } from "../commit/mutation.js";
import { requestKey } from "../commit/request-key.js";
import { organizationNotFound } from "../error.js";
import { checkExpectedRevision, requireRevision } from "../expected-revision.js";
import { FieldChecker } from "../field-checker.js";

/** What `DeleteOrganization` takes. */
export interface DeleteOrganization {
  readonly id: string;
  readonly expectedRevision?: bigint | undefined;
  readonly requestId: string;
}

/** Checks the request and returns the mutation that deletes the organization with its memberships. */
export const deleteOrganization = (request: DeleteOrganization): Mutation<undefined> => {
  const { id } = request;
  const check = new FieldChecker();
  check.id("org", "id", id);
  checkExpectedRevision(check, request.expectedRevision);
  check.requestId(request.requestId);
  check.done();

  return {
    lookups: [
      { table: "organizations", key: "id", value: id },
      { table: "memberships", key: "organizationId", value: id },
    ],
    ...requestKey("DeleteOrganization", request),
    apply: (draft) => {
      const organization = draft.organizations.find("id", id);
      if (organization === undefined) throw organizationNotFound("id", id);
      requireRevision(organization, request.expectedRevision);
      for (const membership of draft.memberships.findAll("organizationId", id)) draft.memberships.remove(membership.id);
      draft.organizations.remove(id);
      draft.guard(id, "deletes");
      return undefined;
    },
  };
};
