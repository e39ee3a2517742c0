import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Event } from "../../gen/ts/roster/v1/event.js";
import type { OrganizationMembership } from "../../gen/ts/roster/v1/organization_membership.js";
import { OrganizationMembershipServiceClient } from "../../gen/ts/roster/v1/organization_membership_service.js";
import { failure } from "../support/call.js";
import { openWatch, settled } from "../support/events.js";
import {
  createMembership,
  deactivate,
  deleteMembership,
  newOrganization,
  reactivate,
  updateMembership,
} from "../support/memberships.js";
import { organizationsOf, updateOrganization } from "../support/organizations.js";
import { useServer } from "../support/server.js";
import { createUser, newKey } from "../support/users.js";

const server = useServer();
let memberships: OrganizationMembershipServiceClient;
let pair: { userId: string; organizationId: string };

beforeAll(() => {
  memberships = server.current.client(OrganizationMembershipServiceClient);
});

beforeEach(async () => {
  const { id: userId } = await createUser(server.current.users);
  pair = { userId, organizationId: await newOrganization(organizationsOf(server.current)) };
});

/** What an event tells: its type, its membership, its request id and the previous values. */
const told = ({ type, object, context }: Event) => [
  type,
  object?.$case === "organizationMembership" ? object.value : undefined,
  context?.requestId,
  context?.previousAttributes,
];

/** The events of what `run` does to the pair, which are as many as expected and no more. */
const eventsOf = async (count: number, run: () => Promise<unknown>): Promise<unknown[]> => {
  await settled(server.current.db);
  const watch = await openWatch(server.current.address, { userId: pair.userId });
  await run();
  // Whatever else was told would come before this.
  const last = await createMembership(memberships, {
    userId: pair.userId,
    organizationId: await newOrganization(organizationsOf(server.current)),
  });
  const events = await watch.events(count + 1);
  watch.cancel();
  expect(told(events.pop() as Event)).toEqual(["organization_membership.created", last, undefined, undefined]);
  return events.map(told);
};

describe("the events of a membership", () => {
  it("tell of each change once, with what it was before", async () => {
    const seen: OrganizationMembership[] = [];
    const see = async (change: Promise<OrganizationMembership>) => {
      const membership = await change;
      seen.push(membership);
      return membership;
    };
    const requestId = newKey();
    const events = await eventsOf(6, async () => {
      const { id } = await see(createMembership(memberships, { ...pair, requestId }));
      await see(updateMembership(memberships, id, { role: "admin" }));
      await see(deactivate(memberships, id));
      await see(reactivate(memberships, id));
      await deactivate(memberships, id);
      await see(createMembership(memberships, { ...pair, role: "guest" }));
    });
    const inactive = { ...seen[3], status: 3, revision: 5n, updatedAt: expect.anything() };
    expect(events).toEqual([
      ["organization_membership.created", seen[0], requestId, undefined],
      ["organization_membership.updated", seen[1], undefined, { role: "member" }],
      ["organization_membership.updated", seen[2], undefined, { status: "ORGANIZATION_MEMBERSHIP_STATUS_ACTIVE" }],
      ["organization_membership.updated", seen[3], undefined, { status: "ORGANIZATION_MEMBERSHIP_STATUS_INACTIVE" }],
      ["organization_membership.updated", inactive, undefined, { status: "ORGANIZATION_MEMBERSHIP_STATUS_ACTIVE" }],
      [
        "organization_membership.updated",
        seen[4],
        undefined,
        { status: "ORGANIZATION_MEMBERSHIP_STATUS_INACTIVE", role: "admin" },
      ],
    ]);
  });

  it("tell of a deletion with the membership before it", async () => {
    const membership = await createMembership(memberships, pair);
    const events = await eventsOf(1, () => deleteMembership(memberships, membership.id));
    expect(events).toEqual([["organization_membership.deleted", membership, undefined, undefined]]);
  });

  it("are none for what was refused, repeated or changed nothing", async () => {
    const requestId = newKey();
    const { id } = await createMembership(memberships, { ...pair, requestId });
    const events = await eventsOf(0, async () => {
      await createMembership(memberships, { ...pair, requestId });
      await failure(createMembership(memberships, pair));
      await failure(updateMembership(memberships, id, { role: "x", expectedRevision: 9n }));
      await updateMembership(memberships, id, { role: "member" });
      await reactivate(memberships, id);
    });
    expect(events).toEqual([]);
  });

  it("have the name that the organization had at the change", async () => {
    const { id } = await createMembership(memberships, pair);
    const events = await eventsOf(2, async () => {
      await updateOrganization(organizationsOf(server.current), pair.organizationId, { name: "Looms" });
      await updateMembership(memberships, id, { role: "admin" });
      await updateOrganization(organizationsOf(server.current), pair.organizationId, { name: "Mills" });
      await deleteMembership(memberships, id);
    });
    expect(events).toMatchObject([
      ["organization_membership.updated", { organizationName: "Looms" }, undefined, { role: "member" }],
      ["organization_membership.deleted", { organizationName: "Looms" }, undefined, undefined],
    ]);
  });

  it("are found by user and by organization", async () => {
    await settled(server.current.db);
    const byOrganization = await openWatch(server.current.address, { organizationId: pair.organizationId });
    const byUser = await openWatch(server.current.address, { userId: pair.userId });
    const membership = await createMembership(memberships, pair);
    for (const watch of [byOrganization, byUser]) {
      expect((await watch.events(1)).map(told)).toEqual([
        ["organization_membership.created", membership, undefined, undefined],
      ]);
      watch.cancel();
    }
  });
});
