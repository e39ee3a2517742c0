import type { Document } from "mongodb";
import { beforeAll, describe, expect, it } from "vitest";
import { type User, UserStatus } from "../../gen/ts/roster/v1/user.js";
import { call } from "../support/call.js";
import { startProfile } from "../support/database.js";
import { useServer } from "../support/server.js";
import {
  changeStatus,
  createUser,
  deleteUser,
  everyField,
  insertUsers,
  listPages,
  newKey,
  updateUser,
} from "../support/users.js";

const server = useServer();
const users = () => server.current.users;

const indexesOf = async (collection: string): Promise<Document[]> => {
  const indexes = await server.current.db.collection(collection).indexes();
  return indexes
    .map(({ v: _version, ...index }) => index)
    .toSorted((a, b) => String(a.name).localeCompare(String(b.name)));
};

const partialUnique = (field: string) => ({
  name: field,
  key: { [field]: 1 },
  unique: true,
  partialFilterExpression: { [field]: { $exists: true } },
});

describe("the database", () => {
  it("keeps emails and external ids unique by itself", async () => {
    expect(await indexesOf("users")).toEqual([
      { name: "_id_", key: { _id: 1 } },
      partialUnique("externalId"),
      partialUnique("foldedEmail"),
      partialUnique("normalizedEmail"),
      { name: "status", key: { status: 1, _id: 1 } },
      {
        name: "wantedEmail",
        key: { wantedEmail: 1 },
        partialFilterExpression: { wantedEmail: { $exists: true } },
      },
    ]);
  });

  it("drops records of requests when their time is over, and finds those about a user", async () => {
    expect(await indexesOf("requests")).toEqual([
      { name: "_id_", key: { _id: 1 } },
      { name: "expiresAt", key: { expiresAt: 1 }, expireAfterSeconds: 0 },
      ...["result.id", "result.user.id", "result.userId"].map((field) => ({
        name: field,
        key: { [field]: 1 },
        sparse: true,
      })),
    ]);
  });

  it("takes the same schema again from several servers at once", async () => {
    const before = await indexesOf("users");
    await Promise.all(Array.from({ length: 5 }, () => server.current.another()));
    expect(await indexesOf("users")).toEqual(before);
  });
});

describe("the database looks up by an index, and at no user too many, for", () => {
  let ids: string[];
  let user: User;

  beforeAll(async () => {
    ids = await insertUsers(server.current.db, 2_000, (i) => (i % 2 ? { externalId: `external-${i}` } : {}));
    user = await createUser(server.current.users, everyField());
  });

  const externalIds = Array.from({ length: 10 }, (_, i) => `external-${2 * i + 1}`);
  const operations: [name: string, run: () => Promise<unknown>, mostExamined: number][] = [
    ["GetUser", () => call(users().getUser.bind(users()), { id: user.id }), 1],
    [
      "GetUserByExternalId",
      () => call(users().getUserByExternalId.bind(users()), { externalId: user.externalId as string }),
      1,
    ],
    ["GetUserByEmail", () => call(users().getUserByEmail.bind(users()), { email: user.email }), 1],
    ["BatchGetUsers", () => call(users().batchGetUsers.bind(users()), { ids: ids.slice(0, 100) }), 100],
    ["ListUsers", () => listPages(users(), { limit: 10 }), 11],
    ["ListUsers after", () => listPages(users(), { limit: 10, after: ids[1_000] as string }), 11],
    ["ListUsers before", () => listPages(users(), { limit: 10, before: ids[1_000] as string }), 11],
    ["ListUsers of an email", () => listPages(users(), { email: user.email }), 1],
    ["ListUsers of external ids", () => listPages(users(), { externalIds }), 10],
    ["ListUsers of ids", () => listPages(users(), { ids: ids.slice(0, 10) }), 10],
    ["ListUsers of ids and external ids", () => listPages(users(), { ids: ids.slice(0, 10), externalIds }), 10],
    ["ListUsers of a status", () => listPages(users(), { statuses: [UserStatus.ACTIVE], limit: 10 }), 11],
    [
      "ListUsers of ids and a status",
      () => listPages(users(), { ids: ids.slice(0, 10), statuses: [UserStatus.ACTIVE] }),
      10,
    ],
    ["DeactivateUser", () => changeStatus(users(), "deactivateUser", { id: user.id }), 1],
    ["CreateUser", () => createUser(users(), { externalId: newKey(), requestId: newKey() }), 1],
    ["UpdateUser", () => updateUser(users(), user.id, { name: newKey(), requestId: newKey() }), 1],
    ["UpdateUser of unique values", () => updateUser(users(), user.id, { externalId: newKey() }), 1],
    ["DeleteUser", async () => deleteUser(users(), (await createUser(users(), everyField())).id, newKey()), 1],
  ];

  it.each(operations)("%s", async (_name, run, mostExamined) => {
    const operationsSoFar = await startProfile(server.current.db);
    await run();
    const seen = (await operationsSoFar()).filter(
      ({ op, ns }) => /^(query|update|remove)$/.test(op) && /\.(users|requests)$/.test(ns),
    );
    expect(seen.length).toBeGreaterThan(0);
    for (const { planSummary, docsExamined, command } of seen) {
      const plan = `${planSummary} ${JSON.stringify(command)}`;
      expect(plan).toMatch(/^(IDHACK|EOF|IXSCAN)/);
      expect([plan, docsExamined <= mostExamined]).toEqual([plan, true]);
    }
  });
});
