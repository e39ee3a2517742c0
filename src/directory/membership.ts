import type { Draft } from "./commit/working-set.js";

/** Invited, a member, or a member no more. */
export const membershipStatuses = ["pending", "active", "inactive"] as const;

/** One of `membershipStatuses`. */
export type MembershipStatus = (typeof membershipStatuses)[number];

/** A user's place in an organization; the rules are stated in `proto/roster/v1/organization_membership.proto`. */
export interface Membership {
  readonly id: string;
  readonly userId: string;
  readonly organizationId: string;
  /** The user and the organization: no other membership has the same. See `pairOf`. */
  readonly pair: string;
  /** The organization's name when the membership was last changed. */
  readonly organizationName: string;
  readonly status: MembershipStatus;
  readonly role: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly revision: number;
}

/** The role of a member to whom nobody gave one. */
export const defaultRole = "member";

/** A new membership. */
export const newMembership = (
  { now, newId }: Pick<Draft, "now" | "newId">,
  given: Pick<Membership, "userId" | "organizationId" | "organizationName" | "status" | "role">,
): Membership => {
  const pair = pairOf(given.userId, given.organizationId);
  return { id: newId("om"), ...given, pair, createdAt: now, updatedAt: now, revision: 1 };
};

/** The value of `Membership.pair`. Ids hold no spaces, so no two pairs have the same. */
export const pairOf = (userId: string, organizationId: string): string => `${userId} ${organizationId}`;
