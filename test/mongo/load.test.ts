import type { Db } from "mongodb";
import { expect, it } from "vitest";
import type { Lookup } from "../../src/directory/commit/mutation.js";
import { load } from "../../src/mongo/commit/load.js";

type Condition = Record<string, string | { $in: string[] }>;

const matches = (user: Record<string, string>, condition: Condition): boolean =>
  Object.entries(condition).some(([field, wanted]) =>
    [typeof wanted === "string" ? wanted : wanted.$in].flat().includes(user[field] ?? ""),
  );

/** A database of some users that ends each answer behind so many. */
const endingAnswers = (users: readonly Record<string, string>[], most: number): Db => {
  const command = async ({ filter, limit }: { filter?: Condition | { $or: Condition[] }; limit: number }) => {
    const conditions = (filter?.$or ?? [filter ?? {}]) as Condition[];
    const found = users.filter((user) => conditions.some((condition) => matches(user, condition))).slice(0, limit);
    return { cursor: { id: found.length > most ? 1 : 0, firstBatch: found.slice(0, most) } };
  };
  return { command } as unknown as Db;
};

const users = Array.from({ length: 7 }, (_, i) => ({ _id: `user_${i}`, externalId: `${i}`, normalizedEmail: `m${i}` }));
const byId = users.slice(0, 4).map(({ _id }): Lookup => ({ table: "users", key: "id", value: _id }));
const byKeys = users.slice(2).flatMap(({ externalId, normalizedEmail }): Lookup[] => [
  { table: "users", key: "externalId", value: externalId },
  { table: "users", key: "normalizedEmail", value: normalizedEmail },
]);

it.each<[string, Lookup[], number]>([
  ["by one key", byId, 4],
  ["by several keys", [...byId, ...byKeys], 7],
])("everything that is looked up %s is found, once, where the database ends its answers", async (_name, lookups, n) => {
  const found = (await load(endingAnswers(users, 2), {}, lookups)).users ?? [];
  expect(found.map(({ id }) => id).toSorted()).toEqual(users.slice(0, n).map(({ _id }) => _id));
});
