import { beforeAll, describe, expect, it } from "vitest";
import {
  type OrganizationMembership,
  OrganizationMembershipStatus as Status,
} from "../../gen/ts/roster/v1/organization_membership.js";
import { OrganizationMembershipServiceClient } from "../../gen/ts/roster/v1/organization_membership_service.js";
import type { OrganizationServiceClient } from "../../gen/ts/roster/v1/organization_service.js";
import { newId } from "../support/clock.js";
import { answers, failure, failures } from "../support/call.js";
import {
  createMembership,
  deactivate,
  deleteMembership,
  getMembership,
  insertMemberships,
  membershipsOf,
  newOrganization,
  reactivate,
  updateMembership,
} from "../support/memberships.js";
import { organizationsOf, updateOrganization } from "../support/organizations.js";
import { useServer } from "../support/server.js";
import { createUser, getUser, unusedId } from "../support/users.js";

const server = useServer();
let memberships: OrganizationMembershipServiceClient;
let organizations: OrganizationServiceClient;

beforeAll(() => {
  memberships = server.current.client(OrganizationMembershipServiceClient);
  organizations = organizationsOf(server.current);
});

/** A membership with this status. */
const newMembership = async (status: Status): Promise<OrganizationMembership> => {
  const { id: userId } = await createUser(server.current.users);
  const organizationId = await newOrganization(organizations);
  const inactive = status === Status.INACTIVE;
  const membership = await createMembership(memberships, {
    userId,
    organizationId,
    role: "admin",
    status: inactive ? Status.ACTIVE : status,
  });
  return inactive ? deactivate(memberships, membership.id) : membership;
};

const all = [Status.PENDING, Status.ACTIVE, Status.INACTIVE];

describe("UpdateOrganizationMembership", () => {
  it.each(all)("changes the role of a membership with status %i, and nothing else", async (status) => {
    const membership = await newMembership(status);
    const changed = await updateMembership(memberships, membership.id, { role: "guest" });
    expect(changed).toEqual({
      ...membership,
      role: "guest",
      revision: membership.revision + 1n,
      updatedAt: expect.anything(),
    });
    expect(await getMembership(memberships, membership.id)).toEqual(changed);
  });

  const same: { name: string; given: Parameters<typeof updateMembership>[2] }[] = [
    { name: "nothing is given", given: {} },
    { name: "the role is the same", given: { role: "admin" } },
    { name: "the role is the same and the revision expected", given: { role: "admin", expectedRevision: 1n } },
  ];

  it.each(same)("writes nothing when $name", async ({ given }) => {
    const membership = await newMembership(Status.ACTIVE);
    expect(await updateMembership(memberships, membership.id, given)).toEqual(membership);
    expect(await getMembership(memberships, membership.id)).toEqual(membership);
  });

  it("changes a membership that is at the expected revision", async () => {
    const { id } = await newMembership(Status.ACTIVE);
    const changed = await updateMembership(memberships, id, { role: "a", expectedRevision: 1n });
    expect(changed).toMatchObject({ role: "a", revision: 2n });
  });

  it.each([1n, 3n])("refuses to expect revision %i of a membership at 2", async (expectedRevision) => {
    const { id } = await newMembership(Status.ACTIVE);
    const membership = await updateMembership(memberships, id, { role: "a" });
    expect(await failure(updateMembership(memberships, id, { role: "b", expectedRevision }))).toMatchObject({
      code: "ABORTED",
      reason: "REVISION_MISMATCH",
      metadata: { current_revision: "2" },
    });
    expect(await getMembership(memberships, id)).toEqual(membership);
  });

  it("lets one of fifty concurrent updates of one revision win, through two servers", async () => {
    const clients = [
      memberships,
      (await server.current.another()).client(OrganizationMembershipServiceClient),
    ] as const;
    const { id } = await newMembership(Status.ACTIVE);
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) =>
        updateMembership(clients[i % 2 === 0 ? 0 : 1], id, { role: `role-${i}`, expectedRevision: 1n }),
      ),
    );
    expect(answers(results)).toEqual([await getMembership(memberships, id)]);
    expect(failures(results).map(({ reason }) => reason)).toEqual(
      Array.from({ length: 49 }, () => "REVISION_MISMATCH"),
    );
  });

  it("refuses what breaks the rules of its fields", async () => {
    const given = { role: "", expectedRevision: 0n, requestId: "a b" };
    const { reason, violations } = await failure(updateMembership(memberships, "om_1", given));
    expect(reason).toBe("INVALID_REQUEST");
    expect(violations).toEqual([
      { field: "id", description: "must be om_ and a ULID of 26 characters" },
      { field: "role", description: "must be 1-64 of a-z, 0-9, -, _ and :" },
      { field: "expected_revision", description: "must be 1 or more" },
      { field: "request_id", description: "must be 1-64 printable ASCII characters without spaces" },
    ]);
  });
});

