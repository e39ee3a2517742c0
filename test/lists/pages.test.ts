import { beforeAll, describe, expect, it } from "vitest";
import { type ListUsersRequest, type ListUsersResponse } from "../../gen/ts/roster/v1/user_service.js";
import { Order } from "../../gen/ts/roster/v1/list.js";
import type { User } from "../../gen/ts/roster/v1/user.js";
import { useServer } from "../support/server.js";
import { createUser, deleteUser, listPages } from "../support/users.js";

const server = useServer();

// The users 0 to 6, oldest first, and one between 3 and 4 that is deleted.
let users: User[];
let deleted: User;

beforeAll(async () => {
  users = [];
  for (let i = 0; i < 7; i++) {
    const letter = String.fromCharCode(97 + i);
    users.push(await createUser(server.current.users, { email: `${letter}@example.com`, externalId: letter }));
    if (i === 3) deleted = await createUser(server.current.users);
  }
  await deleteUser(server.current.users, deleted.id);
});

/** A page in short: its users by their numbers, `<` when it has a `before`, `>` when it has an `after`. */
const short = ({ users: page, listMetadata }: ListUsersResponse): string => {
  const numbers = page.map(({ id }) => users.findIndex((user) => user.id === id));
  const { before, after } = listMetadata ?? {};
  if (before !== undefined) expect(before).toBe(page[0]?.id);
  if (after !== undefined) expect(after).toBe(page.at(-1)?.id);
  return `${before === undefined ? "" : "<"}${numbers.join("")}${after === undefined ? "" : ">"}`;
};

const id = (n: number): string => users[n]?.id as string;
type Case = [name: string, given: () => Partial<ListUsersRequest>, pages: string[]];

const orders: Case[] = [
  ["newest first unless told", () => ({}), ["6543210"]],
  ["newest first", () => ({ order: Order.DESC }), ["6543210"]],
  ["oldest first", () => ({ order: Order.ASC }), ["0123456"]],
  ["in pages, newest first", () => ({ pageSize: 3 }), ["654>", "<321>", "<0"]],
  ["in pages, oldest first", () => ({ pageSize: 3, order: Order.ASC }), ["012>", "<345>", "<6"]],
  ["in one page that is just full", () => ({ pageSize: 7 }), ["6543210"]],
  ["in pages of one", () => ({ pageSize: 1 }), ["6>", "<5>", "<4>", "<3>", "<2>", "<1>", "<0"]],
];

const limits: Case[] = [
  ["one page", () => ({ limit: 2 }), ["65>"]],
  ["a part of a page", () => ({ limit: 5, pageSize: 3 }), ["654>", "<32>"]],
  ["whole pages", () => ({ limit: 6, pageSize: 3 }), ["654>", "<321>"]],
  ["as many as there are", () => ({ limit: 7, pageSize: 4 }), ["6543>", "<210"]],
  ["more than there are", () => ({ limit: 100 }), ["6543210"]],
];

const after: Case[] = [
  ["the newest", () => ({ after: id(6) }), ["<543210"]],
  ["one in the middle", () => ({ after: id(4) }), ["<3210"]],
  ["one in the middle, oldest first", () => ({ after: id(4), order: Order.ASC }), ["<56"]],
  ["one in the middle, in pages with a limit", () => ({ after: id(5), pageSize: 2, limit: 3 }), ["<43>", "<2>"]],
  ["the last", () => ({ after: id(0) }), [""]],
  ["the last, oldest first", () => ({ after: id(6), order: Order.ASC }), [""]],
  ["one that is deleted", () => ({ after: deleted.id }), ["<3210"]],
  ["one that is deleted, oldest first", () => ({ after: deleted.id, order: Order.ASC }), ["<456"]],
  ["an id older than all", () => ({ after: "user_00000000000000000000000000", order: Order.ASC }), ["0123456"]],
  ["an id newer than all", () => ({ after: "user_7ZZZZZZZZZZZZZZZZZZZZZZZZZ" }), ["6543210"]],
];

const before: Case[] = [
  ["one in the middle", () => ({ before: id(4) }), ["65>"]],
  ["one in the middle, by limit", () => ({ before: id(2), limit: 2 }), ["<43>"]],
  ["one in the middle, by page_size", () => ({ before: id(2), pageSize: 2 }), ["<43>"]],
  ["one in the middle, by limit over page_size", () => ({ before: id(2), pageSize: 1, limit: 3 }), ["<543>"]],
  ["one in the middle, oldest first", () => ({ before: id(5), limit: 2, order: Order.ASC }), ["<34>"]],
  ["the third: the page is just full", () => ({ before: id(4), limit: 2 }), ["65>"]],
  ["the first", () => ({ before: id(6) }), [""]],
  ["the last", () => ({ before: id(0), limit: 3 }), ["<321>"]],
  ["one that is deleted", () => ({ before: deleted.id, limit: 2 }), ["<54>"]],
  ["one that is deleted, oldest first", () => ({ before: deleted.id, limit: 2, order: Order.ASC }), ["<23>"]],
  ["an id behind all", () => ({ before: "user_00000000000000000000000000", limit: 2 }), ["<10"]],
];

const filters: Case[] = [
  ["email", () => ({ email: "d@example.com" }), ["3"]],
  ["email in another spelling", () => ({ email: "D@EXAMPLE.com" }), ["3"]],
  ["email of nobody", () => ({ email: "nobody@example.com" }), [""]],
  ["external_ids", () => ({ externalIds: ["b", "f", "nothing", "d", "b"] }), ["531"]],
  ["external_ids of nobody", () => ({ externalIds: ["nothing"] }), [""]],
  ["ids", () => ({ ids: [id(0), id(6), deleted.id, id(0)], order: Order.ASC }), ["06"]],
  ["ids in pages", () => ({ ids: [1, 2, 4, 5, 6].map(id), pageSize: 2 }), ["65>", "<42>", "<1"]],
  ["ids and external_ids", () => ({ ids: [1, 2, 3].map(id), externalIds: ["c", "d", "e"] }), ["32"]],
  ["all of them", () => ({ email: "c@example.com", ids: [id(2)], externalIds: ["c", "d"] }), ["2"]],
  ["all of them without a match", () => ({ email: "c@example.com", ids: [id(2)], externalIds: ["d"] }), [""]],
  ["ids behind a cursor that does not match", () => ({ ids: [6, 4, 2].map(id), after: id(5) }), ["<42"]],
  ["ids in front of a cursor", () => ({ ids: [6, 4, 2].map(id), before: id(2), limit: 1 }), ["<4>"]],
  ["ids behind a cursor, none in front", () => ({ ids: [4, 2].map(id), after: id(5) }), ["42"]],
];

describe.each([
  ["lists users", orders],
  ["lists at most the limit:", limits],
  ["lists what comes after", after],
  ["lists the one page before", before],
  ["filters by", filters],
])("ListUsers %s", (_title, cases) => {
  it.each(cases)("%s", async (_name, given, pages) => {
    expect((await listPages(server.current.users, given())).map(short)).toEqual(pages);
  });
});

describe("ListUsers", () => {
  it("delivers users whole", async () => {
    const [page] = await listPages(server.current.users, { order: Order.ASC });
    expect(page?.users).toEqual(users);
  });
});
