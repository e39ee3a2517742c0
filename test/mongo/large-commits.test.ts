import { describe, expect, it } from "vitest";
import type { Mutation } from "../../src/directory/commit/mutation.js";
import { deleteUser } from "../../src/directory/delete-user.js";
import { deleteOrganization } from "../../src/directory/organizations/delete-organization.js";
import type { PendingEvent } from "../../src/directory/events/event.js";
import type { User } from "../../src/directory/user.js";
import type { Organization } from "../../src/directory/organization.js";
import { newId } from "../support/clock.js";
import { answers } from "../support/call.js";
import { useCommitter } from "../support/committer.js";
import { insertMemberships } from "../support/memberships.js";
import { useMongod } from "../support/mongod.js";
import { fullMetadata, insertUsers, unusedIds } from "../support/users.js";

const mongod = useMongod();
const committer = useCommitter(() => mongod.current.uri);

const metadata = fullMetadata();
const other = Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, value.replaceAll("🗄", "🗃")]));

const change = (id: string, given: Partial<User>): Mutation<User> => ({
  lookups: [{ table: "users", key: "id", value: id }],
  apply: ({ users }) => users.put({ ...(users.find("id", id) as User), ...given }),
});

/** Changes as many users, all in one commit where the database takes that. */
const changeAll = async (ids: readonly string[], given: Partial<User>) => {
  committer.current.commits();
  const results = await committer.current.runAll(ids.map((id) => change(id, given)));
  return { results, commits: committer.current.commits() };
};

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

const eventsOf = async (ids: readonly string[]) => {
  const outbox = committer.current.db.collection<{ events: PendingEvent[] }>("outbox");
  const wanted = { "events.type": 1, "events.user.id": 1, "events.user.revision": 1 };
  const pages = await outbox.find({}, { projection: wanted }).toArray();
  const events = pages.flatMap(({ events }) => events).filter(({ user }) => user && ids.includes(user.id));
  return events.map(({ type, user }) => `${type} ${user?.id} ${user?.revision}`).toSorted();
};

describe("a commit of more than the driver puts into one command", { timeout: 120_000 }, () => {
  it("answers every call, and tells of every change", async () => {
    const { db, runAll } = committer.current;
    const ids = await insertUsers(db, 128, () => ({ metadata }));
    const { results, commits } = await changeAll(ids, { metadata: other });
    expect(answers(results).map(({ revision }) => revision)).toEqual(ids.map(() => 2));
    expect(sum(commits)).toBe(128);
    const users = db.collection<{ _id: string; metadata: object }>("users");
    expect((await users.findOne({ _id: ids[7] as string }))?.metadata).toEqual(other);

    expect(answers(await runAll(ids.map((id) => deleteUser({ id, requestId: "" }))))).toHaveLength(128);
    expect(await users.countDocuments({ _id: { $in: ids } })).toBe(0);
    expect(await eventsOf(ids)).toEqual(
      ids.flatMap((id) => [`user.deleted ${id} 2`, `user.updated ${id} 2`]).toSorted(),
    );
  });
});

describe("a commit that the database ends because it does too much", () => {
  const codes: [name: string, errorCode: number][] = [
    ["TransactionExceededLifetimeLimitSeconds", 290],
    ["TransactionTooLargeForCache", 388],
  ];

  it.each(codes)("is cut in halves, one after the other: %s", async (_name, errorCode) => {
    const ids = await insertUsers(committer.current.db, 8);
    const namespace = `${committer.current.db.databaseName}.users`;
    const data = { failCommands: ["update"], errorCode, namespace };
    const { results, commits } = await mongod.current.whileFailing(data, { times: 3 }, () =>
      changeAll(ids, { name: "changed" }),
    );
    expect(answers(results).map(({ revision }) => revision)).toEqual(ids.map(() => 2));
    expect(commits).toEqual([1, 1, 2, 4]);
  });

  it("is cut in halves when a transaction is not given the time that it takes", async () => {
    const { db } = committer.current;
    const slow = { failCommands: ["update"], namespace: `${db.databaseName}.users`, blockConnection: true };
    const ids = await insertUsers(db, 8);
    const limit = (seconds: number) =>
      db.admin().command({ setParameter: 1, transactionLifetimeLimitSeconds: seconds });
    await limit(1);
    try {
      // The database looks once a second for transactions whose time is over.
      const { results, commits } = await mongod.current.whileFailing(
        { ...slow, blockTimeMS: 3_500 },
        { times: 1 },
        () => changeAll(ids, { name: "changed" }),
      );
      expect(answers(results).map(({ revision }) => revision)).toEqual(ids.map(() => 2));
      expect(sum(commits)).toBe(8);
      expect(commits.length).toBeGreaterThan(1);
      expect(await eventsOf(ids)).toEqual(ids.map((id) => `user.updated ${id} 2`).toSorted());
    } finally {
      await limit(5);
    }
  });
});

describe("a value that one call gives up and another one takes", () => {
  const taken = { email: "taken@example.com", normalizedEmail: "taken@example.com" };
  const given = { email: "given@example.com", normalizedEmail: "given@example.com" };
  const time = { createdAt: new Date(), updatedAt: new Date() };
  const create: Mutation<unknown> = {
    lookups: [],
    apply: ({ users }) =>
      users.put({ id: newId("user"), ...taken, emailVerified: false, metadata: {}, ...time, revision: 1 }),
  };

  it.each<[name: string, give: (id: string) => Mutation<unknown>, take: (id: string) => Mutation<unknown>]>([
    ["a deletion and a change", (id) => deleteUser({ id, requestId: "" }), (id) => change(id, taken)],
    ["a deletion and a create", (id) => deleteUser({ id, requestId: "" }), () => create],
    ["a change and another one", (id) => change(id, given), (id) => change(id, taken)],
    ["a change and a create", (id) => change(id, given), () => create],
  ])("passes within one commit: %s", async (_name, give, take) => {
    const { db, runAll, commits } = committer.current;
    await db.collection("users").deleteMany({ normalizedEmail: { $in: [taken.email, given.email] } });
    const [from, to] = (await insertUsers(db, 2, (i) => (i === 0 ? taken : {}))) as [string, string];
    commits();
    expect(answers(await runAll([give(from), take(to)]))).toHaveLength(2);
    expect(commits()).toEqual([2]);
    const holder = await db.collection<{ _id: string }>("users").findOne({ normalizedEmail: taken.email });
    expect(holder?._id).not.toBe(from);
  });
});

describe("a change of more than a thousand objects", () => {
  it("is made in a commit of its own, behind that of its neighbours", async () => {
    const { db, runAll, commits } = committer.current;
    const organization = { id: newId("org"), name: "Large", domains: [], metadata: {}, revision: 1 };
    const now = new Date();
    const create: Mutation<Organization> = {
      lookups: [],
      apply: ({ organizations }) => organizations.put({ ...organization, createdAt: now, updatedAt: now }),
    };
    await runAll([create]);
    await insertMemberships(db, organization.id, unusedIds(1_001));
    const ids = await insertUsers(db, 3);
    commits();
    const mutations = ids.map((id): Mutation<unknown> => change(id, { name: "neighbour" }));
    mutations.splice(1, 0, deleteOrganization({ id: organization.id, requestId: "" }));
    const results = await runAll(mutations);
    expect(results.map(({ status }) => status)).toEqual(results.map(() => "fulfilled"));
    expect(commits()).toEqual([3, 1]);
    expect(await db.collection("memberships").countDocuments({ organizationId: organization.id })).toBe(0);
  });
});
