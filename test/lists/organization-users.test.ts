import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { Order } from "../../gen/ts/roster/v1/list.js";
import { OrganizationMembershipStatus as Status } from "../../gen/ts/roster/v1/organization_membership.js";
import { OrganizationMembershipServiceClient } from "../../gen/ts/roster/v1/organization_membership_service.js";
import type { ListUsersRequest, ListUsersResponse } from "../../gen/ts/roster/v1/user_service.js";
import type { User } from "../../gen/ts/roster/v1/user.js";
import { idAfter } from "../../src/directory/id.js";
import { newId } from "../support/clock.js";
import { createMembership, deactivate, insertMemberships, newOrganization } from "../support/memberships.js";
import { organizationsOf } from "../support/organizations.js";
import { useServer } from "../support/server.js";
import { createUser, deleteUser, idsOf, insertUsers, listPages, listUsers } from "../support/users.js";

const server = useServer();
let memberships: OrganizationMembershipServiceClient;

// The users 0 to 8, oldest first, and one between 3 and 4 who is deleted. 0, 2, 3, 5, 6 and 8 are active members of the
// organization and came to it in another order; 1 is pending, 4 inactive, 7 no member. 3, 5 and 7 are in another one too.
let users: User[];
let deleted: User;
let organizationId: string;
let other: string;
let empty: string;

beforeAll(async () => {
  memberships = server.current.client(OrganizationMembershipServiceClient);
  const organizations = organizationsOf(server.current);
  [organizationId, other, empty] = [
    await newOrganization(organizations),
    await newOrganization(organizations),
    await newOrganization(organizations),
  ];
  users = [];
  for (let i = 0; i < 9; i++) {
    const letter = String.fromCharCode(97 + i);
    users.push(await createUser(server.current.users, { email: `${letter}@example.com`, externalId: letter }));
    if (i === 3) deleted = await createUser(server.current.users);
  }
  const add = (userId: string, status = Status.ACTIVE) =>
    createMembership(memberships, { userId, organizationId, status });
  await add(deleted.id);
  for (const n of [5, 0, 8, 3, 6, 2]) await add(id(n));
  await add(id(1), Status.PENDING);
  await deactivate(memberships, (await add(id(4))).id);
  for (const n of [7, 3, 5]) await createMembership(memberships, { userId: id(n), organizationId: other });
  await deleteUser(server.current.users, deleted.id);
});

/** A page in short: its users by their numbers, `<` when it has a `before`, `>` when it has an `after`. */
const short = ({ users: page, listMetadata }: ListUsersResponse): string => {
  const numbers = page.map((user) => users.findIndex(({ id }) => id === user.id));
  const { before, after } = listMetadata ?? {};
  if (before !== undefined) expect(before).toBe(page[0]?.id);
  if (after !== undefined) expect(after).toBe(page.at(-1)?.id);
  return `${before === undefined ? "" : "<"}${numbers.join("")}${after === undefined ? "" : ">"}`;
};

const id = (n: number): string => users[n]?.id as string;
type Case = [name: string, given: () => Partial<ListUsersRequest>, pages: string[]];

const orders: Case[] = [
  ["newest user first unless told", () => ({}), ["865320"]],
  ["oldest user first", () => ({ order: Order.ASC }), ["023568"]],
  ["in pages, newest first", () => ({ pageSize: 4 }), ["8653>", "<20"]],
  ["in pages, oldest first", () => ({ pageSize: 4, order: Order.ASC }), ["0235>", "<68"]],
  ["in pages that are just full", () => ({ pageSize: 3 }), ["865>", "<320"]],
  ["in pages of one", () => ({ pageSize: 1 }), ["8>", "<6>", "<5>", "<3>", "<2>", "<0"]],
  ["of another organization", () => ({ organizationId: other }), ["753"]],
  ["of one without members", () => ({ organizationId: empty }), [""]],
  ["of one that does not exist", () => ({ organizationId: newId("org") }), [""]],
];

