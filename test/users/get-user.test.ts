import { describe, expect, it } from "vitest";
import { ReadConsistency } from "../../gen/ts/roster/v1/user_service.js";
import type { User } from "../../gen/ts/roster/v1/user.js";
import { call, failure } from "../support/call.js";
import { useServer } from "../support/server.js";
import { createUser, everyField, newEmail, newKey, unusedId } from "../support/users.js";

const server = useServer();

const get = {
  id: (id: string) => call(server.current.users.getUser.bind(server.current.users), { id }),
  external_id: (externalId: string) =>
    call(server.current.users.getUserByExternalId.bind(server.current.users), { externalId }),
  email: (email: string) => call(server.current.users.getUserByEmail.bind(server.current.users), { email }),
};

const lookups = [
  {
    method: "GetUser",
    field: "id",
    of: ({ id }: User) => id,
    unknown: unusedId,
    invalid: [
      ["", "is required"],
      ["org_01JD0000000000000000000000", "must be user_ and a ULID of 26 characters"],
      ["user_01jd0000000000000000000000", "must be user_ and a ULID of 26 characters"],
      ["user_81JD0000000000000000000000", "must be user_ and a ULID of 26 characters"],
    ],
  },
  {
    method: "GetUserByExternalId",
    field: "external_id",
    of: ({ externalId }: User) => externalId ?? "",
    unknown: newKey,
    invalid: [
      ["", "is required"],
      ["a ", "must be 1-128 printable ASCII characters without a space at either end"],
      ["é", "must be 1-128 printable ASCII characters without a space at either end"],
    ],
  },
  {
    method: "GetUserByEmail",
    field: "email",
    of: ({ email }: User) => email,
    unknown: newEmail,
    invalid: [
      ["", "is required"],
      ["nobody", "must be an email address, like ada@example.com"],
    ],
  },
] as const;

describe.each(lookups)("$method", ({ field, of, unknown, invalid }) => {
  it("returns the user with everything that it was created with", async () => {
    const created = await createUser(server.current.users, everyField());
    await createUser(server.current.users, everyField());
    expect(await get[field](of(created))).toEqual({ user: created });
  });

  it("answers NOT_FOUND and what it looked for when there is no such user", async () => {
    const value = unknown();
    expect(await failure(get[field](value))).toEqual({
      code: "NOT_FOUND",
      message: `no user has this ${field}`,
      reason: "USER_NOT_FOUND",
      domain: "roster",
      metadata: { [field]: value },
      violations: [],
      resource: { type: "user", name: value },
      retryAfterMs: undefined,
    });
  });

  it.each<readonly [string, string]>(invalid)("refuses %j", async (value, description) => {
    expect(await failure(get[field](value))).toMatchObject({
      code: "INVALID_ARGUMENT",
      reason: "INVALID_REQUEST",
      violations: [{ field, description }],
    });
  });

  it("gives each of many concurrent calls its own answer", async () => {
    const users = await Promise.all(Array.from({ length: 40 }, () => createUser(server.current.users, everyField())));
    const asked = [...users, undefined, ...users, undefined];
    const answers = await Promise.all(
      asked.map((user) =>
        user
          ? get[field](of(user)).then((answer) => answer.user?.id)
          : failure(get[field](unknown())).then((error) => error.reason),
      ),
    );
    expect(answers).toEqual(asked.map((user) => user?.id ?? "USER_NOT_FOUND"));
  });
});

describe("GetUserByEmail", () => {
  const spellings = [
    ["letter case", "Zoë.Ångström@Example.COM", "zoË.åNGSTRÖM@eXAMPLE.com"],
    ["composed and decomposed letters", "ren\u00e9@example.org", "rene\u0301@example.org"],
    ["the Unicode and the ASCII form of the domain", "info@bücher.example", "info@XN--BCHER-KVA.example"],
    ["surrounding white space", "spaced@example.com", " \tspaced@example.com\n"],
  ];

  it.each(spellings)("makes no difference of %s", async (_name, email, asked) => {
    const created = await createUser(server.current.users, { email });
    expect(created.email).toBe(email);
    expect(await get.email(asked)).toEqual({ user: created });
  });

  it("names an address that nobody has without the white space around it, which may be more than trailers hold", async () => {
    const email = newEmail();
    const error = await failure(get.email(`${" ".repeat(100_000)}${email}`));
    expect(error).toMatchObject({ reason: "USER_NOT_FOUND", metadata: { email } });
  });
});

const ask = (user: User, consistency: ReadConsistency) => {
  const { users } = server.current;
  return Promise.all([
    call(users.getUser.bind(users), { id: user.id, consistency }),
    call(users.getUserByExternalId.bind(users), { externalId: user.externalId ?? "", consistency }),
    call(users.getUserByEmail.bind(users), { email: user.email, consistency }),
    call(users.batchGetUsers.bind(users), { ids: [user.id], consistency }),
  ]);
};

describe("a read that says how fresh it has to be", () => {
  const { UNSPECIFIED, STRONGEST, FASTEST } = ReadConsistency;
  it.each([UNSPECIFIED, STRONGEST, FASTEST])("is answered with what was acknowledged: %i", async (consistency) => {
    const user = await createUser(server.current.users, everyField());
    const all = { users: [user], notFoundIds: [] };
    expect(await ask(user, consistency)).toEqual([{ user }, { user }, { user }, all]);
  });

  it("is refused where it says what is not known", async () => {
    const user = await createUser(server.current.users, everyField());
    const error = await failure(ask(user, 3 as ReadConsistency));
    expect(error).toMatchObject({
      code: "INVALID_ARGUMENT",
      reason: "INVALID_REQUEST",
      violations: [
        { field: "consistency", description: "must be READ_CONSISTENCY_STRONGEST or READ_CONSISTENCY_FASTEST" },
      ],
    });
  });
});
