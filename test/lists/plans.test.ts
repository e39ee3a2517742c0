import type { Document } from "mongodb";
import { beforeAll, describe, expect, it } from "vitest";
import { Order } from "../../gen/ts/roster/v1/list.js";
import { OrganizationMembershipServiceClient } from "../../gen/ts/roster/v1/organization_membership_service.js";
import { newId } from "../support/clock.js";
import { startProfile } from "../support/database.js";
import { insertMemberships, membershipsOf } from "../support/memberships.js";
import { useServer } from "../support/server.js";
import { idsOf, insertUsers, listPages } from "../support/users.js";

const server = useServer();
const organizationId = newId("org");
const limit = 100;

// Every second of 20,000 users is a member, half of these an active one. All are in another organization as well.
let ids: string[];
let active: string[];
let membershipIds: string[];

beforeAll(async () => {
  const { db } = server.current;
  ids = await insertUsers(db, 20_000);
  active = ids.filter((_, i) => i % 4 === 0);
  await insertMemberships(db, newId("org"), ids);
  await insertMemberships(
    db,
    organizationId,
    ids.filter((_, i) => i % 4 === 2),
    { status: "inactive" },
  );
  membershipIds = await insertMemberships(db, organizationId, active);
});

const collectionOf = ({ ns }: Document): string => String(ns).slice(server.current.db.databaseName.length + 1);

/** The finds of users and memberships while `run` runs. The server has others of its own, at any time. */
const findsOf = async (run: () => Promise<unknown>): Promise<Document[]> => {
  const operations = await startProfile(server.current.db);
  await run();
  return (await operations()).filter(
    (operation) => operation.op === "query" && ["users", "memberships"].includes(collectionOf(operation)),
  );
};

const sum = (finds: readonly Document[], what: "keysExamined" | "docsExamined"): number =>
  finds.reduce((total, find) => total + Number(find[what]), 0);

const orders = [
  ["newest first", Order.DESC],
  ["oldest first", Order.ASC],
] as const;

/** A place in the middle of the active members, and the page behind it. */
const middle = (order: Order) => {
  const list = order === Order.ASC ? active : active.toReversed();
  return { after: list[2_499] as string, expected: list.slice(2_500, 2_600) };
};

describe("a page in the middle of an organization's members", () => {
  it.each(orders)("reads the keys of its members and those users, and nothing else, %s", async (_name, order) => {
    const { users } = server.current;
    const { after, expected } = middle(order);
    const finds = await findsOf(async () => {
      expect(idsOf(await listPages(users, { organizationId, order, after, limit, pageSize: limit }))).toEqual(expected);
    });
    const [ofMembers, ofUsers] = ["memberships", "users"].map((name) =>
      finds.filter((find) => collectionOf(find) === name),
    );
    // The page, and whether there is one in front of it.
    expect([ofMembers?.length, ofUsers?.length]).toEqual([2, 2]);
    expect(sum(ofMembers ?? [], "docsExamined")).toBe(0);
    expect(sum(ofMembers ?? [], "keysExamined")).toBeLessThanOrEqual(limit + 10);
    expect(sum(ofUsers ?? [], "docsExamined")).toBe(limit + 1);
    expect(sum(ofUsers ?? [], "keysExamined")).toBeLessThanOrEqual(2 * limit + 10);
  });

  it.each(orders)("costs the same with the first and the last members, %s", async (_name, order) => {
    const { users } = server.current;
    const list = order === Order.ASC ? active : active.toReversed();
    const costs: number[] = [];
    for (const start of [1, 2_500, 4_800]) {
      const after = list[start - 1] as string;
      const finds = await findsOf(() => listPages(users, { organizationId, order, after, limit, pageSize: limit }));
      costs.push(sum(finds, "keysExamined"));
    }
    expect(Math.max(...costs) - Math.min(...costs)).toBeLessThanOrEqual(10);
  });

  it("costs as many memberships as there are ids, where ids are given", async () => {
    const { users } = server.current;
    const some = active.slice(2_000, 2_050);
    const finds = await findsOf(async () => {
      expect(idsOf(await listPages(users, { organizationId, ids: some, order: Order.ASC }))).toEqual(some);
    });
    expect(sum(finds, "keysExamined")).toBeLessThanOrEqual(4 * some.length + 10);
    expect(sum(finds, "docsExamined")).toBe(some.length);
  });
});

describe("a page in the middle of an organization's memberships", () => {
  it.each(orders)("reads as many as it has, %s", async (_name, order) => {
    const client = server.current.client(OrganizationMembershipServiceClient);
    const list = order === Order.ASC ? membershipIds : membershipIds.toReversed();
    const given = { organizationId, order, after: list[2_499] as string, limit, pageSize: limit, statuses: [1, 2] };
    const finds = await findsOf(async () => {
      const found = await membershipsOf(client, given);
      expect(found.map(({ id }) => id)).toEqual(list.slice(2_500, 2_600));
    });
    expect(sum(finds, "keysExamined")).toBeLessThanOrEqual(limit + 20);
    expect(sum(finds, "docsExamined")).toBeLessThanOrEqual(limit + 10);
  });
});

describe("users that were imported together, found by external id", () => {
  // So many that the database, after a hundred, finds the walk along the ids as good as the index.
  const wanted = 450;

  it.each<[string, object]>([
    ["among all users", {}],
    ["among the members of an organization", { organizationId }],
  ])("cost as much as there are, %s", async (_name, given) => {
    const { db, users } = server.current;
    const some = active.slice(2_000, 2_000 + wanted);
    await db
      .collection<{ _id: string }>("users")
      .bulkWrite(
        some.map((id) => ({ updateOne: { filter: { _id: id }, update: { $set: { externalId: `of-${id}` } } } })),
      );
    const externalIds = some.map((id) => `of-${id}`);
    const request = { ...given, externalIds, after: active[1_999] as string, order: Order.ASC, pageSize: 1_000 };
    const finds = await findsOf(async () => {
      expect(idsOf(await listPages(users, request))).toEqual(some);
    });
    expect(sum(finds, "keysExamined")).toBeLessThanOrEqual(10 * wanted);
  });
});
