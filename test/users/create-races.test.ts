import { describe, expect, it } from "vitest";
import { answers, call, failures } from "../support/call.js";
import { useServer } from "../support/server.js";
import { createUser, newEmail, newKey } from "../support/users.js";

const server = useServer();

const races = [
  {
    value: "email",
    given: () => ({ email: newEmail() }),
    reason: "EMAIL_NOT_AVAILABLE",
    field: "email",
  },
  {
    value: "external id",
    given: () => ({ externalId: newKey() }),
    reason: "EXTERNAL_ID_ALREADY_USED",
    field: "externalId",
  },
] as const;

describe.each([1, 2])("a hundred concurrent creates through %i server(s)", (servers) => {
  it.each(races)("of one $value: lets one win and tells ninety-nine why not", async ({ given, reason, field }) => {
    const clients = [server.current.users];
    if (servers === 2) clients.push((await server.current.another()).users);
    const shared = given();
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, (_, i) => createUser(clients[i % servers] as (typeof clients)[number], shared)),
    );
    const won = answers(results);
    expect(won).toHaveLength(1);
    expect(won[0]).toMatchObject(shared);
    const lost = failures(results).map((error) => [error.code, error.reason]);
    expect(lost).toEqual(Array.from({ length: 99 }, () => ["ALREADY_EXISTS", reason]));
    const stored = await server.current.db.collection("users").countDocuments({
      [field === "email" ? "normalizedEmail" : field]: Object.values(shared)[0],
    });
    expect(stored).toBe(1);
  });
});

describe("creates that share a commit", () => {
  it("fail one by one", async () => {
    const { users } = server.current;
    const taken = await createUser(users, { externalId: newKey() });
    const given = Array.from({ length: 60 }, (_, i) => {
      if (i === 20) return { email: taken.email };
      if (i === 40) return { externalId: taken.externalId };
      return { email: newEmail() };
    });
    const results = await Promise.allSettled(given.map((fields) => createUser(users, fields)));
    expect(answers(results)).toHaveLength(58);
    expect(failures([results[20], results[40]] as PromiseRejectedResult[]).map(({ reason }) => reason)).toEqual([
      "EMAIL_NOT_AVAILABLE",
      "EXTERNAL_ID_ALREADY_USED",
    ]);
    for (const user of answers(results)) {
      expect(await call(users.getUser.bind(users), { id: user.id })).toEqual({ user });
    }
  });

  it("see what an earlier one of them took", async () => {
    const { users } = server.current;
    const [email, externalId] = [newEmail(), newKey()];
    const given = [{ email, externalId }, { email }, { externalId }, { email: newEmail() }];
    const results = await Promise.allSettled(given.map((fields) => createUser(users, fields)));
    expect(answers(results).map((user) => user.email)).toEqual([email, given[3]?.email]);
    expect(failures(results).map(({ reason }) => reason)).toEqual(["EMAIL_NOT_AVAILABLE", "EXTERNAL_ID_ALREADY_USED"]);
  });
});
