import { type Db, Long } from "mongodb";
import { expect, it } from "vitest";
import { findOnce } from "../../src/mongo/find.js";

// The database's ids of cursors are random, and one in hundreds is small enough for the driver to make a number of it.
it.each([
  ["as the driver gives it", Long.fromString("7382910465738291046")],
  ["that the driver made a number of", 4_503_599_627_370_497],
])("a cursor that a find leaves open is closed, by an id %s", async (_name, id) => {
  const commands: Record<string, unknown>[] = [];
  const command = async (given: Record<string, unknown>) => {
    commands.push(given);
    return { cursor: { id, firstBatch: [{ _id: 1 }] } };
  };
  const found = await findOnce({ command } as unknown as Db, { collection: "users", filter: {}, limit: 2 });
  expect(found).toEqual({ documents: [{ _id: 1 }], complete: false });
  expect(commands.slice(1)).toEqual([{ killCursors: "users", cursors: [Long.fromValue(id)] }]);
});
