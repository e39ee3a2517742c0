import { beforeAll, describe, expect, it } from "vitest";
import {
  DeactivateOrganizationMembershipRequest,
  DeleteOrganizationMembershipRequest,
  OrganizationMembershipServiceClient,
  ReactivateOrganizationMembershipRequest,
} from "../../gen/ts/roster/v1/organization_membership_service.js";
import {
  DeleteOrganizationRequest,
  type OrganizationServiceClient,
} from "../../gen/ts/roster/v1/organization_service.js";
import { DeleteUserRequest } from "../../gen/ts/roster/v1/user_service.js";
import { newId } from "../support/clock.js";
import { answers, call, failure, failures } from "../support/call.js";
import {
  createMembership,
  deactivate,
  getMembership,
  newOrganization,
  updateMembership,
} from "../support/memberships.js";
import { getOrganization, organizationsOf, updateOrganization } from "../support/organizations.js";
import { useServer } from "../support/server.js";
import { createUser, getUser, updateUser } from "../support/users.js";

const server = useServer();
let memberships: OrganizationMembershipServiceClient;
let organizations: OrganizationServiceClient;

beforeAll(() => {
  memberships = server.current.client(OrganizationMembershipServiceClient);
  organizations = organizationsOf(server.current);
});

interface Expected {
  readonly id: string;
  readonly expectedRevision?: bigint;
}

const memberAt2 = async (): Promise<string> => {
  const { id: userId } = await createUser(server.current.users);
  const { id } = await createMembership(memberships, { userId, organizationId: await newOrganization(organizations) });
  await updateMembership(memberships, id, { role: "admin" });
  return id;
};

/** What may expect a revision, and an object at revision 2 that it may do so with. */
const methods: {
  method: string;
  prefix: "user" | "org" | "om";
  objectAt2: () => Promise<string>;
  run: (given: Expected) => Promise<unknown>;
  /** The object; fails when it is gone. */
  get: (id: string) => Promise<unknown>;
}[] = [
  {
    method: "DeleteUser",
    prefix: "user",
    objectAt2: async () => {
      const { id } = await createUser(server.current.users);
      return (await updateUser(server.current.users, id, { name: "A" })).id;
    },
    run: (given) =>
      call(server.current.users.deleteUser.bind(server.current.users), DeleteUserRequest.fromPartial(given)),
    get: (id) => getUser(server.current.users, id),
  },
  {
    method: "DeleteOrganization",
    prefix: "org",
    objectAt2: async () => {
      const id = await newOrganization(organizations);
      return (await updateOrganization(organizations, id, { name: "Looms" })).id;
    },
    run: (given) =>
      call(organizations.deleteOrganization.bind(organizations), DeleteOrganizationRequest.fromPartial(given)),
    get: (id) => getOrganization(organizations, id),
  },
  {
    method: "DeleteOrganizationMembership",
    prefix: "om",
    objectAt2: memberAt2,
    run: (given) =>
      call(
        memberships.deleteOrganizationMembership.bind(memberships),
        DeleteOrganizationMembershipRequest.fromPartial(given),
      ),
    get: (id) => getMembership(memberships, id),
  },
  {
    method: "DeactivateOrganizationMembership",
    prefix: "om",
    objectAt2: memberAt2,
    run: (given) =>
      call(
        memberships.deactivateOrganizationMembership.bind(memberships),
        DeactivateOrganizationMembershipRequest.fromPartial(given),
      ),
    get: (id) => getMembership(memberships, id),
  },
  {
    method: "ReactivateOrganizationMembership",
    prefix: "om",
    objectAt2: async () => {
      const { id: userId } = await createUser(server.current.users);
      const organizationId = await newOrganization(organizations);
      const { id } = await createMembership(memberships, { userId, organizationId });
      return (await deactivate(memberships, id)).id;
    },
    run: (given) =>
      call(
        memberships.reactivateOrganizationMembership.bind(memberships),
        ReactivateOrganizationMembershipRequest.fromPartial(given),
      ),
    get: (id) => getMembership(memberships, id),
  },
];

describe.each(methods)("$method, expected_revision", ({ prefix, objectAt2, run, get }) => {
  it.each([1n, 3n])("refuses %i for an object at 2, and changes nothing", async (expectedRevision) => {
    const id = await objectAt2();
    const before = await get(id);
    expect(await failure(run({ id, expectedRevision }))).toMatchObject({
      code: "ABORTED",
      message: "expected_revision does not match: the revision is 2",
      reason: "REVISION_MISMATCH",
      metadata: { current_revision: "2" },
    });
    expect(await get(id)).toEqual(before);
  });

  it("lets one of twenty concurrent calls of one revision do it", async () => {
    const id = await objectAt2();
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => run({ id, expectedRevision: 2n })));
    expect(answers(results)).toHaveLength(1);
    expect(new Set(failures(results).map(({ code }) => code))).toEqual(
      new Set([
        await get(id).then(
          () => "ABORTED",
          () => "NOT_FOUND",
        ),
      ]),
    );
  });

  it("must be 1 or more", async () => {
    expect(await failure(run({ id: newId(prefix), expectedRevision: 0n }))).toMatchObject({
      reason: "INVALID_REQUEST",
      violations: [{ field: "expected_revision", description: "must be 1 or more" }],
    });
  });
});

describe("a change of status", () => {
  it("is refused at another revision also where nothing would change, or a pending membership is in the way", async () => {
    const active = await memberAt2();
    const given = ReactivateOrganizationMembershipRequest.fromPartial({ id: active, expectedRevision: 1n });
    const reactivated = call(memberships.reactivateOrganizationMembership.bind(memberships), given);
    expect((await failure(reactivated)).reason).toBe("REVISION_MISMATCH");
  });
});
