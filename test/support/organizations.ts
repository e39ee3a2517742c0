import { randomUUID } from "node:crypto";
import { type Organization, OrganizationDomainState } from "../../gen/ts/roster/v1/organization.js";
import {
  CreateOrganizationRequest,
  ListOrganizationsRequest,
  type ListOrganizationsResponse,
  OrganizationServiceClient,
  UpdateOrganizationRequest,
} from "../../gen/ts/roster/v1/organization_service.js";
import { newId } from "./clock.js";
import { type CallOptions, call, collect } from "./call.js";
import type { TestServer } from "./server.js";
import { newKey } from "./users.js";

type Given<T> = Partial<{ [K in keyof T]: T[K] }>;

const clients = new WeakMap<TestServer, OrganizationServiceClient>();

/** A client of the organization service: one for each server. */
export const organizationsOf = (server: TestServer): OrganizationServiceClient => {
  const client = clients.get(server) ?? server.client(OrganizationServiceClient);
  clients.set(server, client);
  return client;
};

/** A domain that no organization has. */
export const newDomain = (): string => `${randomUUID().slice(0, 13)}.example`;

/** An id that no organization has. */
export const unusedOrganizationId = (): string => newId("org");

export const pending = (domain: string) => ({ domain, state: OrganizationDomainState.PENDING });
export const verified = (domain: string) => ({ domain, state: OrganizationDomainState.VERIFIED });

/** Every field that a create takes, with values of its own. */
export const everyOrganizationField = () => ({
  name: "Analytical Engines",
  domains: [verified(newDomain()), pending(newDomain())],
  externalId: newKey(),
  metadata: new Map([
    ["plan", "gold"],
    ["region", "eu"],
  ]),
});

/** Creates an organization with a name and what is given. */
export const createOrganization = async (
  client: OrganizationServiceClient,
  given: Given<CreateOrganizationRequest> = {},
): Promise<Organization> => {
  const request = { ...CreateOrganizationRequest.fromPartial({ name: "Organization" }), ...given };
  const { organization } = await call(client.createOrganization.bind(client), request);
  return organization as Organization;
};

export const getOrganization = async (client: OrganizationServiceClient, id: string): Promise<Organization> => {
  const { organization } = await call(client.getOrganization.bind(client), { id });
  return organization as Organization;
};

/** Updates an organization with what is given. */
export const updateOrganization = async (
  client: OrganizationServiceClient,
  id: string,
  given: Given<UpdateOrganizationRequest>,
): Promise<Organization> => {
  const request = { ...UpdateOrganizationRequest.fromPartial({ id }), ...given };
  const { organization } = await call(client.updateOrganization.bind(client), request);
  return organization as Organization;
};

export const deleteOrganization = (
  client: OrganizationServiceClient,
  id: string,
  { requestId = "", ...options }: CallOptions & { readonly requestId?: string } = {},
): Promise<unknown> => call(client.deleteOrganization.bind(client), { id, requestId }, options);

/** Every page of a list. */
export const organizationPages = (
  client: OrganizationServiceClient,
  given: Given<ListOrganizationsRequest> = {},
): Promise<ListOrganizationsResponse[]> =>
  collect(client.listOrganizations({ ...ListOrganizationsRequest.fromPartial({}), ...given }));
