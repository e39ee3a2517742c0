import { describe, expect, it } from "vitest";
import { UserStatus } from "../../gen/ts/roster/v1/user.js";
import { toTimestamp } from "../../src/rpc/timestamp.js";
import { call, failure } from "../support/call.js";
import { allEvents, userOf } from "../support/events.js";
import { brief, createOnly, importRows, newRows, row, tally } from "../support/imports.js";
import { useServer } from "../support/server.js";
import { createUser, everyField, getUser, newEmail, newKey, unusedId } from "../support/users.js";

const server = useServer();

describe("a row that creates a user", () => {
  it("keeps everything that it brings, and has the event of a created user", async () => {
    const { users } = server.current;
    const given = row({
      ...everyField(),
      id: unusedId(),
      createdAt: toTimestamp(new Date("2019-05-04T03:02:01.123Z")),
      lastSignInAt: toTimestamp(new Date("2020-01-01T00:00:00.5Z")),
      status: UserStatus.INACTIVE,
    });
    const [result] = await importRows(users, createOnly, [given]);
    expect(result).toMatchObject({ row: 1n, userId: given.id, error: undefined });
    expect(brief(result as never)).toBe("CREATED");
    const user = await getUser(users, given.id);
    const { password: _password, passwordHash: _hash, ...fields } = given;
    expect(user).toEqual({ ...fields, updatedAt: user.updatedAt, revision: 1n });
    const events = await allEvents(server.current, { userId: given.id });
    expect(events.map(({ type }) => type)).toEqual(["user.created"]);
    expect(events.map(userOf)).toEqual([user]);
  });

  it("gets the id of its time, and the time of now when it brings none", async () => {
    const { users } = server.current;
    const before = Date.now();
    const old = row({ createdAt: toTimestamp(new Date("2001-01-01T00:00:00Z")) });
    const results = await importRows(users, createOnly, [row(), old, row({ firstName: "", externalId: "" })]);
    const made = await Promise.all(results.map(({ userId }) => getUser(users, userId)));
    const ids = made.map(({ id }) => id);
    expect(ids.toSorted()).toEqual([ids[1], ids[0], ids[2]]);
    const bare = made[2] as NonNullable<(typeof made)[2]>;
    const { id, email, createdAt } = bare;
    const plain = { emailVerified: false, metadata: new Map(), revision: 1n, status: UserStatus.ACTIVE };
    expect(bare).toEqual({ id, email, createdAt, updatedAt: createdAt, ...plain });
    expect(Number(createdAt?.seconds) * 1_000 + 1_000).toBeGreaterThan(before);
  });

  it("is rejected when another user has its id, email or external id, and the others are not", async () => {
    const { users } = server.current;
    const existing = await createUser(users, { ...everyField() });
    const rows = [
      row(),
      row({ id: existing.id }),
      row({ email: existing.email.toUpperCase() }),
      row({ externalId: existing.externalId }),
      row({ id: existing.id, email: existing.email, externalId: existing.externalId }),
      row(),
    ];
    const results = await importRows(users, createOnly, rows);
    expect(results.map(brief)).toEqual([
      "CREATED",
      "REJECTED USER_ID_ALREADY_USED",
      "REJECTED EMAIL_NOT_AVAILABLE",
      "REJECTED EXTERNAL_ID_ALREADY_USED",
      "REJECTED USER_ID_ALREADY_USED",
      "CREATED",
    ]);
    expect(results[1]).toMatchObject({
      row: 2n,
      userId: "",
      error: { message: "another user has this id, or had it", fieldViolations: [] },
    });
    expect(await getUser(users, existing.id)).toEqual(existing);
  });
});

