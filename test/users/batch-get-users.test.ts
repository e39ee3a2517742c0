import { describe, expect, it } from "vitest";
import { call, failure } from "../support/call.js";
import { useServer } from "../support/server.js";
import { createUser, createUsers, everyField, unusedId } from "../support/users.js";

const server = useServer();

const batchGet = (ids: string[]) =>
  call(server.current.users.batchGetUsers.bind(server.current.users), { ids }, { timeoutMs: 30_000 });

describe("BatchGetUsers", () => {
  it("returns the users whole, in the order asked", async () => {
    const users = [
      await createUser(server.current.users, everyField()),
      ...(await createUsers(server.current.users, 4)),
    ];
    const asked = [3, 0, 4, 1, 2].map((i) => users[i] as (typeof users)[number]);
    expect(await batchGet(asked.map(({ id }) => id))).toEqual({ users: asked, notFoundIds: [] });
  });

  it("answers an id given twice twice, and lists those that no user has in the order asked", async () => {
    const [a, b] = [await createUser(server.current.users), await createUser(server.current.users)];
    const [x, y] = [unusedId(), unusedId()];
    expect(await batchGet([b.id, y, a.id, x, b.id, y])).toEqual({ users: [b, a, b], notFoundIds: [y, x, y] });
  });

  it("answers when no user has any of the ids", async () => {
    const ids = [unusedId(), unusedId()];
    expect(await batchGet(ids)).toEqual({ users: [], notFoundIds: ids });
  });

  it("takes a thousand ids", async () => {
    const { id } = await createUser(server.current.users);
    const ids = [...Array.from({ length: 999 }, unusedId), id];
    const { users, notFoundIds } = await batchGet(ids);
    expect(users.map((user) => user.id)).toEqual([id]);
    expect(notFoundIds).toEqual(ids.slice(0, 999));
  });

  const refused = [
    { name: "no ids", ids: [], violations: [{ field: "ids", description: "must have 1-1000 items, not 0" }] },
    {
      name: "more than a thousand ids",
      ids: Array.from({ length: 1_001 }, unusedId),
      violations: [{ field: "ids", description: "must have 1-1000 items, not 1001" }],
    },
    {
      name: "ids that are none, each by its place",
      ids: [unusedId(), "", unusedId(), "user_1"],
      violations: [
        { field: "ids[1]", description: "is required" },
        { field: "ids[3]", description: "must be user_ and a ULID of 26 characters" },
      ],
    },
  ];

  it.each(refused)("refuses $name", async ({ ids, violations }) => {
    expect(await failure(batchGet(ids))).toMatchObject({
      code: "INVALID_ARGUMENT",
      reason: "INVALID_REQUEST",
      violations,
    });
  });
});
