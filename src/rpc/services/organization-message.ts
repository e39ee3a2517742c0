import {
  type OrganizationDomain as DomainMessage,
  type Organization as OrganizationMessage,
  OrganizationDomainState,
} from "../../../gen/ts/roster/v1/organization.js";
import { toPairs } from "../../directory/metadata.js";
import type { DomainState, Organization } from "../../directory/organization.js";
import type { GivenDomain } from "../../directory/organizations/domains.js";
import { toTimestamp } from "../timestamp.js";

const states: Readonly<Record<DomainState, OrganizationDomainState>> = {
  pending: OrganizationDomainState.PENDING,
  verified: OrganizationDomainState.VERIFIED,
};

/** An organization as clients see it. */
export const toOrganizationMessage = (organization: Organization): OrganizationMessage => ({
  id: organization.id,
  name: organization.name,
  domains: organization.domains.map(({ domain, state }) => ({ domain, state: states[state] })),
  externalId: organization.externalId,
  metadata: toPairs(organization.metadata),
  createdAt: toTimestamp(organization.createdAt),
  updatedAt: toTimestamp(organization.updatedAt),
  revision: BigInt(organization.revision),
});

/** A domain as clients give it. */
export const fromDomainMessage = ({ domain, state }: DomainMessage): GivenDomain => ({ domain, state: toState(state) });

const toState = (state: OrganizationDomainState): DomainState | undefined => {
  switch (state) {
    case OrganizationDomainState.UNSPECIFIED:
    case OrganizationDomainState.PENDING:
      return "pending";
    case OrganizationDomainState.VERIFIED:
      return "verified";
    default:
      return undefined;
  }
};
