import {
  type OrganizationMembership as MembershipMessage,
  OrganizationMembershipStatus,
} from "../../../gen/ts/roster/v1/organization_membership.js";
import { type Membership, type MembershipStatus, membershipStatuses } from "../../directory/membership.js";
import { toTimestamp } from "../timestamp.js";

const statuses: Readonly<Record<MembershipStatus, OrganizationMembershipStatus>> = {
  pending: OrganizationMembershipStatus.PENDING,
  active: OrganizationMembershipStatus.ACTIVE,
  inactive: OrganizationMembershipStatus.INACTIVE,
};

/** A membership as clients see it. */
export const toMembershipMessage = (membership: Membership): MembershipMessage => ({
  id: membership.id,
  userId: membership.userId,
  organizationId: membership.organizationId,
  organizationName: membership.organizationName,
  status: statuses[membership.status],
  role: membership.role,
  createdAt: toTimestamp(membership.createdAt),
  updatedAt: toTimestamp(membership.updatedAt),
  revision: BigInt(membership.revision),
});

/** The status that a value names; undefined for one that is not known or unspecified. */
export const fromStatusMessage = (value: OrganizationMembershipStatus): MembershipStatus | undefined =>
  membershipStatuses.find((status) => statuses[status] === value);

/** The status that a new membership is asked to have: active unless it is told. Undefined for a value that is not known. */
export const toNewStatus = (value: OrganizationMembershipStatus): MembershipStatus | undefined =>
  value === OrganizationMembershipStatus.UNSPECIFIED ? "active" : fromStatusMessage(value);
