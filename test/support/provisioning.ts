import { randomUUID } from "node:crypto";
import type { Db } from "mongodb";
import {
  ListIdentitiesRequest,
  ProvisionUserRequest,
  type ProvisionUserResponse,
  type UserServiceClient,
} from "../../gen/ts/roster/v1/user_service.js";
import type { Identity as IdentityMessage } from "../../gen/ts/roster/v1/identity.js";
import type { MembershipStatus } from "../../src/directory/membership.js";
import type { DomainState, Organization } from "../../src/directory/organization.js";
import { toDocument } from "../../src/mongo/documents.js";
import { newId } from "./clock.js";
import { call } from "./call.js";
import { insertMemberships } from "./memberships.js";

/** Puts an organization into the database past the server; returns its id. */
export const insertOrganization = async (db: Db, domains: Readonly<Record<string, DomainState>>): Promise<string> => {
  const now = new Date();
  const verified = Object.keys(domains).filter((domain) => domains[domain] === "verified");
  const organization: Organization = {
    id: newId("org"),
    name: "Analytical Engines",
    domains: Object.entries(domains).map(([domain, state]) => ({ domain, state })),
    ...(verified.length > 0 && { verifiedDomains: verified }),
    metadata: {},
    createdAt: now,
    updatedAt: now,
    revision: 1,
  };
  const document = toDocument(organization);
  await db.collection<typeof document>("organizations").insertOne(document);
  return organization.id;
};

/** Puts a membership with the role `admin` into the database past the server; returns its id. */
export const insertMembership = async (
  db: Db,
  userId: string,
  organizationId: string,
  status: MembershipStatus,
): Promise<string> => {
  const [id] = await insertMemberships(db, organizationId, [userId], { status, role: "admin" });
  return id as string;
};

/** Signs somebody in through SSO: a new subject at a connection, but for what is given. */
export const provision = (
  client: UserServiceClient,
  given: Partial<ProvisionUserRequest>,
): Promise<ProvisionUserResponse> =>
  call(client.provisionUser.bind(client), {
    ...ProvisionUserRequest.fromPartial({ connectionId: "conn_1", idpId: randomUUID() }),
    ...given,
  });

export const listIdentities = async (client: UserServiceClient, userId: string): Promise<IdentityMessage[]> =>
  (await call(client.listIdentities.bind(client), ListIdentitiesRequest.fromPartial({ userId }))).identities;
