import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../src/directory/id.js";
import type { Direction } from "../../src/directory/lists/range.js";
import { MemberIds } from "../../src/mongo/member-ids.js";
import { startProfile } from "../support/database.js";
import { insertMemberships } from "../support/memberships.js";
import { useServer } from "../support/server.js";

const server = useServer();
const { signal } = new AbortController();
let organizationId: string;
let userIds: string[];

beforeEach(async () => {
  organizationId = newId("org");
  userIds = Array.from({ length: 2_500 }, () => newId("user"));
  await insertMemberships(server.current.db, organizationId, userIds);
});

const membersOf = (conditions = {}) => new MemberIds(server.current.db, { organizationId, conditions, signal });

/** Walks from range to range; returns what each held. */
const walk = async (members: MemberIds, direction: Direction, limit: number): Promise<(readonly string[])[]> => {
  const ranges: (readonly string[])[] = [];
  for (let from: { id: string; inclusive: false } | undefined; ; ) {
    const { ids, more } = await members.range({ direction, limit, from });
    ranges.push(ids);
    if (!more) return ranges;
    from = { id: ids.at(-1) as string, inclusive: false };
  }
};

/** How many reads of memberships `run` makes, and how many keys they look at. */
const costOf = async (run: () => Promise<unknown>) => {
  const { db } = server.current;
  await startProfile(db);
  await run();
  await db.command({ profile: 0 });
  const finds = await db
    .collection("system.profile")
    .find({ op: "query", ns: `${db.databaseName}.memberships` })
    .toArray();
  return { finds: finds.length, keys: finds.reduce((sum, { keysExamined }) => sum + Number(keysExamined), 0) };
};

describe("the ids of members", () => {
  it.each(["ascending", "descending"] as const)("are the same in ranges of any size, %s", async (direction) => {
    const expected = direction === "ascending" ? userIds : userIds.toReversed();
    for (const limit of [100, 333, 1_000, 2_500, 3_000]) {
      const ranges = await walk(membersOf(), direction, limit);
      expect(ranges.flat()).toEqual(expected);
      expect(ranges.slice(0, -1).every(({ length }) => length === limit)).toBe(true);
    }
  });

  it("are read a thousand ahead by a list that goes on, and no further than asked at first", async () => {
    const first = await costOf(() => membersOf().range({ direction: "ascending", limit: 100 }));
    expect(first).toEqual({ finds: 1, keys: 101 });
    const all = await costOf(() => walk(membersOf(), "ascending", 100));
    expect(all.finds).toBe(4);
    expect(all.keys).toBeLessThanOrEqual(2_500 + 100);
  });

  it("are found in front of a cursor while the list goes on behind it", async () => {
    const members = membersOf();
    const [at, next] = [userIds[999] as string, userIds[1_000] as string];
    const front = () => members.range({ direction: "descending", limit: 1, from: { id: at, inclusive: true } });
    const behind = () => members.range({ direction: "ascending", limit: 1, from: { id: at, inclusive: false } });
    for (const [{ ids: inFront }, { ids: after }] of [
      await Promise.all([front(), behind()]),
      await Promise.all([front(), behind()]),
    ]) {
      expect([inFront, after]).toEqual([[at], [next]]);
    }
  });

  it("are at most a second old", async () => {
    const members = membersOf();
    const range = (at: number) =>
      members.range({ direction: "ascending", limit: 10, from: { id: userIds[at] as string, inclusive: false } });
    await range(9);
    expect((await range(19)).ids).toEqual(userIds.slice(20, 30));
    await server.current.db.collection("memberships").updateMany({ organizationId }, { $set: { status: "inactive" } });
    await sleep(1_100);
    expect(await range(29)).toEqual({ ids: [], more: false });
  });

  it("are those among some, in ranges", async () => {
    const some = [userIds[5], userIds[700], newId("user"), userIds[2_400]] as string[];
    const expected = [userIds[5], userIds[700], userIds[2_400]];
    const ranges = await walk(membersOf({ _id: { $in: some } }), "ascending", 2);
    expect(ranges).toEqual([expected.slice(0, 2), expected.slice(2)]);
  });
});
