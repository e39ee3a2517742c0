import { beforeAll, describe, expect, it } from "vitest";
import { Order } from "../../gen/ts/roster/v1/list.js";
import {
  type OrganizationMembership,
  OrganizationMembershipStatus as Status,
} from "../../gen/ts/roster/v1/organization_membership.js";
import {
  type ListOrganizationMembershipsRequest,
  type ListOrganizationMembershipsResponse,
  OrganizationMembershipServiceClient,
} from "../../gen/ts/roster/v1/organization_membership_service.js";
import { newId } from "../support/clock.js";
import { failure } from "../support/call.js";
import {
  createMembership,
  deactivate,
  deleteMembership,
  insertMemberships,
  listMemberships,
  membershipPages,
  membershipsOf,
  newOrganization,
} from "../support/memberships.js";
import { organizationsOf } from "../support/organizations.js";
import { useServer } from "../support/server.js";
import { createUser, createUsers, insertUsers, unusedId } from "../support/users.js";

const server = useServer();
let memberships: OrganizationMembershipServiceClient;

// The memberships 0 to 8, oldest first, and one between 3 and 4 that is deleted: of Ada in the organizations 0 to 5, and of
// three others in organization 0. Of each four in a row, one is pending and one inactive.
let made: OrganizationMembership[];
let deleted: OrganizationMembership;
let ada: string;
let organizationIds: string[];

const statusOf = (n: number) => [Status.ACTIVE, Status.PENDING, Status.ACTIVE, Status.INACTIVE][n % 4] as Status;

beforeAll(async () => {
  memberships = server.current.client(OrganizationMembershipServiceClient);
  const organizations = organizationsOf(server.current);
  ada = (await createUser(server.current.users)).id;
  organizationIds = [];
  for (let i = 0; i < 7; i++) organizationIds.push(await newOrganization(organizations, `organization ${i}`));
  const make = async (userId: string, organizationId: string, status: Status) => {
    const given = { userId, organizationId, status: status === Status.INACTIVE ? Status.ACTIVE : status };
    const membership = await createMembership(memberships, given);
    return status === Status.INACTIVE ? deactivate(memberships, membership.id) : membership;
  };
  made = [];
  for (let i = 0; i < 6; i++) {
    made.push(await make(ada, organizationIds[i] as string, statusOf(i)));
    if (i === 3) deleted = await make(ada, organizationIds[6] as string, Status.ACTIVE);
  }
  const others = await createUsers(server.current.users, 3);
  for (const [i, { id }] of others.entries()) made.push(await make(id, organizationIds[0] as string, statusOf(6 + i)));
  await deleteMembership(memberships, deleted.id);
});

/** A page in short: its memberships by their numbers, `<` when it has a `before`, `>` when it has an `after`. */
const short = ({ organizationMemberships: page, listMetadata }: ListOrganizationMembershipsResponse): string => {
  const numbers = page.map(({ id }) => made.findIndex((membership) => membership.id === id));
  const { before, after } = listMetadata ?? {};
  if (before !== undefined) expect(before).toBe(page[0]?.id);
  if (after !== undefined) expect(after).toBe(page.at(-1)?.id);
  return `${before === undefined ? "" : "<"}${numbers.join("")}${after === undefined ? "" : ">"}`;
};

type Given = Partial<ListOrganizationMembershipsRequest>;
type Case = [name: string, given: () => Given, pages: string[]];

const id = (n: number): string => made[n]?.id as string;
const all = { statuses: [Status.PENDING, Status.ACTIVE, Status.INACTIVE] };
const ofAda = (given: Given = all): Given => ({ userId: ada, ...given });
const inFirst = (given: Given = all): Given => ({ organizationId: organizationIds[0] as string, ...given });
const ofBoth = (n: number, given: Given = all): Given =>
  ofAda({ organizationId: organizationIds[n] as string, ...given });

const filters: Case[] = [
  ["user, active unless told", () => ofAda({}), ["420"]],
  ["user and every status", () => ofAda(), ["543210"]],
  ["user and pending", () => ofAda({ statuses: [Status.PENDING] }), ["51"]],
  ["user and inactive", () => ofAda({ statuses: [Status.INACTIVE] }), ["3"]],
  ["user and two statuses", () => ofAda({ statuses: [Status.INACTIVE, Status.PENDING] }), ["531"]],
  ["user and a status given twice", () => ofAda({ statuses: [Status.ACTIVE, Status.ACTIVE] }), ["420"]],
  ["organization, active unless told", () => inFirst({}), ["860"]],
  ["organization and every status", () => inFirst(), ["8760"]],
  ["organization and inactive", () => inFirst({ statuses: [Status.INACTIVE] }), ["7"]],
  ["organization and pending, of whom there are none", () => inFirst({ statuses: [Status.PENDING] }), [""]],
  ["both", () => ofBoth(4, {}), ["4"]],
  ["both, active unless told", () => ofBoth(5, {}), [""]],
  ["both and the status", () => ofBoth(5, { statuses: [Status.PENDING] }), ["5"]],
  ["both, without a membership", () => ofBoth(6), [""]],
  ["a user who does not exist", () => ({ userId: unusedId(), ...all }), [""]],
  ["an organization that does not exist", () => ({ organizationId: newId("org"), ...all }), [""]],
];

