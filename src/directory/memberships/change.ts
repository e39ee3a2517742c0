import type { Draft } from "../commit/working-set.js";
import { membershipNotFound } from "../error.js";
import { laterThan } from "../later-than.js";
import type { Membership } from "../membership.js";

/** The membership with this id, with the name that its organization has now. Throws when there is none. */
export const currentMembership = (draft: Draft, id: string): Membership => {
  const membership = draft.memberships.find("id", id);
  if (membership === undefined) throw membershipNotFound(id);
  const organization = draft.organizations.find("id", membership.organizationId);
  return organization ? { ...membership, organizationName: organization.name } : membership;
};

/** A membership with changes, as it is to be put. */
export const withChanges = (
  { now }: Pick<Draft, "now">,
  membership: Membership,
  changes: Partial<Pick<Membership, "status" | "role" | "organizationName">>,
): Membership => ({
  ...membership,
  ...changes,
  updatedAt: laterThan(membership.updatedAt, now),
});