describe.each([
  { method: "DeactivateOrganizationMembership", change: deactivate, from: Status.ACTIVE, to: Status.INACTIVE },
  { method: "ReactivateOrganizationMembership", change: reactivate, from: Status.INACTIVE, to: Status.ACTIVE },
])("$method", ({ change, from, to }) => {
  it("changes the status and keeps the rest", async () => {
    const membership = await newMembership(from);
    const changed = await change(memberships, membership.id);
    expect(changed).toEqual({
      ...membership,
      status: to,
      revision: membership.revision + 1n,
      updatedAt: expect.anything(),
    });
    expect(await getMembership(memberships, membership.id)).toEqual(changed);
  });

  it("leaves a membership that has the status as it is", async () => {
    const membership = await newMembership(to);
    expect(await change(memberships, membership.id)).toEqual(membership);
    expect(await getMembership(memberships, membership.id)).toEqual(membership);
  });

  it("refuses a pending membership and leaves it so", async () => {
    const membership = await newMembership(Status.PENDING);
    expect(await failure(change(memberships, membership.id))).toEqual({
      code: "FAILED_PRECONDITION",
      message: "the organization membership is pending",
      reason: "ORGANIZATION_MEMBERSHIP_PENDING",
      domain: "roster",
      metadata: { id: membership.id },
      violations: [],
      resource: undefined,
      retryAfterMs: undefined,
    });
    expect(await getMembership(memberships, membership.id)).toEqual(membership);
  });

  it("makes one change of fifty concurrent calls through two servers", async () => {
    const clients = [
      memberships,
      (await server.current.another()).client(OrganizationMembershipServiceClient),
    ] as const;
    const { id, revision } = await newMembership(from);
    const changed = await Promise.all(Array.from({ length: 50 }, (_, i) => change(clients[i % 2 === 0 ? 0 : 1], id)));
    expect(changed).toEqual(Array.from({ length: 50 }, () => changed[0]));
    expect(changed[0]).toMatchObject({ status: to, revision: revision + 1n });
  });
});

describe("DeleteOrganizationMembership", () => {
  it.each(all)("deletes a membership with status %i for good, and nothing else", async (status) => {
    const { id, userId } = await newMembership(status);
    const organizationId = await newOrganization(organizations);
    const other = await createMembership(memberships, { userId, organizationId });
    expect(await deleteMembership(memberships, id)).toEqual({});
    expect(await membershipsOf(memberships, { userId, statuses: all })).toEqual([other]);
    expect(await getUser(server.current.users, userId)).toMatchObject({ id: userId, revision: 1n });
  });

  it("answers one of fifty concurrent calls through two servers, and the others with NOT_FOUND", async () => {
    const clients = [
      memberships,
      (await server.current.another()).client(OrganizationMembershipServiceClient),
    ] as const;
    const { id } = await newMembership(Status.ACTIVE);
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) => deleteMembership(clients[i % 2 === 0 ? 0 : 1], id)),
    );
    expect(answers(results)).toEqual([{}]);
    expect(failures(results).map(({ reason }) => reason)).toEqual(
      Array.from({ length: 49 }, () => "ORGANIZATION_MEMBERSHIP_NOT_FOUND"),
    );
  });
});

