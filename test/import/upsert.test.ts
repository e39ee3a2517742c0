import { describe, expect, it } from "vitest";
import type { ImportRow } from "../../gen/ts/roster/v1/import.js";
import type { User } from "../../gen/ts/roster/v1/user.js";
import { toTimestamp } from "../../src/rpc/timestamp.js";
import { brief as briefEvent, allEvents } from "../support/events.js";
import { brief, createOnly, importRows, newRows, row, tally, upsert } from "../support/imports.js";
import { useServer } from "../support/server.js";
import { createUser, everyField, getUser, newEmail, newKey, unusedId } from "../support/users.js";

const server = useServer();

/** Each field to match on, and a row that matches a user by it alone. */
const matches = [
  { matchOn: "ID", field: "id", rowOf: ({ id }: User) => row({ id, email: "" }) },
  { matchOn: "EXTERNAL_ID", field: "external_id", rowOf: ({ externalId }: User) => row({ externalId, email: "" }) },
  { matchOn: "EMAIL", field: "email", rowOf: ({ email }: User) => row({ email: email.toUpperCase() }) },
] as const;

describe.each(matches)("a row that is matched on $field", ({ matchOn, field, rowOf }) => {
  it("changes what it brings and leaves the rest", async () => {
    const { users } = server.current;
    const user = await createUser(users, everyField());
    const given = { ...rowOf(user), lastName: "Byron", locale: "", metadata: new Map([["plan", "silver"]]) };
    const [result] = await importRows(users, upsert(matchOn), [given]);
    expect(result).toMatchObject({ userId: user.id, error: undefined });
    expect(brief(result as never)).toBe("UPDATED");
    const changed = await getUser(users, user.id);
    const { locale: _locale, ...kept } = user;
    expect(changed).toEqual({
      ...kept,
      email: given.email || user.email,
      lastName: "Byron",
      metadata: new Map([...user.metadata, ["plan", "silver"]]),
      updatedAt: changed.updatedAt,
      revision: 2n,
    });
    const events = await allEvents(server.current, { userId: user.id });
    expect(events.map(briefEvent)).toEqual(["user.created 1", "user.updated 2"]);
  });

  it("is unchanged when it brings nothing new, and writes nothing", async () => {
    const { users } = server.current;
    const user = await createUser(users, everyField());
    const given: ImportRow = { ...rowOf(user), firstName: user.firstName, metadata: user.metadata };
    if (matchOn === "EMAIL") given.email = user.email;
    const [result] = await importRows(users, upsert(matchOn), [given]);
    expect([brief(result as never), result?.userId]).toEqual(["UNCHANGED", user.id]);
    expect(await getUser(users, user.id)).toEqual(user);
    expect(await allEvents(server.current, { userId: user.id })).toHaveLength(1);
  });

  it("creates a user when there is none", async () => {
    const { users } = server.current;
    const given = row({ id: unusedId(), externalId: newKey() });
    const [result] = await importRows(users, upsert(matchOn), [given]);
    expect([brief(result as never), result?.userId]).toEqual(["CREATED", given.id]);
    expect(await getUser(users, given.id)).toMatchObject({ email: given.email, externalId: given.externalId });
  });

  it("is rejected when it does not bring that field", async () => {
    const given = {
      ...row({ id: unusedId(), externalId: newKey() }),
      [matchOn === "EXTERNAL_ID" ? "externalId" : field]: "",
    };
    const [result] = await importRows(server.current.users, upsert(matchOn), [given]);
    expect(result?.error?.fieldViolations).toEqual([
      { field, description: "is required, because rows are matched on it" },
    ]);
  });

  it("is rejected when another user has what it brings", async () => {
    const { users } = server.current;
    const [user, other] = [await createUser(users, everyField()), await createUser(users, everyField())];
    const rows = [
      { ...rowOf(user), ...(matchOn === "EXTERNAL_ID" ? { email: other.email } : { externalId: other.externalId }) },
    ];
    const reason = matchOn === "EXTERNAL_ID" ? "EMAIL_NOT_AVAILABLE" : "EXTERNAL_ID_ALREADY_USED";
    expect((await importRows(users, upsert(matchOn), rows)).map(brief)).toEqual([`REJECTED ${reason}`]);
    expect(await getUser(users, user.id)).toEqual(user);
  });

  it("twice is changed twice, in the order of the rows, also when the first one created it", async () => {
    const { users } = server.current;
    const given = row({ id: unusedId(), externalId: newKey() });
    const rows = [
      { ...given, firstName: "1" },
      ...newRows(700),
      { ...given, firstName: "2", lastName: "2" },
      { ...given, firstName: "2" },
      { ...given, firstName: "3" },
    ].map((each) => ({ ...each, id: each.id || unusedId() }));
    const results = await importRows(users, upsert(matchOn), rows, { perMessage: 300 });
    expect(brief(results[0] as never)).toBe("CREATED");
    expect(results.slice(-3).map(brief)).toEqual(["UPDATED", "UNCHANGED", "UPDATED"]);
    expect(await getUser(users, given.id)).toMatchObject({ firstName: "3", lastName: "2", revision: 3n });
  });

  it("again and again is unchanged", async () => {
    const { users } = server.current;
    const rows = newRows(1_500).map((each) => ({ ...each, id: unusedId() }));
    expect(tally(await importRows(users, upsert(matchOn), rows))).toEqual({ CREATED: 1_500 });
    const again = await importRows(users, upsert(matchOn), rows.toReversed());
    expect(tally(again)).toEqual({ UNCHANGED: 1_500 });
    expect(again.map(({ userId }) => userId)).toEqual(rows.toReversed().map(({ id }) => id));
  });
});

