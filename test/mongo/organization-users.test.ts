import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "mongodb";
import { beforeAll, describe, expect, it } from "vitest";
import type { Direction, KeyRange, RangeAnswer } from "../../src/directory/lists/range.js";
import type { User } from "../../src/directory/user.js";
import { organizationUsers } from "../../src/mongo/organization-users.js";
import { newId } from "../support/clock.js";
import { startProfile } from "../support/database.js";
import { insertMemberships } from "../support/memberships.js";
import { useServer } from "../support/server.js";
import { insertUsers } from "../support/users.js";

type Ranges = (range: KeyRange) => Promise<RangeAnswer<User>>;

const server = useServer();
const { signal } = new AbortController();
let organizationId: string;
let userIds: string[];

const newOrganization = async (members: number): Promise<void> => {
  const { db } = server.current;
  organizationId = newId("org");
  userIds = await insertUsers(db, members);
  await insertMemberships(db, organizationId, userIds);
};

beforeAll(() => newOrganization(2_500));

const usersOf = (conditions = {}): Ranges =>
  organizationUsers(server.current.db, { organizationId, conditions, signal });

const idsOf = ({ items }: RangeAnswer<User>): string[] => items.map(({ id }) => id);

/** Walks from range to range; returns what each held. */
const walk = async (ranges: Ranges, direction: Direction, limit: number): Promise<string[][]> => {
  const found: string[][] = [];
  for (let from: { id: string; inclusive: false } | undefined; ; ) {
    const answer = await ranges({ direction, limit, from });
    found.push(idsOf(answer));
    if (!answer.more) return found;
    from = { id: answer.end as string, inclusive: false };
  }
};

/** How many documents each read of users gives while `run` runs. */
const readsOf = async (run: () => Promise<unknown>): Promise<number[]> => {
  const { db } = server.current;
  await startProfile(db);
  await run();
  await db.command({ profile: 0 });
  const reads = db.collection("system.profile").find({ op: "query", ns: `${db.databaseName}.users` });
  return (await reads.toArray()).map(({ nreturned }) => Number(nreturned));
};

describe("the members of an organization", () => {
  it.each(["ascending", "descending"] as const)("are the same in ranges of any size, %s", async (direction) => {
    const expected = direction === "ascending" ? userIds : userIds.toReversed();
    for (const limit of [100, 333, 1_000, 2_500, 3_000]) {
      const ranges = await walk(usersOf(), direction, limit);
      expect(ranges.flat()).toEqual(expected);
      expect(ranges.slice(0, -1).every(({ length }) => length === limit)).toBe(true);
    }
  });

  it("are read no further than asked at first, and in larger and larger reads as the list goes on", async () => {
    expect(await readsOf(() => usersOf()({ direction: "ascending", limit: 100 }))).toEqual([100]);
    const reads = await readsOf(() => walk(usersOf(), "ascending", 100));
    expect(reads).toEqual([100, 100, 200, 400, 800, 800, 100]);
  });

  it("are those among some, in ranges", async () => {
    const some = [userIds[5], userIds[700], newId("user"), userIds[2_400]] as string[];
    const expected = [userIds[5], userIds[700], userIds[2_400]];
    const ranges = await walk(usersOf({ _id: { $in: some } }), "ascending", 2);
    expect(ranges).toEqual([expected.slice(0, 2), expected.slice(2)]);
  });

  it("are none who have changed since they were found by what they had", async () => {
    const { db } = server.current;
    const users = db.collection<{ _id: string; externalId?: string }>("users");
    const [first, second] = userIds as [string, string];
    await users.updateMany({ _id: { $in: [first, second] } }, [{ $set: { externalId: "$_id" } }]);
    const changing: Db = Object.create(db, {
      command: {
        async value(...given: Parameters<Db["command"]>) {
          const answer = await db.command(...given);
          if (given[0].find === "memberships") await users.updateOne({ _id: first }, { $set: { externalId: "other" } });
          return answer;
        },
      },
    });
    const conditions = { externalId: { $in: [first, second] } };
    const ranges = organizationUsers(changing, { organizationId, conditions, signal });
    expect(idsOf(await ranges({ direction: "ascending", limit: 10 }))).toEqual([second]);
  });

  it("are read page by page when they are large", async () => {
    const metadata = { note: "x".repeat(600) };
    const large = Array.from({ length: 50 }, (_, i) => [`note${i}`, metadata.note]);
    await server.current.db.collection("users").updateMany({}, { $set: { metadata: Object.fromEntries(large) } });
    const reads = await readsOf(() => walk(usersOf({ _id: { $in: userIds.slice(0, 50) } }), "ascending", 10));
    expect(reads).toEqual([10, 10, 10, 10, 10]);
  });

  it("are found in front of a cursor while the list goes on behind it", async () => {
    const ranges = usersOf();
    const [at, next] = [userIds[999] as string, userIds[1_000] as string];
    const front = () => ranges({ direction: "descending", limit: 1, from: { id: at, inclusive: true } });
    const behind = () => ranges({ direction: "ascending", limit: 1, from: { id: at, inclusive: false } });
    for (let round = 1; round <= 2; round++) {
      const answers = await Promise.all([front(), behind()]);
      expect(answers.map(idsOf)).toEqual([[at], [next]]);
    }
  });

  it("go on from any place, though a page was cut or its last users are gone", async () => {
    await newOrganization(300);
    const ranges = usersOf();
    const behind = (at: number, limit = 10) =>
      ranges({ direction: "ascending", limit, from: { id: userIds[at] as string, inclusive: false } });
    await behind(9);
    for (const at of [19, 24, 23, 30, 44, 60]) {
      const found = idsOf(await behind(at));
      // Where a page was cut, what was read ahead may end in the middle of the next one.
      expect(found.length).toBeGreaterThan(0);
      expect(found).toEqual(userIds.slice(at + 1, at + 1 + found.length));
    }
    await server.current.db.collection<{ _id: string }>("users").deleteMany({ _id: { $in: userIds.slice(81, 181) } });
    await behind(61);
    await behind(71, 9);
    const answers = [await behind(80), await behind(180)];
    expect(answers.map(idsOf)).toEqual([[], userIds.slice(181, 191)]);
  });

  it("are at most a second old", async () => {
    await newOrganization(100);
    const ranges = usersOf();
    const behind = (at: number) =>
      ranges({ direction: "ascending", limit: 10, from: { id: userIds[at] as string, inclusive: false } });
    await behind(9);
    expect(idsOf(await behind(19))).toEqual(userIds.slice(20, 30));
    await server.current.db.collection("memberships").updateMany({ organizationId }, { $set: { status: "inactive" } });
    await sleep(1_100);
    expect(await behind(29)).toEqual({ items: [], more: false, end: undefined });
  });
});
