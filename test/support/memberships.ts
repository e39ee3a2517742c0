import { Metadata, type ClientReadableStream } from "@grpc/grpc-js";
import type { Db } from "mongodb";
import type { OrganizationMembership } from "../../gen/ts/roster/v1/organization_membership.js";
import {
  CreateOrganizationMembershipRequest,
  ListOrganizationMembershipsRequest,
  type ListOrganizationMembershipsResponse,
  type OrganizationMembershipServiceClient,
  UpdateOrganizationMembershipRequest,
} from "../../gen/ts/roster/v1/organization_membership_service.js";
import type { OrganizationServiceClient } from "../../gen/ts/roster/v1/organization_service.js";
import { type Membership, pairOf } from "../../src/directory/membership.js";
import { toDocument } from "../../src/mongo/documents.js";
import { newId } from "./clock.js";
import { call, collect } from "./call.js";
import { createOrganization } from "./organizations.js";

/** Creates an organization; returns its id. */
export const newOrganization = async (client: OrganizationServiceClient, name = "Engines"): Promise<string> =>
  (await createOrganization(client, { name })).id;

export const createMembership = async (
  client: OrganizationMembershipServiceClient,
  given: Partial<CreateOrganizationMembershipRequest>,
): Promise<OrganizationMembership> => {
  const request = { ...CreateOrganizationMembershipRequest.fromPartial({}), ...given };
  const { organizationMembership } = await call(client.createOrganizationMembership.bind(client), request);
  return organizationMembership as OrganizationMembership;
};

export const getMembership = async (
  client: OrganizationMembershipServiceClient,
  id: string,
): Promise<OrganizationMembership> => {
  const { organizationMembership } = await call(client.getOrganizationMembership.bind(client), { id });
  return organizationMembership as OrganizationMembership;
};

export const updateMembership = async (
  client: OrganizationMembershipServiceClient,
  id: string,
  given: Partial<UpdateOrganizationMembershipRequest>,
): Promise<OrganizationMembership> => {
  const request = { ...UpdateOrganizationMembershipRequest.fromPartial({ id }), ...given };
  const { organizationMembership } = await call(client.updateOrganizationMembership.bind(client), request);
  return organizationMembership as OrganizationMembership;
};

export const deactivate = async (
  client: OrganizationMembershipServiceClient,
  id: string,
  requestId = "",
): Promise<OrganizationMembership> => {
  const request = { id, requestId };
  const { organizationMembership } = await call(client.deactivateOrganizationMembership.bind(client), request);
  return organizationMembership as OrganizationMembership;
};

export const reactivate = async (
  client: OrganizationMembershipServiceClient,
  id: string,
  requestId = "",
): Promise<OrganizationMembership> => {
  const request = { id, requestId };
  const { organizationMembership } = await call(client.reactivateOrganizationMembership.bind(client), request);
  return organizationMembership as OrganizationMembership;
};

export const deleteMembership = (
  client: OrganizationMembershipServiceClient,
  id: string,
  requestId = "",
): Promise<unknown> => call(client.deleteOrganizationMembership.bind(client), { id, requestId });

/** Opens a list. */
export const listMemberships = (
  client: OrganizationMembershipServiceClient,
  given: Partial<ListOrganizationMembershipsRequest>,
): ClientReadableStream<ListOrganizationMembershipsResponse> => {
  const request = { ...ListOrganizationMembershipsRequest.fromPartial({}), ...given };
  return client.listOrganizationMemberships(request, new Metadata(), { deadline: Date.now() + 60_000 });
};

/** Every page of a list. */
export const membershipPages = (
  client: OrganizationMembershipServiceClient,
  given: Partial<ListOrganizationMembershipsRequest>,
) => collect<ListOrganizationMembershipsResponse>(listMemberships(client, given));

/** The memberships of a list, in its order. */
export const membershipsOf = async (
  client: OrganizationMembershipServiceClient,
  given: Partial<ListOrganizationMembershipsRequest>,
): Promise<OrganizationMembership[]> =>
  (await membershipPages(client, given)).flatMap(({ organizationMemberships }) => organizationMemberships);

/** Puts memberships of these users, who need not be there, into the database past the server, in this order; returns their ids. */
export const insertMemberships = async (
  db: Db,
  organizationId: string,
  userIds: readonly string[],
  { status = "active", role = "member" }: Partial<Pick<Membership, "status" | "role">> = {},
): Promise<string[]> => {
  const now = new Date();
  const documents = userIds.map((userId) => {
    const pair = pairOf(userId, organizationId);
    const plain = { organizationName: "Engines", role, createdAt: now, updatedAt: now, revision: 1 };
    return toDocument<Membership>({ id: newId("om"), userId, organizationId, pair, status, ...plain });
  });
  const memberships = db.collection<(typeof documents)[number]>("memberships");
  for (let i = 0; i < documents.length; i += 10_000) await memberships.insertMany(documents.slice(i, i + 10_000));
  return documents.map(({ _id }) => _id);
};
