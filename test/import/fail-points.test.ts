import type { Document } from "mongodb";
import { describe, expect, it } from "vitest";
import { seenError } from "../support/call.js";
import { settled } from "../support/events.js";
import { brief, createOnly, ImportCall, importRows, newRows, tally, upsert } from "../support/imports.js";
import { type TestMongod, useMongod } from "../support/mongod.js";
import { useServer } from "../support/server.js";
import { newKey } from "../support/users.js";

const mongod = useMongod();
const server = useServer(() => ({ mongodbUri: mongod.current.uri }));

/** Makes commands fail that are about users; the server runs others at any time, and commits when it numbers events. */
const whileFailing: TestMongod["whileFailing"] = async (data, mode, run) => {
  await settled(server.current.db);
  const namespace = `${server.current.db.databaseName}.users`;
  const filter = data.failCommands.includes("commitTransaction") ? {} : { namespace };
  return mongod.current.whileFailing({ ...data, ...filter }, mode, run);
};

const transient = ["TransientTransactionError"];
const conflict = { failCommands: ["insert"], errorCode: 112, errorLabels: transient };

const mended: [name: string, data: Document, times: number][] = [
  ["a write conflict", conflict, 1],
  ["so many that its rows are cut apart", conflict, 9],
  ["a cache that has no room for so many rows at once", { failCommands: ["insert"], errorCode: 388 }, 3],
  ["transactions that take too long", { failCommands: ["insert"], errorCode: 290 }, 3],
  ["a connection that is lost at the commit", { failCommands: ["commitTransaction"], closeConnection: true }, 1],
  ["a primary that steps down", { failCommands: ["insert"], errorCode: 189, errorLabels: transient }, 2],
];

describe("an import that meets", () => {
  it.each(mended)("%s has every row written once, in order", async (_name, data, times) => {
    const { users, db } = server.current;
    const mark = newKey();
    const rows = newRows(900, { lastName: mark });
    // Claimed twice: whatever is tried again, the first one gets it.
    rows[800] = { ...(rows[800] as (typeof rows)[0]), email: rows[20]?.email as string };
    const results = await whileFailing(data, { times }, () => importRows(users, createOnly, rows, { perMessage: 300 }));
    expect(results.map(brief)).toEqual(rows.map((_, i) => (i === 800 ? "REJECTED EMAIL_NOT_AVAILABLE" : "CREATED")));
    expect(await db.collection("users").countDocuments({ lastName: mark })).toBe(899);
  });

  it("conflicts without end has the row rejected with CONFLICT, and goes on", async () => {
    const { users } = server.current;
    const rows = newRows(1);
    const call = new ImportCall(users, createOnly);
    await whileFailing(conflict, "alwaysOn", async () => {
      call.send(rows);
      await call.resultsUpTo(1);
    });
    call.send(rows);
    expect((await call.finish()).map(brief)).toEqual(["REJECTED CONFLICT", "CREATED"]);
  });

  it("a database that is gone ends with UNAVAILABLE, and goes on when it is sent again", async () => {
    const { users } = server.current;
    const rows = newRows(1_500);
    const gone = { failCommands: ["insert"], errorCode: 189, errorLabels: transient };
    const call = new ImportCall(users, upsert("EMAIL"));
    const error = await whileFailing(gone, "alwaysOn", async () => {
      call.send(rows.slice(0, 800));
      call.send(rows.slice(800));
      return call.ended;
    });
    expect(seenError(error)).toMatchObject({ code: "UNAVAILABLE", reason: "DATABASE_UNAVAILABLE" });
    expect(call.results).toEqual([]);
    expect(tally(await importRows(users, upsert("EMAIL"), rows))).toEqual({ CREATED: 1_500 });
  });
});
