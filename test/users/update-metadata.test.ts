import { describe, expect, it } from "vitest";
import { failure } from "../support/call.js";
import { useServer } from "../support/server.js";
import { createUser, getUser, updateUser } from "../support/users.js";

const server = useServer();

const pairs = (count: number, from = 0) =>
  new Map(Array.from({ length: count }, (_, i) => [`key-${from + i}`, `value-${from + i}`]));

describe("UpdateUser, metadata", () => {
  const cases: {
    name: string;
    add: [string, string][];
    remove: string[];
    clear?: true;
    after: Record<string, string>;
  }[] = [
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
    { name: "clears all pairs", add: [], remove: [], clear: true, after: {} },
    { name: "clears all pairs before it adds", add: [["b", "9"]], remove: [], clear: true, after: { b: "9" } },
    { name: "clears all pairs, also those to remove", add: [], remove: ["a"], clear: true, after: {} },
  ];

  it.each(cases)("$name", async ({ add, remove, clear, after }) => {
    const { users } = server.current;
    const metadata = new Map([
      ["a", "1"],
      ["b", "2"],
    ]);
    const user = await createUser(users, { metadata });
    const given = {
      metadata: new Map<string, string>(add),
      removeMetadata: [...remove],
      clearMetadata: clear ?? false,
    };
    const changed = await updateUser(users, user.id, given);
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

  it("makes room for fifty others by clearing, and changes nothing where there is nothing to clear", async () => {
    const { users } = server.current;
    const user = await createUser(users, { metadata: pairs(50) });
    const changed = await updateUser(users, user.id, { metadata: pairs(50, 50), clearMetadata: true });
    expect(changed.metadata).toEqual(pairs(50, 50));
    expect(await updateUser(users, user.id, { metadata: pairs(50, 50), clearMetadata: true })).toEqual(changed);
    const cleared = await updateUser(users, user.id, { clearMetadata: true });
    expect(cleared).toMatchObject({ metadata: new Map(), revision: 3n });
    expect(await updateUser(users, user.id, { clearMetadata: true })).toEqual(cleared);
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
