import type { Mutation } from "../commit/mutation.js";
import { requestKey } from "../commit/request-key.js";
import { membershipNotFound } from "../error.js";
import { checkExpectedRevision, requireRevision } from "../expected-revision.js";
import { FieldChecker } from "../field-checker.js";

/** What `DeleteOrganizationMembership` takes. */
export interface DeleteMembership {
  readonly id: string;
  readonly expectedRevision?: bigint | undefined;
  readonly requestId: string;
}

/** Checks the request and returns the mutation that deletes the membership. */
export const deleteMembership = (request: DeleteMembership): Mutation<undefined> => {
  const check = new FieldChecker();
  check.id("om", "id", request.id);
  checkExpectedRevision(check, request.expectedRevision);
  check.requestId(request.requestId);
  check.done();

  return {
    lookups: [{ table: "memberships", key: "id", value: request.id }],
    ...requestKey("DeleteOrganizationMembership", request),
    apply: (draft) => {
      const membership = draft.memberships.find("id", request.id);
      if (membership === undefined) throw membershipNotFound(request.id);
      requireRevision(membership, request.expectedRevision);
      draft.memberships.remove(request.id);
      return undefined;
    },
  };
};