const pages: Case[] = [
  ["of a user, oldest first", () => ofAda({ ...all, order: Order.ASC }), ["012345"]],
  ["of a user, newest first", () => ofAda({ ...all, pageSize: 2 }), ["54>", "<32>", "<10"]],
  ["of a user, in pages, oldest first", () => ofAda({ ...all, pageSize: 4, order: Order.ASC }), ["0123>", "<45"]],
  ["of a user, at most the limit", () => ofAda({ ...all, pageSize: 2, limit: 3 }), ["54>", "<3>"]],
  ["of an organization, in pages", () => inFirst({ ...all, pageSize: 3 }), ["876>", "<0"]],
  ["of active ones only, in pages", () => ofAda({ pageSize: 2 }), ["42>", "<0"]],
];

const cursors: Case[] = [
  ["after one", () => ofAda({ ...all, after: id(3) }), ["<210"]],
  ["after one, oldest first", () => ofAda({ ...all, after: id(3), order: Order.ASC }), ["<45"]],
  ["after one that is deleted", () => ofAda({ ...all, after: deleted.id }), ["<3210"]],
  ["after one of another user", () => ofAda({ ...all, after: id(7) }), ["543210"]],
  ["after the last", () => ofAda({ ...all, after: id(0) }), [""]],
  ["after one of another status", () => ofAda({ after: id(3) }), ["<20"]],
  ["before one", () => ofAda({ ...all, before: id(1), limit: 2 }), ["<32>"]],
  ["before one, oldest first", () => ofAda({ ...all, before: id(4), limit: 2, order: Order.ASC }), ["<23>"]],
  ["before one that is deleted", () => ofAda({ ...all, before: deleted.id, limit: 2 }), ["54>"]],
  ["before the first", () => ofAda({ ...all, before: id(5) }), [""]],
  ["before one in an organization", () => inFirst({ ...all, before: id(0), limit: 2 }), ["<76>"]],
  ["of both, after it", () => ofBoth(4, { after: id(4) }), [""]],
  ["of both, before a later one", () => ofBoth(4, { before: id(3) }), ["4"]],
];

describe.each([
  ["filters by", filters],
  ["lists pages", pages],
  ["lists what comes", cursors],
])("ListOrganizationMemberships %s", (_title, cases) => {
  it.each(cases)("%s", async (_name, given, expected) => {
    expect((await membershipPages(memberships, given())).map(short)).toEqual(expected);
  });
});

describe("ListOrganizationMemberships", () => {
  it("delivers memberships whole", async () => {
    const first = made.filter(({ organizationId }) => organizationId === organizationIds[0]);
    expect(await membershipsOf(memberships, inFirst({ ...all, order: Order.ASC }))).toEqual(first);
  });

  it.each([Order.DESC, Order.ASC])(
    "walks 2,500 memberships in order %i, as one stream and by cursors",
    async (order) => {
      const { db } = server.current;
      const organizationId = await newOrganization(organizationsOf(server.current));
      const inserted = await insertMemberships(db, organizationId, await insertUsers(db, 2_500));
      const expected = order === Order.ASC ? inserted : inserted.toReversed();
      const stream: string[] = [];
      for await (const page of listMemberships(memberships, { organizationId, order, pageSize: 400 })) {
        stream.push(...(page as ListOrganizationMembershipsResponse).organizationMemberships.map((item) => item.id));
      }
      expect(stream).toEqual(expected);
      const walked: string[] = [];
      for (let after: string | undefined = ""; after !== undefined; ) {
        const [page] = await membershipPages(memberships, { organizationId, order, limit: 400, pageSize: 400, after });
        walked.push(...(page?.organizationMemberships.map((item) => item.id) ?? []));
        after = page?.listMetadata?.after;
      }
      expect(walked).toEqual(expected);
    },
  );
});

const refused: { name: string; given: Given; violations: [field: string, description: string][] }[] = [
  {
    name: "neither a user nor an organization",
    given: {},
    violations: [["user_id", "is required where organization_id is not given"]],
  },
  {
    name: "four statuses",
    given: { userId: unusedId(), statuses: [1, 2, 3, 1] },
    violations: [["statuses", "must have at most 3 items, not 4"]],
  },
  {
    name: "a status that is unspecified, and one that is not known",
    given: { userId: unusedId(), statuses: [Status.UNSPECIFIED, Status.ACTIVE, 9 as Status] },
    violations: [
      ["statuses[0]", "must be a known status, and not unspecified"],
      ["statuses[2]", "must be a known status, and not unspecified"],
    ],
  },
  {
    name: "everything at once",
    given: { pageSize: 1_001, limit: -1, order: 3 as Order, after: "a", before: "b", userId: "u", organizationId: "o" },
    violations: [
      ["page_size", "must be 1-1000"],
      ["limit", "must be 0-1000 together with before"],
      ["order", "must be ORDER_DESC or ORDER_ASC"],
      ["after", "must be om_ and a ULID of 26 characters"],
      ["before", "must be om_ and a ULID of 26 characters"],
      ["before", "must not be given together with after"],
      ["user_id", "must be user_ and a ULID of 26 characters"],
      ["organization_id", "must be org_ and a ULID of 26 characters"],
    ],
  },
];

describe("ListOrganizationMemberships", () => {
  it.each(refused)("refuses $name", async ({ given, violations }) => {
    const error = await failure(membershipPages(memberships, given));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", reason: "INVALID_REQUEST" });
    expect(error.violations.map(({ field, description }) => [field, description])).toEqual(violations);
  });
});
