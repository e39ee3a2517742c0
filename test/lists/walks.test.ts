import { beforeAll, describe, expect, it } from "vitest";
import { Order } from "../../gen/ts/roster/v1/list.js";
import type { ListUsersResponse } from "../../gen/ts/roster/v1/user_service.js";
import { useServer } from "../support/server.js";
import { createUser, deleteUser, idsOf, insertUsers, listPages, listUsers } from "../support/users.js";

const orders = [
  ["newest first", Order.DESC],
  ["oldest first", Order.ASC],
] as const;

describe("a list walked by its cursors", () => {
  const server = useServer();
  let ids: string[];

  beforeAll(async () => {
    ids = await insertUsers(server.current.db, 250);
  });

  const inOrder = (order: Order) => (order === Order.ASC ? ids : ids.toReversed());

  it.each(orders)("is the same forwards as one stream, %s", async (_name, order) => {
    const { users } = server.current;
    const pages: ListUsersResponse[] = [];
    let after: string | undefined = "";
    while (after !== undefined) {
      const [page] = (await listPages(users, { order, limit: 60, after })) as [ListUsersResponse];
      pages.push(page);
      after = page.listMetadata?.after;
    }
    expect(pages).toEqual(await listPages(users, { order, pageSize: 60 }));
    expect(idsOf(pages)).toEqual(inOrder(order));
  });

  it.each(orders)("is the same backwards, %s", async (_name, order) => {
    const { users } = server.current;
    const pages: ListUsersResponse[] = [];
    let before: string | undefined = inOrder(order).at(-1);
    while (before !== undefined) {
      const [page] = (await listPages(users, { order, limit: 60, before })) as [ListUsersResponse];
      pages.unshift(page);
      before = page.listMetadata?.before;
    }
    expect(idsOf(pages)).toEqual(inOrder(order).slice(0, -1));
    expect(pages.map((page) => page.users.length)).toEqual([9, 60, 60, 60, 60]);
  });

  it.each(orders)("is taken up where it was interrupted, %s", async (_name, order) => {
    const { users } = server.current;
    const seen: string[] = [];
    let after = "";
    for await (const page of listUsers(users, { order, pageSize: 40 })) {
      seen.push(...idsOf([page as ListUsersResponse]));
      after = (page as ListUsersResponse).listMetadata?.after as string;
      if (seen.length === 120) break;
    }
    seen.push(...idsOf(await listPages(users, { order, after })));
    expect(seen).toEqual(inOrder(order));
  });
});

describe("a list of a hundred thousand users", () => {
  const server = useServer();
  let ids: string[];

  beforeAll(async () => {
    ids = await insertUsers(server.current.db, 100_000);
  });

  it.each(orders)("delivers each that stays exactly once while others come and go, %s", async (_name, order) => {
    const { users, connect } = server.current;
    const stay = new Set(ids.filter((_, i) => i % 1_000 !== 7));
    const go = ids.filter((id) => !stay.has(id));
    ids = [...stay];
    const others = connect();
    const listed = new AbortController();
    const change = async () => {
      for (let created = 0; !listed.signal.aborted; created++) {
        const { id } = await createUser(others);
        if (created % 2 === 0) await deleteUser(others, id);
        const gone = go.pop();
        if (gone !== undefined) await deleteUser(others, gone);
      }
    };
    const changes = Promise.all([change(), change()]);
    const seen = idsOf(await listPages(users, { order, pageSize: 1_000 }));
    listed.abort();
    await changes;
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => stay.has(id))).toHaveLength(stay.size);
    expect(seen).toEqual(order === Order.ASC ? seen.toSorted() : seen.toSorted().toReversed());
  });
});