/** Thirty pairs of metadata. */
const pairs = (from: number) => new Map(Array.from({ length: 30 }, (_, i) => [`key-${from + i}`, "x"]));

describe("a row that changes a user", () => {
  it("leaves the id, the time of creation and the last sign-in", async () => {
    const { users } = server.current;
    const user = await createUser(users);
    const time = toTimestamp(new Date("2010-01-01T00:00:00Z"));
    const given = row({ id: unusedId(), email: user.email, createdAt: time, lastSignInAt: time });
    expect((await importRows(users, upsert("EMAIL"), [given])).map(brief)).toEqual(["UNCHANGED"]);
    expect(await getUser(users, user.id)).toEqual(user);
  });

  it("takes the proof from an email that it replaces", async () => {
    const { users } = server.current;
    const user = await createUser(users, { emailVerified: true });
    const email = newEmail();
    const results = await importRows(users, upsert("ID"), [row({ id: user.id, email })]);
    expect(results.map(brief)).toEqual(["UPDATED"]);
    expect(await getUser(users, user.id)).toMatchObject({ email, emailVerified: false, revision: 2n });
  });

  it("sets free what the next row takes", async () => {
    const { users } = server.current;
    const [a, b] = [await createUser(users, { externalId: newKey() }), await createUser(users)];
    const moved = newKey();
    const rows = [
      row({ email: b.email, externalId: a.externalId }),
      row({ email: a.email, externalId: moved }),
      row({ email: b.email, externalId: a.externalId }),
    ];
    const results = await importRows(users, upsert("EMAIL"), rows);
    expect(results.map(brief)).toEqual(["REJECTED EXTERNAL_ID_ALREADY_USED", "UPDATED", "UPDATED"]);
    expect(await getUser(users, b.id)).toMatchObject({ externalId: a.externalId });
  });

  it("is rejected when it brings what another user has, also where a later row gives that up again", async () => {
    const { users } = server.current;
    const [user, other] = [await createUser(users, everyField()), await createUser(users, everyField())];
    const rows = [
      row({ id: user.id, email: other.email }),
      row({ id: user.id, email: "", externalId: other.externalId }),
      row({ id: user.id, email: user.email, externalId: user.externalId }),
    ];
    const results = await importRows(users, upsert("ID"), rows);
    expect(results.map(brief)).toEqual([
      "REJECTED EMAIL_NOT_AVAILABLE",
      "REJECTED EXTERNAL_ID_ALREADY_USED",
      "UNCHANGED",
    ]);
    expect(await getUser(users, user.id)).toEqual(user);
    expect((await allEvents(server.current, { userId: user.id })).map(briefEvent)).toEqual(["user.created 1"]);
  });

  it("may bring what a row before it has given up, and give it up as well", async () => {
    const { users } = server.current;
    const [a, b] = [await createUser(users), await createUser(users)];
    const rows = [
      row({ id: a.id, email: newEmail() }),
      row({ id: b.id, email: a.email }),
      row({ id: b.id, email: newEmail() }),
    ];
    const results = await importRows(users, upsert("ID"), rows);
    expect(results.map(brief)).toEqual(["UPDATED", "UPDATED", "UPDATED"]);
    expect(await getUser(users, b.id)).toMatchObject({ email: rows[2]?.email, revision: 3n });
  });

  it("is rejected when it leaves too much metadata", async () => {
    const { users } = server.current;
    const user = await createUser(users, { metadata: pairs(0) });
    const [result] = await importRows(users, upsert("ID"), [row({ id: user.id, email: "", metadata: pairs(30) })]);
    expect(result?.error?.fieldViolations).toEqual([
      { field: "metadata", description: "must leave at most 50 pairs, not 60" },
    ]);
  });
});

describe("a row without an email", () => {
  it("is rejected when it matches nobody", async () => {
    const [result] = await importRows(server.current.users, upsert("ID"), [row({ id: unusedId(), email: "" })]);
    expect(result?.error).toEqual({
      reason: 1,
      message: "email: is required, because no user matches the row",
      fieldViolations: [{ field: "email", description: "is required, because no user matches the row" }],
    });
  });

  it("is rejected when it can only create", async () => {
    const [result] = await importRows(server.current.users, createOnly, [row({ email: "" })]);
    expect(result?.error?.fieldViolations).toEqual([{ field: "email", description: "is required" }]);
  });
});
