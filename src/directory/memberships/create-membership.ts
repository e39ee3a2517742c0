import type { Mutation } from "../commit/mutation.js";
import { requestKey } from "../commit/request-key.js";
import type { Draft } from "../commit/working-set.js";
import { membershipAlreadyExists, organizationNotFound, userNotFound } from "../error.js";
import { FieldChecker } from "../field-checker.js";
import { defaultRole, type Membership, type MembershipStatus, newMembership, pairOf } from "../membership.js";
import { withChanges } from "./change.js";

/** What `CreateOrganizationMembership` takes. An empty role is the same as an absent one. */
export interface CreateMembership {
  readonly userId: string;
  readonly organizationId: string;
  readonly role: string;
  /** Undefined: a value that is not known. */
  readonly status: MembershipStatus | undefined;
  /** Whether the request names the status, and does not leave it at its default. */
  readonly isStatusGiven?: boolean;
  readonly requestId: string;
}

/**
 * Checks the request and returns the mutation that creates the membership, makes an inactive one active or pending, or makes
 * a pending one active.
 */
export const createMembership = ({ isStatusGiven, ...request }: CreateMembership): Mutation<Membership> => {
  const { userId, organizationId, role, status = "active" } = request;
  const check = new FieldChecker();
  check.id("user", "user_id", userId);
  check.id("org", "organization_id", organizationId);
  if (role !== "") check.role("role", role);
  if (request.status === undefined || request.status === "inactive") {
    check.fail("status", "must be ORGANIZATION_MEMBERSHIP_STATUS_ACTIVE or ORGANIZATION_MEMBERSHIP_STATUS_PENDING");
  }
  check.requestId(request.requestId);
  check.done();

  const pair = pairOf(userId, organizationId);
  return {
    lookups: [
      { table: "users", key: "id", value: userId },
      { table: "organizations", key: "id", value: organizationId },
      { table: "memberships", key: "pair", value: pair },
    ],
    // Without what the version before does not tell apart.
    ...requestKey("CreateOrganizationMembership", request),
    apply: (draft) => {
      const organizationName = nameOfExisting(draft, userId, organizationId);
      draft.guard(userId, "attaches");
      draft.guard(organizationId, "attaches");
      const existing = draft.memberships.find("pair", pair);
      if (existing) {
        const activates = existing.status === "pending" && status === "active" && isStatusGiven;
        if (existing.status !== "inactive" && !activates) throw membershipAlreadyExists(existing);
        return draft.memberships.put(withChanges(draft, existing, { organizationName, status, ...(role && { role }) }));
      }
      return draft.memberships.put(
        newMembership(draft, { userId, organizationId, organizationName, status, role: role || defaultRole }),
      );
    },
  };
};

/** The organization's name. Throws when the user or the organization does not exist. */
const nameOfExisting = (draft: Draft, userId: string, organizationId: string): string => {
  if (draft.users.find("id", userId) === undefined) throw userNotFound("user_id", userId);
  const organization = draft.organizations.find("id", organizationId);
  if (organization === undefined) throw organizationNotFound("organization_id", organizationId);
  return organization.name;
};