const limits: Case[] = [
  ["one page", () => ({ limit: 2 }), ["86>"]],
  ["a part of a page", () => ({ limit: 3, pageSize: 2 }), ["86>", "<5>"]],
  ["as many as there are", () => ({ limit: 6, pageSize: 4 }), ["8653>", "<20"]],
];

const after: Case[] = [
  ["the newest", () => ({ after: id(8) }), ["<65320"]],
  ["one in the middle", () => ({ after: id(5) }), ["<320"]],
  ["one in the middle, oldest first", () => ({ after: id(5), order: Order.ASC }), ["<68"]],
  ["one in the middle, in pages", () => ({ after: id(6), pageSize: 2 }), ["<53>", "<20"]],
  ["the last", () => ({ after: id(0) }), [""]],
  ["the last, oldest first", () => ({ after: id(8), order: Order.ASC }), [""]],
  ["one who is no member", () => ({ after: id(7) }), ["<65320"]],
  ["one who is inactive, oldest first", () => ({ after: id(4), order: Order.ASC }), ["<568"]],
  ["one who is deleted", () => ({ after: deleted.id }), ["<320"]],
  ["an id newer than all", () => ({ after: "user_7ZZZZZZZZZZZZZZZZZZZZZZZZZ" }), ["865320"]],
];

const before: Case[] = [
  ["one in the middle", () => ({ before: id(5) }), ["86>"]],
  ["one in the middle, by limit", () => ({ before: id(2), limit: 2 }), ["<53>"]],
  ["one in the middle, by page_size", () => ({ before: id(2), pageSize: 2 }), ["<53>"]],
  ["one in the middle, oldest first", () => ({ before: id(6), limit: 2, order: Order.ASC }), ["<35>"]],
  ["the first", () => ({ before: id(8) }), [""]],
  ["the last", () => ({ before: id(0), limit: 3 }), ["<532>"]],
  ["one who is pending", () => ({ before: id(1), limit: 2 }), ["<32>"]],
  ["one who is deleted", () => ({ before: deleted.id, limit: 2 }), ["<65>"]],
  ["an id behind all", () => ({ before: "user_00000000000000000000000000", limit: 2 }), ["<20"]],
];

const filters: Case[] = [
  ["email", () => ({ email: "D@example.com" }), ["3"]],
  ["the email of one who is pending", () => ({ email: "b@example.com" }), [""]],
  ["the email of nobody", () => ({ email: "nobody@example.com" }), [""]],
  ["external_ids", () => ({ externalIds: ["a", "b", "c", "d", "e", "nothing"] }), ["320"]],
  ["external_ids in pages", () => ({ externalIds: ["i", "a", "h", "f", "c"], pageSize: 2 }), ["85>", "<20"]],
  ["external_ids, oldest first", () => ({ externalIds: ["f", "e", "a"], order: Order.ASC }), ["05"]],
  ["external_ids behind a cursor", () => ({ externalIds: ["i", "g", "c", "a"], after: id(6) }), ["<20"]],
  [
    "external_ids in front of a cursor",
    () => ({ externalIds: ["i", "g", "c", "a"], before: id(2), limit: 1 }),
    ["<6>"],
  ],
  ["external_ids of none of its members", () => ({ externalIds: ["b", "e", "h"] }), [""]],
  ["ids", () => ({ ids: [8, 7, 3, 1, 0].map(id) }), ["830"]],
  [
    "ids, in pages, oldest first",
    () => ({ ids: [0, 1, 2, 3, 4].map(id), pageSize: 2, order: Order.ASC }),
    ["02>", "<3"],
  ],
  ["ids behind a cursor", () => ({ ids: [8, 5, 4, 2].map(id), after: id(5) }), ["<2"]],
  ["ids in front of a cursor", () => ({ ids: [8, 5, 4, 2].map(id), before: id(2), limit: 1 }), ["<5>"]],
  ["ids, none of them a member", () => ({ ids: [7, 4, 1].map(id) }), [""]],
  ["ids and external_ids", () => ({ ids: [0, 1, 2, 3].map(id), externalIds: ["b", "c", "d", "f"] }), ["32"]],
  ["all of them", () => ({ email: "c@example.com", ids: [1, 2].map(id), externalIds: ["c"] }), ["2"]],
  ["all of them without a match", () => ({ email: "c@example.com", ids: [id(3)], externalIds: ["c"] }), [""]],
];

