import { beforeAll, describe, expect, it } from "vitest";
import { Order } from "../../gen/ts/roster/v1/list.js";
import { ListUsersResponse } from "../../gen/ts/roster/v1/user_service.js";
import { newId } from "../support/clock.js";
import { call } from "../support/call.js";
import { insertMemberships } from "../support/memberships.js";
import { useServer } from "../support/server.js";
import { fullMetadata, idsOf, insertUsers, listPages } from "../support/users.js";

const server = useServer();
const mebibyte = 1_024 * 1_024;
const organizationId = newId("org");
let ids: string[];

beforeAll(async () => {
  const metadata = fullMetadata();
  ids = await insertUsers(server.current.db, 200, () => ({ metadata }));
  await insertMemberships(server.current.db, organizationId, ids.toReversed());
});

describe.each([
  { whose: "", given: {} },
  { whose: " of an organization", given: { organizationId } },
])("very large users$whose", ({ given }) => {
  it("are listed in messages of at most 4 MiB", async () => {
    const small = server.current.connect({ "grpc.max_receive_message_length": 4 * mebibyte });
    const pages = await listPages(small, { ...given, pageSize: 1_000, order: Order.ASC });
    expect(idsOf(pages)).toEqual(ids);
    for (const page of pages) {
      expect(ListUsersResponse.encode(page).finish().length).toBeLessThanOrEqual(4 * mebibyte);
    }
    for (const [i, { listMetadata }] of pages.entries()) {
      expect([listMetadata?.before !== undefined, listMetadata?.after !== undefined]).toEqual([
        i > 0,
        i < pages.length - 1,
      ]);
    }
  });

  it("are listed up to a limit, and in front of a cursor", async () => {
    const { users } = server.current;
    expect(idsOf(await listPages(users, { ...given, limit: 100, pageSize: 100, order: Order.ASC }))).toEqual(
      ids.slice(0, 100),
    );
    const [page] = (await listPages(users, { ...given, before: ids[100] as string, limit: 100, order: Order.ASC })) as [
      ListUsersResponse,
    ];
    expect(idsOf([page])).toEqual(ids.slice(100 - page.users.length, 100));
    expect(page.listMetadata).toEqual({ before: page.users[0]?.id, after: ids[99] });
  });
});

describe("very large users", () => {
  it("are all in one answer of BatchGetUsers, though the database ends an answer at 16 MiB", async () => {
    const { users } = server.current;
    const answer = await call(users.batchGetUsers.bind(users), { ids }, { timeoutMs: 30_000 });
    expect(answer.notFoundIds).toEqual([]);
    expect(answer.users.map(({ id }) => id)).toEqual(ids);
    const metadata = new Map(Object.entries(fullMetadata()));
    for (const user of answer.users) expect(user.metadata).toEqual(metadata);
  });
});
