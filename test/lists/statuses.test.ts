import { beforeAll, describe, expect, it } from "vitest";
import { Order } from "../../gen/ts/roster/v1/list.js";
import type { ListUsersRequest } from "../../gen/ts/roster/v1/user_service.js";
import { UserStatus } from "../../gen/ts/roster/v1/user.js";

import { failure } from "../support/call.js";
import { newId } from "../support/clock.js";
import { startProfile } from "../support/database.js";
import { insertMemberships } from "../support/memberships.js";
import { useServer } from "../support/server.js";
import { idsOf, insertUsers, listPages, newKey } from "../support/users.js";

const server = useServer();
const { ACTIVE, INACTIVE } = UserStatus;
const organizationId = newId("org");

// 20,000 users in stretches: a thousand inactive ones, then a thousand active ones, and so on. Every tenth is a member.
let ids: string[];
let members: string[];
const isInactive = (i: number): boolean => Math.floor(i / 1_000) % 2 === 0;
const ofStatus = (status: UserStatus) => ids.filter((_, i) => isInactive(i) === (status === INACTIVE));

beforeAll(async () => {
  ids = await insertUsers(server.current.db, 20_000, (i) => ({
    externalId: newKey(),
    ...(isInactive(i) && { status: "inactive" as const }),
  }));
  members = ids.filter((_, i) => i % 10 === 0);
  await insertMemberships(server.current.db, organizationId, members);
});

const list = async (given: Partial<ListUsersRequest>): Promise<string[]> =>
  idsOf(await listPages(server.current.users, { pageSize: 1_000, order: Order.ASC, ...given }));

describe("ListUsers with statuses", () => {
  it.each([
    ["inactive", [INACTIVE]],
    ["active, given twice", [ACTIVE, ACTIVE]],
  ])("lists these users and no others, in both orders: %s", async (_name, statuses) => {
    const expected = ofStatus(statuses[0] as UserStatus);
    expect(await list({ statuses })).toEqual(expected);
    expect(await list({ statuses, order: Order.DESC })).toEqual(expected.toReversed());
  });

  it.each([[[]], [[ACTIVE, INACTIVE]]])("lists all users for %j", async (statuses) => {
    expect(await list({ statuses, limit: 3_000 })).toEqual(ids.slice(0, 3_000));
  });

  it("goes together with the other filters", async () => {
    const some = [ids[0], ids[1_000], ids[2_000]] as string[];
    expect(await list({ statuses: [INACTIVE], ids: some })).toEqual([some[0], some[2]]);
    const users = await listPages(server.current.users, { ids: some });
    const externalIds = users.flatMap((page) => page.users.map(({ externalId }) => externalId as string));
    expect(await list({ statuses: [ACTIVE], externalIds })).toEqual([some[1]]);
    const email = users[0]?.users[0]?.email as string;
    const [newest] = idsOf(users);
    expect(await list({ statuses: [INACTIVE], email })).toEqual([newest]);
    expect(await list({ statuses: [ACTIVE], email })).toEqual([]);
  });

  it.each([INACTIVE, ACTIVE])("lists the members of an organization with status %i", async (status) => {
    const expected = members.filter((id) => ofStatus(status).includes(id));
    expect(await list({ statuses: [status], organizationId })).toEqual(expected);
    expect(await list({ statuses: [status], organizationId, pageSize: 7, limit: 300 })).toEqual(expected.slice(0, 300));
    const before = expected[500] as string;
    const page = await list({ statuses: [status], organizationId, before, limit: 20 });
    expect(page).toEqual(expected.slice(500 - page.length, 500));
    expect(page.length).toBeGreaterThan(0);
  });

  it("refuses a status that is none, by its place", async () => {
    const error = await failure(list({ statuses: [ACTIVE, UserStatus.UNSPECIFIED, 7 as UserStatus] }));
    const description = "must be USER_STATUS_ACTIVE or USER_STATUS_INACTIVE";
    expect(error).toMatchObject({
      code: "INVALID_ARGUMENT",
      reason: "INVALID_REQUEST",
      violations: [
        { field: "statuses[1]", description },
        { field: "statuses[2]", description },
      ],
    });
  });
});

describe("a page of users of one status", () => {
  it.each([
    ["inactive, newest first", INACTIVE, Order.DESC],
    ["inactive, oldest first", INACTIVE, Order.ASC],
    ["active, newest first", ACTIVE, Order.DESC],
    ["active, oldest first", ACTIVE, Order.ASC],
  ] as const)("costs what it holds, wherever it begins: %s", async (_name, status, order) => {
    const expected = order === Order.ASC ? ofStatus(status) : ofStatus(status).toReversed();
    // Also where the next users in the order of all are a thousand of the other status.
    for (const start of [1, 995, 5_000, 9_500]) {
      const operations = await startProfile(server.current.db);
      const page = await list({
        statuses: [status],
        order,
        after: expected[start - 1] as string,
        limit: 100,
        pageSize: 100,
      });
      expect(page).toEqual(expected.slice(start, start + 100));
      const finds = (await operations()).filter(({ op, ns }) => op === "query" && String(ns).endsWith(".users"));
      expect(finds.length).toBeGreaterThan(0);
      for (const what of ["keysExamined", "docsExamined"]) {
        expect(finds.reduce((sum, find) => sum + Number(find[what]), 0)).toBeLessThanOrEqual(110);
      }
    }
  });
});
