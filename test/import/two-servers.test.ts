import { describe, expect, it } from "vitest";
import { allEvents } from "../support/events.js";
import { brief, createOnly, importRows, newRows, tally, upsert } from "../support/imports.js";
import { useServer } from "../support/server.js";
import { unusedId } from "../support/users.js";

const server = useServer();

const modes = [
  { name: "matched on the external id", options: upsert("EXTERNAL_ID"), second: "UNCHANGED" },
  { name: "matched on the id", options: upsert("ID"), second: "UNCHANGED" },
  { name: "matched on the email", options: upsert("EMAIL"), second: "UNCHANGED" },
  { name: "that only create", options: createOnly, second: "REJECTED USER_ID_ALREADY_USED" },
] as const;

describe("two imports of the same 2,000 rows through two servers at once", () => {
  it.each(modes)("$name, end as one", async ({ options, second }) => {
    const { users, db } = server.current;
    const other = await server.current.another();
    const rows = newRows(2_000).map((each) => ({ ...each, id: unusedId() }));
    const [a, b] = await Promise.all(
      [users, other.users].map((client) => importRows(client, options, rows, { perMessage: 250 })),
    );
    const pairs = rows.map((_, i) => [brief(a?.[i] as never), brief(b?.[i] as never)].toSorted().join());
    expect(new Set(pairs)).toEqual(new Set([["CREATED", second].toSorted().join()]));
    const ids = rows.map(({ id }) => id);
    expect(await db.collection("users").countDocuments({ _id: { $in: ids as never[] } })).toBe(2_000);
    const events = await allEvents(server.current, { types: ["user.created", "user.updated"] });
    const told = events.flatMap(({ object }) => (object?.$case === "user" ? [object.value.id] : []));
    expect(told.filter((id) => ids.includes(id)).toSorted()).toEqual(ids.toSorted());
  });

  it("through one server, end as one", async () => {
    const { users } = server.current;
    const rows = newRows(2_000);
    const both = await Promise.all([
      importRows(users, upsert("EMAIL"), rows),
      importRows(users, upsert("EMAIL"), rows.toReversed()),
    ]);
    expect(tally(both.flat())).toEqual({ CREATED: 2_000, UNCHANGED: 2_000 });
  });
});
