import { describe, expect, it } from "vitest";
import { call, failure } from "../support/call.js";
import { useServer } from "../support/server.js";
import { createUser, deleteUser, everyField, getUser, newEmail, newKey, updateUser } from "../support/users.js";

const server = useServer();

describe("a read sees every write that was acknowledged before it", () => {
  it.each([1, 2])("through %i server(s), while others read the same user", async (servers) => {
    const writer = server.current.users;
    const reader = servers === 1 ? server.current.connect() : (await server.current.another()).users;
    const user = await createUser(writer, everyField());
    const busy = new AbortController();
    const others = Array.from({ length: 8 }, async () => {
      for (; !busy.signal.aborted; ) await getUser(reader, user.id);
    });
    for (let i = 0; i < 50; i++) {
      const given = { email: newEmail(), externalId: newKey(), name: `name ${i}` };
      const changed = await updateUser(writer, user.id, given);
      const seen = await Promise.all([
        getUser(reader, user.id),
        call(reader.getUserByEmail.bind(reader), { email: given.email }).then((answer) => answer.user),
        call(reader.getUserByExternalId.bind(reader), { externalId: given.externalId }).then((answer) => answer.user),
      ]);
      expect(seen).toEqual([changed, changed, changed]);
    }
    busy.abort();
    await Promise.all(others);
    await deleteUser(writer, user.id);
    expect((await failure(getUser(reader, user.id))).reason).toBe("USER_NOT_FOUND");
  });
});
