import { describe, expect, it } from "vitest";
import { useServer } from "../support/server.js";
import { createUser, getUser, newKey, updateUser } from "../support/users.js";

const server = useServer();

// Keys that mean something to JavaScript, to MongoDB or to its driver, and nothing to us.
const keys = [
  ["__proto__"],
  ["constructor"],
  ["toString"],
  ["toJSON"],
  ["toBSON"],
  ["_bsontype"],
  ["_id"],
  ["a.b"],
  ["."],
  ["$k"],
  ["$set"],
  ["$ref"],
  ["$id"],
  ["$ref", "$id", "$db"],
  ["$numberLong"],
  ["ключ"],
  ["🔑"],
  ["with space"],
  ["0", "1", "10", "2"],
];

describe("metadata", () => {
  it.each(keys)("keeps a pair whose key is %s", async (...names) => {
    const { users } = server.current;
    const metadata = new Map(names.map((name) => [name, "kept"]));
    const requestId = newKey();
    const created = await createUser(users, { metadata, requestId });
    expect(created.metadata).toEqual(metadata);
    expect((await getUser(users, created.id)).metadata).toEqual(metadata);

    const changed = new Map(names.map((name) => [name, "changed"]));
    expect((await updateUser(users, created.id, { metadata: changed })).metadata).toEqual(changed);
    expect((await getUser(users, created.id)).metadata).toEqual(changed);
    expect((await updateUser(users, created.id, { removeMetadata: names })).metadata).toEqual(new Map());
    expect((await getUser(users, created.id)).metadata).toEqual(new Map());

    const again = await createUser(users, { email: created.email, metadata, requestId });
    expect(again).toEqual(created);
  });
});
