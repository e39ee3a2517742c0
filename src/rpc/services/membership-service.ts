import * as v1 from "../../../gen/ts/roster/v1/organization_membership_service.js";
import { OrganizationMembershipStatus } from "../../../gen/ts/roster/v1/organization_membership.js";
import type { Memberships } from "../../directory/memberships/memberships.js";
import type { Adapter } from "../adapter.js";
import { type Method, method } from "../service.js";
import { fromStatusMessage, toMembershipMessage, toNewStatus } from "./membership-message.js";
import { toDirection } from "./direction.js";

/** `roster.v1.OrganizationMembershipService`. */
export const membershipService = (
  memberships: Memberships,
  adapter: Adapter,
): Record<keyof v1.OrganizationMembershipServiceService, Method> => ({
  getOrganizationMembership: method(
    v1.GetOrganizationMembershipRequest,
    v1.GetOrganizationMembershipResponse,
    adapter.unary(async (request) => ({ organizationMembership: toMembershipMessage(await memberships.get(request)) })),
  ),
  listOrganizationMemberships: method(
    v1.ListOrganizationMembershipsRequest,
    v1.ListOrganizationMembershipsResponse,
    adapter.serverStream("lookup", async function* (request: v1.ListOrganizationMembershipsRequest, call) {
      const statuses = request.statuses.map(fromStatusMessage);
      const pages = memberships.list({ ...request, order: toDirection(request.order), statuses }, call.signal);
      for await (const { items, before, after } of pages) {
        yield { organizationMemberships: items.map(toMembershipMessage), listMetadata: { before, after } };
      }
    }),
  ),
  createOrganizationMembership: method(
    v1.CreateOrganizationMembershipRequest,
    v1.CreateOrganizationMembershipResponse,
    adapter.unary(async (request, call) => {
      const isStatusGiven = request.status !== OrganizationMembershipStatus.UNSPECIFIED;
      const given = { ...request, status: toNewStatus(request.status), isStatusGiven };
      const membership = await memberships.create(given, call);
      return { organizationMembership: toMembershipMessage(membership) };
    }),
  ),
  updateOrganizationMembership: method(
    v1.UpdateOrganizationMembershipRequest,
    v1.UpdateOrganizationMembershipResponse,
    adapter.unary(async (request, call) => ({
      organizationMembership: toMembershipMessage(await memberships.update(request, call)),
    })),
  ),
  deactivateOrganizationMembership: method(
    v1.DeactivateOrganizationMembershipRequest,
    v1.DeactivateOrganizationMembershipResponse,
    adapter.unary(async (request, call) => ({
      organizationMembership: toMembershipMessage(await memberships.deactivate(request, call)),
    })),
  ),
  reactivateOrganizationMembership: method(
    v1.ReactivateOrganizationMembershipRequest,
    v1.ReactivateOrganizationMembershipResponse,
    adapter.unary(async (request, call) => ({
      organizationMembership: toMembershipMessage(await memberships.reactivate(request, call)),
    })),
  ),
  deleteOrganizationMembership: method(
    v1.DeleteOrganizationMembershipRequest,
    v1.DeleteOrganizationMembershipResponse,
    adapter.unary(async (request, call) => {
      await memberships.delete(request, call);
      return {};
    }),
  ),
});
