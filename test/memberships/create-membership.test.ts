import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { OrganizationMembershipStatus as Status } from "../../gen/ts/roster/v1/organization_membership.js";
import {
  type CreateOrganizationMembershipRequest,
  OrganizationMembershipServiceClient,
} from "../../gen/ts/roster/v1/organization_membership_service.js";
import type { OrganizationServiceClient } from "../../gen/ts/roster/v1/organization_service.js";
import { newId } from "../support/clock.js";
import { answers, failure, failures } from "../support/call.js";
import { allEvents } from "../support/events.js";
import {
  createMembership,
  deactivate,
  deleteMembership,
  getMembership,
  membershipsOf,
  newOrganization,
} from "../support/memberships.js";
import { organizationsOf, updateOrganization } from "../support/organizations.js";
import { useServer } from "../support/server.js";
import { createUser, newKey, unusedId } from "../support/users.js";

const server = useServer();
let memberships: OrganizationMembershipServiceClient;
let organizations: OrganizationServiceClient;
let userId: string;
let organizationId: string;

beforeAll(() => {
  memberships = server.current.client(OrganizationMembershipServiceClient);
  organizations = organizationsOf(server.current);
});

beforeEach(async () => {
  userId = (await createUser(server.current.users)).id;
  organizationId = await newOrganization(organizations, "Engines");
});

describe("CreateOrganizationMembership", () => {
  it("makes an active member unless told", async () => {
    const before = Date.now();
    const membership = await createMembership(memberships, { userId, organizationId });
    expect(membership).toEqual({
      id: expect.stringMatching(/^om_[0-9A-HJKMNP-TV-Z]{26}$/),
      userId,
      organizationId,
      organizationName: "Engines",
      status: Status.ACTIVE,
      role: "member",
      createdAt: membership.updatedAt,
      updatedAt: expect.anything(),
      revision: 1n,
    });
    expect(Number(membership.createdAt?.seconds)).toBeGreaterThanOrEqual(Math.floor(before / 1_000));
    expect(await getMembership(memberships, membership.id)).toEqual(membership);
  });

  const statuses = [
    { name: "not given", status: Status.UNSPECIFIED, stored: Status.ACTIVE },
    { name: "active", status: Status.ACTIVE, stored: Status.ACTIVE },
    { name: "pending", status: Status.PENDING, stored: Status.PENDING },
  ];

  it.each(statuses)("takes a status that is $name, and a role", async ({ status, stored }) => {
    const membership = await createMembership(memberships, { userId, organizationId, status, role: "billing-admin_2" });
    expect(membership).toMatchObject({ status: stored, role: "billing-admin_2", revision: 1n });
    expect(await getMembership(memberships, membership.id)).toEqual(membership);
  });

  it("lets a user be in many organizations, and an organization have many users", async () => {
    const [other, another] = [await newOrganization(organizations), await createUser(server.current.users)];
    const made = [
      await createMembership(memberships, { userId, organizationId }),
      await createMembership(memberships, { userId, organizationId: other }),
      await createMembership(memberships, { userId: another.id, organizationId }),
    ];
    expect(new Set(made.map(({ id }) => id)).size).toBe(3);
    expect(made.map(({ id }) => id)).toEqual(made.map(({ id }) => id).toSorted());
  });

  const refusals: { name: string; status: Status; asked: Status }[] = [
    { name: "active", status: Status.ACTIVE, asked: Status.UNSPECIFIED },
    { name: "active, also where active is asked for", status: Status.ACTIVE, asked: Status.ACTIVE },
    { name: "active, also where pending is asked for", status: Status.ACTIVE, asked: Status.PENDING },
    { name: "pending, where no status is given", status: Status.PENDING, asked: Status.UNSPECIFIED },
    { name: "pending, where pending is asked for", status: Status.PENDING, asked: Status.PENDING },
  ];

  it.each(refusals)("refuses the pair of a membership that is $name", async ({ status, asked }) => {
    const { id } = await createMembership(memberships, { userId, organizationId, status });
    const again = { userId, organizationId, role: "admin", status: asked };
    expect(await failure(createMembership(memberships, again))).toEqual({
      code: "ALREADY_EXISTS",
      message: "the user has a membership in this organization",
      reason: "ORGANIZATION_MEMBERSHIP_ALREADY_EXISTS",
      domain: "roster",
      metadata: { id },
      violations: [],
      resource: { type: "organization_membership", name: id },
      retryAfterMs: undefined,
    });
    expect(await getMembership(memberships, id)).toMatchObject({ status, role: "member", revision: 1n });
  });

  it("makes another one for the pair of a deleted membership", async () => {
    const { id } = await createMembership(memberships, { userId, organizationId });
    await deleteMembership(memberships, id);
    const second = await createMembership(memberships, { userId, organizationId });
    expect(second.id).not.toBe(id);
    expect(second.revision).toBe(1n);
  });

  it("answers NOT_FOUND for a user that does not exist, first", async () => {
    const given = { userId: unusedId(), organizationId: newId("org") };
    expect(await failure(createMembership(memberships, given))).toEqual({
      code: "NOT_FOUND",
      message: "no user has this user_id",
      reason: "USER_NOT_FOUND",
      domain: "roster",
      metadata: { user_id: given.userId },
      violations: [],
      resource: { type: "user", name: given.userId },
      retryAfterMs: undefined,
    });
  });

  it("answers NOT_FOUND for an organization that does not exist", async () => {
    const unused = newId("org");
    expect(await failure(createMembership(memberships, { userId, organizationId: unused }))).toEqual({
      code: "NOT_FOUND",
      message: "no organization has this organization_id",
      reason: "ORGANIZATION_NOT_FOUND",
      domain: "roster",
      metadata: { organization_id: unused },
      violations: [],
      resource: { type: "organization", name: unused },
      retryAfterMs: undefined,
    });
    expect(await server.current.db.collection("memberships").countDocuments({ userId })).toBe(0);
  });
});

