import { status } from "@grpc/grpc-js";
import { describe, expect, it } from "vitest";
import { PasswordHash } from "../../gen/ts/roster/v1/password.js";
import { ErrorReason } from "../../gen/ts/roster/v1/error_reason.js";
import { type ImportOptions, ImportOptions_Mode as Mode } from "../../gen/ts/roster/v1/import.js";
import type { ImportRow } from "../../gen/ts/roster/v1/import.js";
import { failure, seenError } from "../support/call.js";
import { goodHash } from "../support/password-refusals.js";
import { brief, createOnly, ImportCall, importRows, newRows, row, tally, upsert } from "../support/imports.js";
import { useServer } from "../support/server.js";
import { createUser, newEmail } from "../support/users.js";

const server = useServer({ env: { ROSTER_BCRYPT_COST: "10" } });

const badRows: { name: string; given: Partial<ImportRow>; reason?: string; violations: [string, string][] }[] = [
  { name: "no email", given: { email: "" }, violations: [["email", "is required"]] },
  {
    name: "no address",
    given: { email: "nobody" },
    violations: [["email", "must be an email address, like ada@example.com"]],
  },
  {
    name: "an id of something else",
    given: { id: "org_01JD8Q4W3M7ZK2N5R9T6V8X0YB" },
    violations: [["id", "must be user_ and a ULID of 26 characters"]],
  },
  {
    name: "an external id with a space at its end",
    given: { externalId: "a b " },
    violations: [["external_id", "must be 1-128 printable ASCII characters without a space at either end"]],
  },
  {
    name: "a value of metadata that is too long",
    given: { metadata: new Map([["plan", "x".repeat(601)]]) },
    violations: [['metadata["plan"]', "value must be at most 600 characters"]],
  },
  {
    name: "a time of creation in the future",
    given: { createdAt: { seconds: BigInt(Math.floor(Date.now() / 1_000) + 100_000), nanos: 0 } },
    violations: [["created_at", "must be a time from 1970 on that is not in the future"]],
  },
  {
    name: "a sign-in before 1970",
    given: { lastSignInAt: { seconds: -1n, nanos: 0 } },
    violations: [["last_sign_in_at", "must be a time from 1970 on that is not in the future"]],
  },
  {
    name: "a time that no calendar has",
    given: { createdAt: { seconds: 2n ** 62n, nanos: 0 } },
    violations: [["created_at", "must be a time from 1970 on that is not in the future"]],
  },
  {
    name: "many mistakes",
    given: { email: "x", firstName: "x".repeat(257), profilePictureUrl: "ftp://x", locale: "not a locale" },
    violations: [
      ["email", "must be an email address, like ada@example.com"],
      ["first_name", "must be at most 256 characters"],
      ["profile_picture_url", "must be an absolute http or https URL"],
      ["locale", "must be a BCP 47 language tag, like en-US"],
    ],
  },
  {
    name: "a hash that is none",
    given: { passwordHash: PasswordHash.fromPartial({ algorithm: 1, hash: "$2b$secret" }) },
    reason: "INVALID_PASSWORD_HASH",
    violations: [
      ["password_hash.hash", "must be $2a$, $2b$ or $2y$, a cost in two digits, $, and 53 characters of ./A-Za-z0-9"],
    ],
  },
  {
    name: "a position of the salt where there is none",
    given: { passwordHash: { ...goodHash, saltPosition: 1 } },
    reason: "SALT_POSITION_NOT_ALLOWED",
    violations: [["password_hash.salt_position", "must be absent with any algorithm but SSHA256"]],
  },
  {
    name: "a password and a hash",
    given: { password: "correct horse battery", passwordHash: goodHash },
    reason: "PASSWORD_AND_HASH_GIVEN",
    violations: [["password_hash", "must not be given together with password"]],
  },
  {
    name: "a password that is too short",
    given: { password: "short" },
    reason: "PASSWORD_TOO_WEAK",
    violations: [["password", "It has 5 bytes of UTF-8. Use 8-72."]],
  },
  {
    name: "a password with NUL",
    given: { password: "correct\0horse battery" },
    reason: "PASSWORD_TOO_WEAK",
    violations: [["password", "must not contain the character NUL"]],
  },
];

