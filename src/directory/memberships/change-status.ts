import type { Mutation } from "../commit/mutation.js";
import { requestKey } from "../commit/request-key.js";
import { membershipPending } from "../error.js";
import { checkExpectedRevision, requireRevision } from "../expected-revision.js";
import { FieldChecker } from "../field-checker.js";
import type { Membership } from "../membership.js";
import { currentMembership, withChanges } from "./change.js";

/** What `DeactivateOrganizationMembership` and `ReactivateOrganizationMembership` take. */
export interface ChangeStatus {
  readonly id: string;
  readonly expectedRevision?: bigint | undefined;
  readonly requestId: string;
}

/** Checks the request and returns the mutation that makes an active membership inactive. */
export const deactivateMembership = (request: ChangeStatus): Mutation<Membership> =>
  changeStatus("DeactivateOrganizationMembership", request, "inactive");

/** Checks the request and returns the mutation that makes an inactive membership active. */
export const reactivateMembership = (request: ChangeStatus): Mutation<Membership> =>
  changeStatus("ReactivateOrganizationMembership", request, "active");

const changeStatus = (method: string, request: ChangeStatus, status: "active" | "inactive"): Mutation<Membership> => {
  const check = new FieldChecker();
  check.id("om", "id", request.id);
  checkExpectedRevision(check, request.expectedRevision);
  check.requestId(request.requestId);
  check.done();

  return {
    lookups: [{ table: "memberships", key: "id", value: request.id }],
    ...requestKey(method, request),
    apply: (draft) => {
      const membership = currentMembership(draft, request.id);
      requireRevision(membership, request.expectedRevision);
      if (membership.status === "pending") throw membershipPending(membership.id);
      if (membership.status === status) return membership;
      return draft.memberships.put(withChanges(draft, membership, { status }));
    },
  };
};
