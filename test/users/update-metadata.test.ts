import { describe, expect, it } from "vitest";
import { failure } from "../support/call.js";
import { useServer } from "../support/server.js";
import { createUser, getUser, updateUser } from "../support/users.js";

const server = useServer();

const pairs = (count: number, from = 0) =>
  new Map(Array.from({ length: count }, (_, i) => [`key-${from + i}`, `value-${from + i}`]));

describe("UpdateUser, metadata", () => {
  const cases = [
    { name: "adds a pair", add: [["c", "3"]], remove: [], after: { a: "1", b: "2", c: "3" } },
    { name: "replaces a pair", add: [["a", "9"]], remove: [], after: { a: "9", b: "2" } },
    { name: "removes a pair", add: [], remove: ["a"], after: { b: "2" } },
    { name: "removes all pairs", add: [], remove: ["a", "b"], after: {} },
    { name: "adds and removes at once", add: [["c", "3"]], remove: ["a"], after: { b: "2", c: "3" } },
    { name: "keeps an empty value", add: [["a", ""]], remove: [], after: { a: "", b: "2" } },
    {
      name: "ignores a key to remove that is not there",
      add: [["c", "3"]],
      remove: ["z"],
      after: { a: "1", b: "2", c: "3" },
    },
  ] as const;

  it.each(cases)("$name", async ({ add, remove, after }) => {
    const { users } = server.current;
    const metadata = new Map([
      ["a", "1"],
      ["b", "2"],
    ]);
    const user = await createUser(users, { metadata });
    const changed = await updateUser(users, user.id, { metadata: new Map(add), removeMetadata: [...remove] });
    expect(changed).toMatchObject({ metadata: new Map(Object.entries(after)), revision: 2n });
    expect(await getUser(users, user.id)).toEqual(changed);
  });

  it("holds the limit for the result: fifty pairs are kept, one more is refused", async () => {
    const { users } = server.current;
    const user = await createUser(users, { metadata: pairs(49) });
    const full = await updateUser(users, user.id, { metadata: pairs(1, 49) });
    expect(full.metadata).toEqual(pairs(50));
    expect(await failure(updateUser(users, user.id, { metadata: pairs(1, 50), name: "New" }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      reason: "INVALID_REQUEST",
      violations: [{ field: "metadata", description: "must leave at most 50 pairs, not 51" }],
    });
    expect(await getUser(users, user.id)).toEqual(full);
  });

  it("makes room by what the same call removes", async () => {
    const { users } = server.current;
    const user = await createUser(users, { metadata: pairs(50) });
    const removeMetadata = [...pairs(50).keys()];
    const changed = await updateUser(users, user.id, { metadata: pairs(50, 50), removeMetadata });
    expect(changed.metadata).toEqual(pairs(50, 50));
  });

  it("takes at most fifty keys to remove", async () => {
    const { users } = server.current;
    const user = await createUser(users);
    const removeMetadata = [...pairs(51).keys()];
    expect((await failure(updateUser(users, user.id, { removeMetadata }))).violations).toEqual([
      { field: "remove_metadata", description: "must have at most 50 items, not 51" },
    ]);
  });
});
