import { beforeAll, expect, it } from "vitest";
import { OrganizationMembershipServiceClient } from "../../gen/ts/roster/v1/organization_membership_service.js";
import { allEvents } from "../support/events.js";
import { createMembership, newOrganization } from "../support/memberships.js";
import { deleteOrganization, organizationsOf } from "../support/organizations.js";
import { useServer } from "../support/server.js";
import { createUser, deleteUser } from "../support/users.js";

const server = useServer();
let memberships: OrganizationMembershipServiceClient;

beforeAll(() => {
  memberships = server.current.client(OrganizationMembershipServiceClient);
});

const deletionsAbout = async (filter: { userId: string } | { organizationId: string }): Promise<string[]> =>
  (await allEvents(server.current, filter)).map(({ type }) => type).filter((type) => type.endsWith(".deleted"));

it("the deletion of a user is told after those of what it takes along", async () => {
  const { id: userId } = await createUser(server.current.users);
  for (const name of ["A", "B"]) {
    await createMembership(memberships, {
      userId,
      organizationId: await newOrganization(organizationsOf(server.current), name),
    });
  }
  await deleteUser(server.current.users, userId);
  expect(await deletionsAbout({ userId })).toEqual([
    "organization_membership.deleted",
    "organization_membership.deleted",
    "user.deleted",
  ]);
});

it("the deletion of an organization is told after those of what it takes along", async () => {
  const organizationId = await newOrganization(organizationsOf(server.current));
  for (let i = 0; i < 2; i++) {
    await createMembership(memberships, { userId: (await createUser(server.current.users)).id, organizationId });
  }
  await deleteOrganization(organizationsOf(server.current), organizationId);
  expect(await deletionsAbout({ organizationId })).toEqual([
    "organization_membership.deleted",
    "organization_membership.deleted",
    "organization.deleted",
  ]);
});