describe("results", () => {
  it("come in the order of the rows, counted over all messages", async () => {
    const { users } = server.current;
    const rows = newRows(2_500).map((each, i) => (i % 7 === 0 ? { ...each, email: `no-${i}` } : each));
    const results = await importRows(users, createOnly, rows, { perMessage: 900 });
    expect(results.map((result) => Number(result.row))).toEqual(rows.map((_, i) => i + 1));
    expect(results.map(brief)).toEqual(rows.map((_, i) => (i % 7 === 0 ? "REJECTED INVALID_REQUEST" : "CREATED")));
    const [made, given] = [results[2_000], rows[2_000]];
    expect(await getUser(users, made?.userId as string)).toMatchObject({ email: given?.email });
  });
});

describe("two rows of one import that claim the same", () => {
  const claims = [
    { name: "email", given: () => ({ email: newEmail() }), reason: "EMAIL_NOT_AVAILABLE" },
    { name: "external id", given: () => ({ externalId: newKey() }), reason: "EXTERNAL_ID_ALREADY_USED" },
    { name: "id", given: () => ({ id: unusedId() }), reason: "USER_ID_ALREADY_USED" },
  ];

  /** Which rows claim the same: near each other, and with messages and commits between them. */
  const pairs = [
    [499, 500],
    [999, 1_510],
    [1_700, 2_600],
    [2_100, 4_400],
    [2_999, 5_999],
  ] as const;

  it.each(claims)("$name: the first one gets it, in the same message", async ({ given, reason }) => {
    const same = given();
    const results = await importRows(server.current.users, createOnly, [row(same), row(), row(same)]);
    expect(results.map(brief)).toEqual(["CREATED", "CREATED", `REJECTED ${reason}`]);
  });

  it.each(claims)("$name: the first one gets it, in whatever messages", async ({ given, reason }) => {
    const { users } = server.current;
    const rows = newRows(6_000);
    for (const places of pairs) {
      const same = given();
      for (const place of places) rows[place] = { ...(rows[place] as (typeof rows)[0]), ...same };
    }
    const results = await importRows(users, createOnly, rows, { perMessage: 250 });
    const expected = rows.map((_, i) => (pairs.some(([, second]) => second === i) ? `REJECTED ${reason}` : "CREATED"));
    expect(results.map(brief)).toEqual(expected);
    const created = await getUser(users, results[499]?.userId as string);
    expect(created.email).toBe(rows[499]?.email);
  });

  it.each(claims)(
    "$name: the first one gets it, also when a small commit could overtake",
    async ({ given, reason }) => {
      const same = given();
      const rows = [row(same), ...newRows(999), row(same)];
      const results = await importRows(server.current.users, createOnly, rows);
      expect(tally(results)).toEqual({ CREATED: 1_000, [`REJECTED ${reason}`]: 1 });
      expect(brief(results[1_000] as never)).toBe(`REJECTED ${reason}`);
    },
  );

  it("a rejected row claims nothing", async () => {
    const email = newEmail();
    const rows = [row({ email, locale: "not a locale" }), row({ email })];
    const results = await importRows(server.current.users, createOnly, rows);
    expect(results.map(brief)).toEqual(["REJECTED INVALID_REQUEST", "CREATED"]);
  });
});

describe("the same rows again", () => {
  it("are all rejected, and change nothing", async () => {
    const { users } = server.current;
    const rows = newRows(1_200);
    const first = await importRows(users, createOnly, rows);
    expect(tally(first)).toEqual({ CREATED: 1_200 });
    expect(tally(await importRows(users, createOnly, rows))).toEqual({ "REJECTED EMAIL_NOT_AVAILABLE": 1_200 });
    const { user } = await call(users.getUserByEmail.bind(users), { email: rows[7]?.email as string });
    expect(user).toMatchObject({ id: first[7]?.userId, revision: 1n });
  });
});

describe("no rows", () => {
  it("have no results", async () => {
    expect(await importRows(server.current.users, createOnly, [])).toEqual([]);
  });

  it("and no options are refused", async () => {
    const error = await failure(importRows(server.current.users, undefined as never, []));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", reason: "INVALID_REQUEST" });
  });
});
