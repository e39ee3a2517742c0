import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { OrganizationMembershipStatus as Status } from "../../gen/ts/roster/v1/organization_membership.js";
import { OrganizationMembershipServiceClient } from "../../gen/ts/roster/v1/organization_membership_service.js";
import { failure } from "../support/call.js";
import {
  createMembership,
  deactivate,
  deleteMembership,
  getMembership,
  newOrganization,
  reactivate,
  updateMembership,
} from "../support/memberships.js";
import { organizationsOf } from "../support/organizations.js";
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

describe("a request_id used again for the same request", () => {
  it("gives the first answer to a create, also when the membership was changed or deleted since", async () => {
    const request = { ...pair, role: "admin", status: Status.PENDING, requestId: newKey() };
    const first = await createMembership(memberships, request);
    expect(await createMembership(memberships, request)).toEqual(first);
    await updateMembership(memberships, first.id, { role: "guest" });
    expect(await createMembership(memberships, request)).toEqual(first);
    await deleteMembership(memberships, first.id);
    expect(await createMembership(memberships, request)).toEqual(first);
    expect((await failure(getMembership(memberships, first.id))).reason).toBe("ORGANIZATION_MEMBERSHIP_NOT_FOUND");
  });

  it("gives the first answer to an update and changes nothing", async () => {
    const { id } = await createMembership(memberships, pair);
    const request = { role: "a", expectedRevision: 1n, requestId: newKey() };
    const first = await updateMembership(memberships, id, request);
    const later = await updateMembership(memberships, id, { role: "b" });
    expect(await updateMembership(memberships, id, request)).toEqual(first);
    expect(await getMembership(memberships, id)).toEqual(later);
  });

  it("gives the first answer to a deactivation and a reactivation, and changes nothing", async () => {
    const { id } = await createMembership(memberships, pair);
    const [down, up] = [newKey(), newKey()];
    const inactive = await deactivate(memberships, id, down);
    const active = await reactivate(memberships, id, up);
    expect(await deactivate(memberships, id, down)).toEqual(inactive);
    expect(await reactivate(memberships, id, up)).toEqual(active);
    expect(await getMembership(memberships, id)).toEqual(active);
  });

  it("gives the first answer to a deletion", async () => {
    const { id } = await createMembership(memberships, pair);
    const requestId = newKey();
    expect(await deleteMembership(memberships, id, requestId)).toEqual({});
    expect(await deleteMembership(memberships, id, requestId)).toEqual({});
  });

  it("makes one membership of fifty concurrent creates through two servers, and gives each its answer", async () => {
    const clients = [
      memberships,
      (await server.current.another()).client(OrganizationMembershipServiceClient),
    ] as const;
    const request = { ...pair, requestId: newKey() };
    const made = await Promise.all(
      Array.from({ length: 50 }, (_, i) => createMembership(clients[i % 2 === 0 ? 0 : 1], request)),
    );
    expect(made).toEqual(Array.from({ length: 50 }, () => made[0]));
  });
});

describe("a request_id used for another request", () => {
  it.each([
    {
      name: "another role",
      run: (requestId: string) => createMembership(memberships, { ...pair, role: "x", requestId }),
    },
    {
      name: "another status",
      run: (requestId: string) => createMembership(memberships, { ...pair, status: Status.PENDING, requestId }),
    },
  ])("is refused for a create with $name", async ({ run }) => {
    const requestId = newKey();
    const membership = await createMembership(memberships, { ...pair, requestId });
    expect(await failure(run(requestId))).toMatchObject({ code: "INVALID_ARGUMENT", reason: "REQUEST_ID_REUSED" });
    expect(await getMembership(memberships, membership.id)).toEqual(membership);
  });

  it("is refused by another method, also for a request of the same content", async () => {
    const { id } = await createMembership(memberships, pair);
    const requestId = newKey();
    const inactive = await deactivate(memberships, id, requestId);
    expect((await failure(reactivate(memberships, id, requestId))).reason).toBe("REQUEST_ID_REUSED");
    expect((await failure(deleteMembership(memberships, id, requestId))).reason).toBe("REQUEST_ID_REUSED");
    expect(await getMembership(memberships, id)).toEqual(inactive);
  });
});