describe.each([
  ["lists members", orders],
  ["lists at most the limit:", limits],
  ["lists what comes after", after],
  ["lists the one page before", before],
  ["filters members by", filters],
])("ListUsers with organization_id %s", (_title, cases) => {
  it.each(cases)("%s", async (_name, given, pages) => {
    expect((await listPages(server.current.users, { organizationId, ...given() })).map(short)).toEqual(pages);
  });
});

describe("ListUsers with organization_id", () => {
  it("delivers users whole", async () => {
    const [page] = await listPages(server.current.users, { organizationId, order: Order.ASC });
    expect(page?.users).toEqual([0, 2, 3, 5, 6, 8].map((n) => users[n]));
  });

  // What a reader finds whose users are deleted between the two queries of a page.
  it.each([Order.DESC, Order.ASC])("passes over memberships whose users are gone, in order %i", async (order) => {
    const { db, users: client } = server.current;
    const organization = newId("org");
    const first = await createUser(client);
    let previous = first.id;
    const gone = Array.from({ length: 25 }, () => (previous = idAfter("user", previous, new Date(0))));
    // Of a later millisecond than the ones that follow the first.
    await sleep(5);
    const last = await createUser(client);
    await insertMemberships(db, organization, [...gone, last.id, first.id]);
    const given = { organizationId: organization, order, pageSize: 10 };
    const ids = order === Order.ASC ? [first.id, last.id] : [last.id, first.id];
    expect(idsOf(await listPages(client, given))).toEqual(ids);
    const middle = gone[12] as string;
    expect(idsOf(await listPages(client, { ...given, after: middle }))).toEqual(ids.slice(1));
    const page = { before: middle, limit: 1, organizationId: organization, order };
    expect(await listPages(client, page)).toMatchObject([{ users: [{ id: ids[0] }], listMetadata: { after: ids[0] } }]);
  });

  it.each([Order.DESC, Order.ASC])(
    "holds each who stays exactly once while others come and go, in order %i",
    async (order) => {
      const { db, users: client, connect } = server.current;
      const organization = await newOrganization(organizationsOf(server.current));
      const ids = await insertUsers(db, 10_000);
      const membershipIds = await insertMemberships(db, organization, ids);
      const leave = ids.map((_, i) => i).filter((i) => i % 50 === 7);
      const stay = ids.filter((_, i) => i % 50 !== 7);
      const others = connect();
      const listed = new AbortController();
      const change = async () => {
        while (!listed.signal.aborted) {
          const { id: userId } = await createUser(others);
          await createMembership(memberships, { userId, organizationId: organization });
          const [a, b] = [leave.pop(), leave.shift()];
          if (a !== undefined) await deleteUser(others, ids[a] as string);
          if (b !== undefined) await deactivate(memberships, membershipIds[b] as string);
        }
      };
      const changes = Promise.all([change(), change()]);
      const seen: string[] = [];
      for await (const page of listUsers(client, { organizationId: organization, order, pageSize: 100 })) {
        seen.push(...idsOf([page as ListUsersResponse]));
      }
      listed.abort();
      await changes;
      expect(leave.length).toBeLessThan(200);
      const staying = new Set(stay);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((userId) => staying.has(userId))).toEqual(order === Order.ASC ? stay : stay.toReversed());
      expect(seen).toEqual(order === Order.ASC ? seen.toSorted() : seen.toSorted().toReversed());
    },
  );
});