const byId: { method: string; run: (id: string) => Promise<unknown> }[] = [
  { method: "GetOrganizationMembership", run: (id) => getMembership(memberships, id) },
  { method: "UpdateOrganizationMembership", run: (id) => updateMembership(memberships, id, { role: "a" }) },
  { method: "DeactivateOrganizationMembership", run: (id) => deactivate(memberships, id) },
  { method: "ReactivateOrganizationMembership", run: (id) => reactivate(memberships, id) },
  { method: "DeleteOrganizationMembership", run: (id) => deleteMembership(memberships, id) },
];

describe.each(byId)("$method", ({ run }) => {
  it.each([
    { name: "never was", gone: async () => newId("om") },
    {
      name: "was deleted",
      gone: async () => {
        const { id } = await newMembership(Status.ACTIVE);
        await deleteMembership(memberships, id);
        return id;
      },
    },
  ])("answers NOT_FOUND for a membership that $name", async ({ gone }) => {
    const id = await gone();
    expect(await failure(run(id))).toEqual({
      code: "NOT_FOUND",
      message: "no organization membership has this id",
      reason: "ORGANIZATION_MEMBERSHIP_NOT_FOUND",
      domain: "roster",
      metadata: { id },
      violations: [],
      resource: { type: "organization_membership", name: id },
      retryAfterMs: undefined,
    });
  });

  it.each([
    { id: "", description: "is required" },
    { id: newId("user"), description: "must be om_ and a ULID of 26 characters" },
  ])("refuses the id '$id'", async ({ id, description }) => {
    expect(await failure(run(id))).toMatchObject({
      code: "INVALID_ARGUMENT",
      reason: "INVALID_REQUEST",
      violations: [{ field: "id", description }],
    });
  });
});

describe("organization_name", () => {
  it("is the name that the organization has now, and no change of the membership", async () => {
    const membership = await newMembership(Status.ACTIVE);
    const { id, userId, organizationId } = membership;
    await updateOrganization(organizations, organizationId, { name: "Looms" });
    const renamed = { ...membership, organizationName: "Looms" };
    expect(await getMembership(memberships, id)).toEqual(renamed);
    expect(await membershipsOf(memberships, { userId })).toEqual([renamed]);
    expect(await membershipsOf(memberships, { organizationId })).toEqual([renamed]);
    expect(await membershipsOf(memberships, { userId, organizationId })).toEqual([renamed]);
    expect(await updateMembership(memberships, id, {})).toEqual(renamed);
    expect(await reactivate(memberships, id)).toEqual(renamed);
  });

  it.each([
    { name: "an update", run: (id: string) => updateMembership(memberships, id, { role: "guest" }) },
    { name: "a deactivation", run: (id: string) => deactivate(memberships, id) },
  ])("is the name that the organization has now in the answer of $name", async ({ run }) => {
    const { id, organizationId } = await newMembership(Status.ACTIVE);
    await updateOrganization(organizations, organizationId, { name: "Looms" });
    expect(await run(id)).toMatchObject({ id, organizationName: "Looms", revision: 2n });
  });

  it("is the one that it had last, where the organization is gone", async () => {
    const [id] = await insertMemberships(server.current.db, newId("org"), [unusedId()]);
    expect(await getMembership(memberships, id as string)).toMatchObject({ id, organizationName: "Engines" });
  });

  it("is each organization's own in a page of many", async () => {
    const { id: userId } = await createUser(server.current.users);
    for (const name of ["A", "B", "C"]) {
      await createMembership(memberships, { userId, organizationId: await newOrganization(organizations, name) });
    }
    const names = (await membershipsOf(memberships, { userId })).map(({ organizationName }) => organizationName);
    expect(names).toEqual(["C", "B", "A"]);
  });
});
