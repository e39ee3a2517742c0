import { describe, expect, it } from "vitest";
import { Order } from "../../gen/ts/roster/v1/list.js";
import type { ListUsersRequest } from "../../gen/ts/roster/v1/user_service.js";
import { failure } from "../support/call.js";
import { useServer } from "../support/server.js";
import { listPages, unusedId } from "../support/users.js";

const server = useServer();

const id = unusedId();
const ids = (count: number) => Array.from({ length: count }, unusedId);

const refused: {
  name: string;
  given: Partial<ListUsersRequest>;
  violations: [field: string, description: string][];
}[] = [
  { name: "a negative page_size", given: { pageSize: -1 }, violations: [["page_size", "must be 1-1000"]] },
  { name: "a page_size over 1,000", given: { pageSize: 1_001 }, violations: [["page_size", "must be 1-1000"]] },
  { name: "a negative limit", given: { limit: -1 }, violations: [["limit", "must not be negative"]] },
  {
    name: "a limit over 1,000 with before",
    given: { before: id, limit: 1_001 },
    violations: [["limit", "must be 0-1000 together with before"]],
  },
  {
    name: "an unknown order",
    given: { order: 7 as Order },
    violations: [["order", "must be ORDER_DESC or ORDER_ASC"]],
  },
  {
    name: "after and before together",
    given: { after: id, before: id },
    violations: [["before", "must not be given together with after"]],
  },
  {
    name: "cursors that are no ids",
    given: { after: "1" },
    violations: [["after", "must be user_ and a ULID of 26 characters"]],
  },
  {
    name: "an email that is none",
    given: { email: "nobody" },
    violations: [["email", "must be an email address, like ada@example.com"]],
  },
  {
    name: "more than 1,000 ids and external ids",
    given: { ids: ids(1_001), externalIds: ids(1_001) },
    violations: [
      ["external_ids", "must have at most 1000 items, not 1001"],
      ["ids", "must have at most 1000 items, not 1001"],
    ],
  },
  {
    name: "items of a list, each by its place",
    given: { ids: [id, "x"], externalIds: ["a b", "", " c"] },
    violations: [
      ["external_ids[1]", "is required"],
      ["external_ids[2]", "must be 1-128 printable ASCII characters without a space at either end"],
      ["ids[1]", "must be user_ and a ULID of 26 characters"],
    ],
  },
  {
    name: "an organization_id that is none",
    given: { organizationId: id },
    violations: [["organization_id", "must be org_ and a ULID of 26 characters"]],
  },
  {
    name: "everything at once",
    given: {
      pageSize: 2_000,
      limit: -5,
      order: 3 as Order,
      after: "a",
      before: "b",
      email: "@",
      ids: [""],
      organizationId: "o",
    },
    violations: [
      ["page_size", "must be 1-1000"],
      ["limit", "must be 0-1000 together with before"],
      ["order", "must be ORDER_DESC or ORDER_ASC"],
      ["after", "must be user_ and a ULID of 26 characters"],
      ["before", "must be user_ and a ULID of 26 characters"],
      ["before", "must not be given together with after"],
      ["email", "must be an email address, like ada@example.com"],
      ["ids[0]", "is required"],
      ["organization_id", "must be org_ and a ULID of 26 characters"],
    ],
  },
];

describe("ListUsers", () => {
  it.each(refused)("refuses $name", async ({ given, violations }) => {
    const error = await failure(listPages(server.current.users, given));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", reason: "INVALID_REQUEST" });
    expect(error.violations.map(({ field, description }) => [field, description])).toEqual(violations);
  });

  it.each([
    { pageSize: 1, limit: 0 },
    { pageSize: 1_000, limit: 2_147_483_647 },
    { before: id, limit: 1_000 },
    { ids: ids(1_000), externalIds: ids(1_000) },
  ])("answers one empty page without cursors when there are no users", async (given) => {
    expect(await listPages(server.current.users, given)).toEqual([{ users: [], listMetadata: {} }]);
  });
});
