import type { Mutation } from "../commit/mutation.js";
import { requestKey } from "../commit/request-key.js";
import { checkExpectedRevision, requireRevision } from "../expected-revision.js";
import { FieldChecker } from "../field-checker.js";
import type { Membership } from "../membership.js";
import { currentMembership, withChanges } from "./change.js";

/** What `UpdateOrganizationMembership` takes: what is undefined stays as it is. */
export interface UpdateMembership {
  readonly id: string;
  readonly role?: string | undefined;
  readonly expectedRevision?: bigint | undefined;
  readonly requestId: string;
}

/** Checks the request and returns the mutation that changes the membership. */
export const updateMembership = (request: UpdateMembership): Mutation<Membership> => {
  const { id, role, expectedRevision } = request;
  const check = new FieldChecker();
  check.id("om", "id", id);
  if (role !== undefined) check.role("role", role);
  checkExpectedRevision(check, expectedRevision);
  check.requestId(request.requestId);
  check.done();

  return {
    lookups: [{ table: "memberships", key: "id", value: id }],
    ...requestKey("UpdateOrganizationMembership", request),
    apply: (draft) => {
      const membership = currentMembership(draft, id);
      requireRevision(membership, expectedRevision);
      if (role === undefined || role === membership.role) return membership;
      return draft.memberships.put(withChanges(draft, membership, { role }));
    },
  };
};
