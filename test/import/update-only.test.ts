import { describe, expect, it } from "vitest";
import type { ImportRow } from "../../gen/ts/roster/v1/import.js";
import { type User, UserStatus } from "../../gen/ts/roster/v1/user.js";
import { HashingPool } from "../../src/passwords/index.js";
import { credentialOf, goodPassword, verifyPassword } from "../support/authentication.js";
import { allEvents, brief as briefEvent } from "../support/events.js";
import { brief, createOnly, importRows, row, updateOnly, upsert } from "../support/imports.js";
import { goodHash } from "../support/password-refusals.js";
import { useServer } from "../support/server.js";
import { changeStatus, createUser, everyField, getUser, newEmail, newKey, unusedId } from "../support/users.js";

const pool = new HashingPool();
const server = useServer({ env: { ROSTER_BCRYPT_COST: "10" }, pool });

/** Each field to match on, a row that matches a user by it, and one that matches nobody. */
const matches = [
  { matchOn: "ID", field: "id", of: (user: User) => ({ id: user.id }), nobody: () => ({ id: unusedId() }) },
  {
    matchOn: "EXTERNAL_ID",
    field: "external_id",
    of: (user: User) => ({ externalId: user.externalId }),
    nobody: () => ({ externalId: newKey() }),
  },
  {
    matchOn: "EMAIL",
    field: "email",
    of: (user: User) => ({ email: user.email }),
    nobody: () => ({ email: newEmail() }),
  },
] as const;

describe.each(matches)("MODE_UPDATE_ONLY by $field", ({ matchOn, field, of, nobody }) => {
  it("changes users who exist, and rejects a row without one, whatever else it brings", async () => {
    const { users, db } = server.current;
    const user = await createUser(users, everyField());
    const name = newKey();
    const others: Partial<ImportRow>[] = [
      {},
      { password: goodPassword },
      { password: "weak" },
      { passwordHash: goodHash },
    ];
    const missing = others.map((other) =>
      row({ email: matchOn === "EMAIL" ? "" : newEmail(), name, ...nobody(), ...other }),
    );
    const before = pool.operations;
    const results = await importRows(users, updateOnly(matchOn), [
      ...missing,
      row({ email: "", ...of(user), lastName: "Byron" }),
    ]);
    expect(results.map(brief)).toEqual([...missing.map(() => "REJECTED USER_NOT_FOUND"), "UPDATED"]);
    expect(results[0]?.error?.message).toContain(field);
    expect(pool.operations).toBe(before);
    expect(await getUser(users, user.id)).toMatchObject({ lastName: "Byron", revision: 2n });
    expect(await db.collection("users").countDocuments({ name })).toBe(0);
  });
});

describe("a password in a row of a user who exists", () => {
  it("has its event when it is another one, behind that of the fields", async () => {
    const { users } = server.current;
    const { id } = await createUser(users, { password: goodPassword });
    const rows = [
      row({ id, email: "", password: goodPassword }),
      row({ id, email: "", password: "staple of another kind" }),
      row({ id, email: "", passwordHash: goodHash, name: "New" }),
    ];
    const results = await importRows(users, updateOnly("ID"), rows);
    expect(results.map(brief)).toEqual(["UNCHANGED", "UPDATED", "UPDATED"]);
    expect((await allEvents(server.current, { userId: id })).map(briefEvent)).toEqual([
      "user.created 1",
      "user.password_changed 2",
      "user.updated 3",
      "user.password_changed 3",
    ]);
    expect(await verifyPassword(server.current, id, goodPassword)).toBe(false);
  });

  it("has none when it creates the user", async () => {
    const { users } = server.current;
    const [result] = await importRows(users, upsert("EMAIL"), [row({ passwordHash: goodHash })]);
    const id = result?.userId as string;
    expect(await credentialOf(server.current, id)).not.toBeNull();
    expect((await allEvents(server.current, { userId: id })).map(briefEvent)).toEqual(["user.created 1"]);
  });
});

describe("a status in a row", () => {
  const { ACTIVE, INACTIVE, UNSPECIFIED } = UserStatus;

  it.each([
    { status: UNSPECIFIED, expected: ACTIVE },
    { status: ACTIVE, expected: ACTIVE },
    { status: INACTIVE, expected: INACTIVE },
  ])("$status is that of a new user: $expected", async ({ status, expected }) => {
    const { users } = server.current;
    const [result] = await importRows(users, createOnly, [row({ status })]);
    expect(await getUser(users, result?.userId as string)).toMatchObject({ status: expected, revision: 1n });
  });

  it.each([
    { before: ACTIVE, status: UNSPECIFIED, outcome: "UNCHANGED", after: ACTIVE },
    { before: ACTIVE, status: ACTIVE, outcome: "UNCHANGED", after: ACTIVE },
    { before: ACTIVE, status: INACTIVE, outcome: "UPDATED", after: INACTIVE },
    { before: INACTIVE, status: UNSPECIFIED, outcome: "UNCHANGED", after: INACTIVE },
    { before: INACTIVE, status: INACTIVE, outcome: "UNCHANGED", after: INACTIVE },
    { before: INACTIVE, status: ACTIVE, outcome: "UPDATED", after: ACTIVE },
  ])("$status makes a user of $before one of $after: $outcome", async ({ before, status, outcome, after }) => {
    const { users } = server.current;
    const { id } = await createUser(users);
    if (before === INACTIVE) await changeStatus(users, "deactivateUser", { id });
    const [result] = await importRows(users, upsert("ID"), [row({ id, email: "", status })]);
    expect(result && brief(result)).toBe(outcome);
    expect((await getUser(users, id)).status).toBe(after);
    const previous = (await allEvents(server.current, { userId: id })).at(-1)?.context?.previousAttributes;
    if (outcome === "UPDATED") expect(previous).toEqual({ status: `USER_STATUS_${UserStatus[before]}` });
  });

  it("that is not known is rejected", async () => {
    const [result] = await importRows(server.current.users, createOnly, [row({ status: 7 as UserStatus })]);
    expect(result && brief(result)).toBe("REJECTED INVALID_REQUEST");
    expect(result?.error?.fieldViolations).toEqual([
      { field: "status", description: "must be USER_STATUS_ACTIVE or USER_STATUS_INACTIVE" },
    ]);
  });
});