describe("CreateOrganizationMembership of a pending pair", () => {
  it.each([
    { name: "with its role", given: {}, role: "guest" },
    { name: "with the role that is given", given: { role: "org:admin" }, role: "org:admin" },
  ])("makes it active where active is asked for, with the same id, $name", async ({ given, role }) => {
    const pending = { userId, organizationId, role: "guest", status: Status.PENDING };
    const { id, createdAt } = await createMembership(memberships, pending);
    const request = { userId, organizationId, status: Status.ACTIVE, requestId: newKey(), ...given };
    const membership = await createMembership(memberships, request);
    expect(membership).toMatchObject({ id, createdAt, status: Status.ACTIVE, role, revision: 2n });
    expect(await createMembership(memberships, request)).toEqual(membership);
    expect(await getMembership(memberships, id)).toEqual(membership);
    const [event, ...rest] = await allEvents(server.current, { userId, types: ["organization_membership.updated"] });
    expect(event?.object?.value).toEqual(membership);
    expect(rest).toEqual([]);
  });

  it("is done by one of fifty concurrent calls through two servers", async () => {
    const other = (await server.current.another()).client(OrganizationMembershipServiceClient);
    const { id } = await createMembership(memberships, { userId, organizationId, status: Status.PENDING });
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) =>
        createMembership(i % 2 === 0 ? memberships : other, { userId, organizationId, status: Status.ACTIVE }),
      ),
    );
    expect(answers(results)).toEqual([await getMembership(memberships, id)]);
    expect(new Set(failures(results).map(({ reason }) => reason))).toEqual(
      new Set(["ORGANIZATION_MEMBERSHIP_ALREADY_EXISTS"]),
    );
  });
});

describe("CreateOrganizationMembership of an inactive pair", () => {
  const reactivations: {
    name: string;
    given: Partial<CreateOrganizationMembershipRequest>;
    now: { status: Status; role: string };
  }[] = [
    { name: "active with its role", given: {}, now: { status: Status.ACTIVE, role: "admin" } },
    { name: "pending where asked", given: { status: Status.PENDING }, now: { status: Status.PENDING, role: "admin" } },
    { name: "active with another role", given: { role: "guest" }, now: { status: Status.ACTIVE, role: "guest" } },
  ];

  it.each(reactivations)("makes it $name, with the same id", async ({ given, now }) => {
    const { id, createdAt } = await createMembership(memberships, { userId, organizationId, role: "admin" });
    await deactivate(memberships, id);
    const membership = await createMembership(memberships, { userId, organizationId, ...given });
    expect(membership).toMatchObject({ id, createdAt, ...now, revision: 3n });
    expect(await getMembership(memberships, id)).toEqual(membership);
    const statuses = [Status.PENDING, Status.ACTIVE, Status.INACTIVE];
    expect(await membershipsOf(memberships, { userId, statuses })).toEqual([membership]);
  });

  it("has the name that the organization has now", async () => {
    const { id } = await createMembership(memberships, { userId, organizationId });
    await deactivate(memberships, id);
    await updateOrganization(organizations, organizationId, { name: "Looms" });
    const membership = await createMembership(memberships, { userId, organizationId });
    expect(membership).toMatchObject({ id, organizationName: "Looms" });
  });
});

const tooLong = "a".repeat(65);
const roleRule = "must be 1-64 of a-z, 0-9, -, _ and :";
const statusRule = "must be ORGANIZATION_MEMBERSHIP_STATUS_ACTIVE or ORGANIZATION_MEMBERSHIP_STATUS_PENDING";

const refused: {
  name: string;
  given: Partial<CreateOrganizationMembershipRequest>;
  violations: [field: string, description: string][];
}[] = [
  { name: "no user", given: { userId: "" }, violations: [["user_id", "is required"]] },
  { name: "no organization", given: { organizationId: "" }, violations: [["organization_id", "is required"]] },
  { name: "an inactive status", given: { status: Status.INACTIVE }, violations: [["status", statusRule]] },
  { name: "an unknown status", given: { status: 9 as Status }, violations: [["status", statusRule]] },
  ...["Admin", "a b", "a.b", "é", "a\n", tooLong].map((role) => ({
    name: `the role ${JSON.stringify(role)}`,
    given: { role },
    violations: [["role", roleRule]] as [string, string][],
  })),
  {
    name: "everything at once",
    given: { userId: "org_1", organizationId: "user_1", role: "#", status: 4 as Status, requestId: "a b" },
    violations: [
      ["user_id", "must be user_ and a ULID of 26 characters"],
      ["organization_id", "must be org_ and a ULID of 26 characters"],
      ["role", roleRule],
      ["status", statusRule],
      ["request_id", "must be 1-64 printable ASCII characters without spaces"],
    ],
  },
];

describe("CreateOrganizationMembership", () => {
  it.each(refused)("refuses $name", async ({ given, violations }) => {
    const error = await failure(createMembership(memberships, { userId, organizationId, ...given }));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", reason: "INVALID_REQUEST" });
    expect(error.violations.map(({ field, description }) => [field, description])).toEqual(violations);
  });

  it.each(["a", "0", "a-_9", "org:admin", "-", ":a", "_", "a".repeat(64)])("takes the role %s", async (role) => {
    expect(await createMembership(memberships, { userId, organizationId, role })).toMatchObject({ role });
  });
});