describe("a bad row", () => {
  it.each(badRows)("with $name is rejected as CreateUser would refuse it", async ({ given, reason, violations }) => {
    const { users } = server.current;
    const [before, result, behind] = await importRows(users, createOnly, [row(), row(given), row()]);
    expect([before, result, behind].map((each) => brief(each as never))).toEqual([
      "CREATED",
      `REJECTED ${reason ?? "INVALID_REQUEST"}`,
      "CREATED",
    ]);
    const fieldViolations = violations.map(([field, description]) => ({ field, description }));
    expect(result?.error?.fieldViolations).toEqual(fieldViolations);
    const { id: _id, createdAt, lastSignInAt, ...create } = { ...row(), ...given };
    if (given.id || createdAt || lastSignInAt) return;
    const error = await failure(createUser(users, { ...create, emailVerified: false }));
    expect(error).toMatchObject({ reason: reason ?? "INVALID_REQUEST", violations: fieldViolations });
    expect(result?.error).toMatchObject({ message: error.message, reason: ErrorReason[error.reason as never] });
  });

  it("is rejected with thirty violations at most", async () => {
    const metadata = new Map(Array.from({ length: 50 }, (_, i) => [`key-${i}`, "x".repeat(601)]));
    const [result] = await importRows(server.current.users, createOnly, [row({ metadata })]);
    expect(result?.error?.fieldViolations).toHaveLength(30);
    expect(result?.error?.message).toMatch(/\(and 49 more\)$/);
  });

  it("costs no more than itself, also when a thousand say the most that can be wrong", async () => {
    const metadata = new Map(Array.from({ length: 50 }, (_, i) => [`${i}${"k".repeat(41)}`, ""]));
    const { users } = server.current;
    const results = await importRows(users, createOnly, newRows(1_000, { metadata }), { perMessage: 500 });
    expect(tally(results)).toEqual({ "REJECTED INVALID_REQUEST": 1_000 });
    expect(results[999]?.error?.fieldViolations).toHaveLength(30);
  });
});

const options = (given: Partial<ImportOptions>): ImportOptions => ({ ...createOnly, ...given });

describe("a message that breaks the rules", () => {
  const modes = "must be MODE_CREATE_ONLY, MODE_UPSERT or MODE_UPDATE_ONLY";
  const matchOn = "must be MATCH_ON_ID, MATCH_ON_EXTERNAL_ID or MATCH_ON_EMAIL with MODE_UPSERT";
  const firsts = [
    { name: "without options", given: undefined, field: "options", description: "is required in the first message" },
    {
      name: "without a mode",
      given: options({ mode: Mode.UNSPECIFIED }),
      field: "options.mode",
      description: modes,
    },
    {
      name: "with a mode that is not known",
      given: options({ mode: 9 as Mode }),
      field: "options.mode",
      description: modes,
    },
    {
      name: "with nothing to match on",
      given: options({ mode: Mode.UPSERT }),
      field: "options.match_on",
      description: matchOn,
    },
    {
      name: "with nothing to match on where nothing else is done",
      given: options({ mode: Mode.UPDATE_ONLY }),
      field: "options.match_on",
      description: "must be MATCH_ON_ID, MATCH_ON_EXTERNAL_ID or MATCH_ON_EMAIL with MODE_UPDATE_ONLY",
    },
    {
      name: "with something unknown to match on",
      given: options({ mode: Mode.UPSERT, matchOn: 9 as never }),
      field: "options.match_on",
      description: matchOn,
    },
    {
      name: "with something to match on where nothing is matched",
      given: { ...upsert("ID"), mode: Mode.CREATE_ONLY },
      field: "options.match_on",
      description: "must not be set with MODE_CREATE_ONLY",
    },
  ];

  it.each(firsts)("ends the call when it is the first, $name", async ({ given, field, description }) => {
    const email = newEmail();
    const call = new ImportCall(server.current.users);
    call.send([row({ email })], given);
    const error = seenError(await call.ended);
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", reason: "INVALID_REQUEST" });
    expect(error.violations).toEqual([{ field, description }]);
    expect(call.results).toEqual([]);
    expect(await server.current.db.collection("users").countDocuments({ email })).toBe(0);
  });

  const nexts = [
    { name: "has options again", rows: [row()], given: createOnly, field: "options" },
    { name: "has no rows", rows: [], given: undefined, field: "rows" },
    { name: "has more than 1,000 rows", rows: newRows(1_001), given: undefined, field: "rows" },
  ];

  it.each(nexts)("ends the call when it $name, behind the results before", async ({ rows, given, field }) => {
    const call = new ImportCall(server.current.users, createOnly);
    call.send(newRows(700));
    call.send(rows, given);
    call.send(newRows(1));
    const { code, reason, violations } = seenError(await call.ended);
    expect([code, reason, violations.map((violation) => violation.field)]).toEqual([
      status[status.INVALID_ARGUMENT],
      "INVALID_REQUEST",
      [field],
    ]);
    expect(tally(call.results)).toEqual({ CREATED: 700 });
  });

  it("ends the call when it cannot be read", async () => {
    const call = new ImportCall(server.current.users, createOnly);
    call.send(newRows(3));
    call.send([row({ email: undefined as never, id: "\ud800" })]);
    call.send(newRows(5_000).map((each) => ({ ...each, name: "x".repeat(1_000) })));
    expect(seenError(await call.ended)).toMatchObject({ code: "RESOURCE_EXHAUSTED", reason: "MESSAGE_TOO_LARGE" });
    expect(tally(call.results)).toMatchObject({ CREATED: 3 });
  });
});
