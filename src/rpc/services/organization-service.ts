import * as v1 from "../../../gen/ts/roster/v1/organization_service.js";
import type { Organizations } from "../../directory/organizations/organizations.js";
import type { Adapter } from "../adapter.js";
import { type Method, method } from "../service.js";
import { toDirection } from "./direction.js";
import { fromDomainMessage, toOrganizationMessage } from "./organization-message.js";

/** `roster.v1.OrganizationService`. */
export const organizationService = (
  organizations: Organizations,
  adapter: Adapter,
): Record<keyof v1.OrganizationServiceService, Method> => ({
  getOrganization: method(
    v1.GetOrganizationRequest,
    v1.GetOrganizationResponse,
    adapter.unary(async (request) => ({ organization: toOrganizationMessage(await organizations.get(request)) })),
  ),
  getOrganizationByExternalId: method(
    v1.GetOrganizationByExternalIdRequest,
    v1.GetOrganizationByExternalIdResponse,
    adapter.unary(async (request) => ({
      organization: toOrganizationMessage(await organizations.getByExternalId(request)),
    })),
  ),
  listOrganizations: method(
    v1.ListOrganizationsRequest,
    v1.ListOrganizationsResponse,
    adapter.serverStream("lookup", async function* (request: v1.ListOrganizationsRequest, call) {
      const pages = organizations.list({ ...request, order: toDirection(request.order) }, call.signal);
      for await (const { items, before, after } of pages) {
        yield { organizations: items.map(toOrganizationMessage), listMetadata: { before, after } };
      }
    }),
  ),
  createOrganization: method(
    v1.CreateOrganizationRequest,
    v1.CreateOrganizationResponse,
    adapter.unary(async (request, call) => {
      const given = { ...request, domains: request.domains.map(fromDomainMessage) };
      return { organization: toOrganizationMessage(await organizations.create(given, call)) };
    }),
  ),
  updateOrganization: method(
    v1.UpdateOrganizationRequest,
    v1.UpdateOrganizationResponse,
    adapter.unary(async (request, call) => {
      const given = { ...request, domains: request.domains.map(fromDomainMessage) };
      return { organization: toOrganizationMessage(await organizations.update(given, call)) };
    }),
  ),
  deleteOrganization: method(
    v1.DeleteOrganizationRequest,
    v1.DeleteOrganizationResponse,
    adapter.unary(async (request, call) => {
      await organizations.delete(request, call);
      return {};
    }),
  ),
});
