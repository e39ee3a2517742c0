import { describe, expect, it } from "vitest";
import { answers, failures } from "../support/call.js";
import { useServer } from "../support/server.js";
import { createUser, createUsers, deleteUser, getUser, newKey, updateUser } from "../support/users.js";

const server = useServer();

const twoClients = async () => [server.current.users, (await server.current.another()).users] as const;

describe("concurrent updates of one user", () => {
  it.each([1, 2])("all survive: fifty of different fields through %i server(s)", async (servers) => {
    const clients = servers === 1 ? ([server.current.users] as const) : await twoClients();
    const { id } = await createUser(clients[0]);
    const changes = Array.from({ length: 50 }, (_, i) => {
      if (i === 0) return { name: "Ada" };
      if (i === 1) return { locale: "en-GB" };
      return { metadata: new Map([[`key-${i}`, `value-${i}`]]) };
    });
    const updated = await Promise.all(
      changes.map((given, i) => updateUser(clients[i % servers] ?? clients[0], id, given)),
    );
    const revisions = updated.map(({ revision }) => Number(revision)).toSorted((a, b) => a - b);
    expect(revisions).toEqual(Array.from({ length: 50 }, (_, i) => i + 2));
    expect(await getUser(clients[0], id)).toMatchObject({
      name: "Ada",
      locale: "en-GB",
      metadata: new Map(Array.from({ length: 48 }, (_, i) => [`key-${i + 2}`, `value-${i + 2}`])),
      revision: 51n,
    });
  });

  it("end with its deletion: each is answered with the user or USER_NOT_FOUND", async () => {
    const [a, b] = await twoClients();
    const { id } = await createUser(a);
    const [deleted, ...updates] = await Promise.allSettled([
      deleteUser(b, id),
      ...Array.from({ length: 30 }, (_, i) => updateUser(i % 2 ? a : b, id, { name: `name ${i}` })),
    ]);
    expect(deleted.status).toBe("fulfilled");
    expect(new Set(failures(updates).map(({ reason }) => reason))).toEqual(
      new Set(failures(updates).length > 0 ? ["USER_NOT_FOUND"] : []),
    );
    const [left] = failures([await Promise.allSettled([getUser(a, id)]).then(([result]) => result)]);
    expect(left?.reason).toBe("USER_NOT_FOUND");
  });
});

describe("concurrent updates of many users", () => {
  it("pass an external id on: the one that gives it up goes first, and both are answered", async () => {
    const { users } = server.current;
    const externalId = newKey();
    const from = await createUser(users, { externalId });
    const to = await createUser(users);
    const [gave, took] = await Promise.all([
      updateUser(users, from.id, { externalId: "" }),
      updateUser(users, to.id, { externalId }),
    ]);
    expect([gave.externalId, took.externalId]).toEqual([undefined, externalId]);
    expect(await getUser(users, from.id)).toEqual(gave);
    expect(await getUser(users, to.id)).toEqual(took);
  });

  it("swap two external ids: each call is answered with what became of it", async () => {
    const { users } = server.current;
    const swap = async () => {
      const a = await createUser(users, { externalId: newKey() });
      const b = await createUser(users, { externalId: newKey() });
      const [gave, bTook, aTook] = await Promise.allSettled([
        updateUser(users, a.id, { externalId: "" }),
        updateUser(users, b.id, { externalId: a.externalId }),
        updateUser(users, a.id, { externalId: b.externalId }),
      ]);
      expect(gave).toMatchObject({ status: "fulfilled" });
      // The calls are concurrent: one that took too soon is refused, and then the id stays where it was.
      for (const { reason } of failures([bTook, aTook])) expect(reason).toBe("EXTERNAL_ID_ALREADY_USED");
      const [newA, newB] = [await getUser(users, a.id), await getUser(users, b.id)];
      expect(newB.externalId).toBe(bTook.status === "fulfilled" ? a.externalId : b.externalId);
      expect(newA.externalId).toBe(aTook.status === "fulfilled" ? b.externalId : undefined);
    };
    await Promise.all(Array.from({ length: 10 }, swap));
  });

  it("let one of fifty users take an external id, through two servers", async () => {
    const clients = await twoClients();
    const all = await createUsers(clients[0], 50);
    const externalId = newKey();
    const results = await Promise.allSettled(
      all.map(({ id }, i) => updateUser(clients[i % 2 === 0 ? 0 : 1], id, { externalId })),
    );
    expect(answers(results).map((user) => user.externalId)).toEqual([externalId]);
    expect(failures(results).map(({ reason }) => reason)).toEqual(
      Array.from({ length: 49 }, () => "EXTERNAL_ID_ALREADY_USED"),
    );
  });
});
