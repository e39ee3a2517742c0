import type { KeyRange, RangeAnswer } from "../lists/range.js";
import type { Membership, MembershipStatus } from "../membership.js";

/** Which memberships a list is about: those of the user, in the organization, or the one of both. */
export interface MembershipFilter {
  readonly userId?: string;
  readonly organizationId?: string;
  readonly statuses: readonly MembershipStatus[];
}

/** Reads memberships, each with the name that its organization has now. The promises are those of `UserReader`. */
export interface MembershipReader {
  byId(id: string): Promise<Membership | undefined>;
  /** The memberships of one range that match the filter, which has a user or an organization. */
  range(filter: MembershipFilter, range: KeyRange, signal: AbortSignal): Promise<RangeAnswer<Membership>>;
}
