import { describe, expect, it } from "vitest";
import { UserStatus } from "../../gen/ts/roster/v1/user.js";
import { call, failure } from "../support/call.js";
import { useServer } from "../support/server.js";
import { createUser, deleteUser, everyField, getUser, newEmail, newKey } from "../support/users.js";

const server = useServer();

describe("CreateUser", () => {
  it("returns the user as it is kept, with everything that was given", async () => {
    const given = everyField();
    const started = Date.now();
    const created = await createUser(server.current.users, given);
    expect(created).toEqual({
      ...given,
      id: expect.stringMatching(/^user_[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
      lastSignInAt: undefined,
      createdAt: created.updatedAt,
      updatedAt: created.createdAt,
      revision: 1n,
      status: UserStatus.ACTIVE,
    });
    const createdAt = Number(created.createdAt?.seconds) * 1_000 + (created.createdAt?.nanos ?? 0) / 1_000_000;
    expect(createdAt).toBeGreaterThanOrEqual(started);
    expect(createdAt).toBeLessThanOrEqual(Date.now());
    expect(await getUser(server.current.users, created.id)).toEqual(created);
  });

  it("leaves absent what was not given or given empty", async () => {
    const email = newEmail();
    const empty = { firstName: "", lastName: "", name: "", profilePictureUrl: "", externalId: "", locale: "" };
    const created = await createUser(server.current.users, { email, ...empty });
    const { id, createdAt, updatedAt, metadata, ...rest } = created;
    expect(metadata).toEqual(new Map());
    expect(rest).toEqual({ email, emailVerified: false, revision: 1n, status: UserStatus.ACTIVE });
    expect(await getUser(server.current.users, id)).toEqual(created);
    expect(createdAt).toEqual(updatedAt);
  });

  it("keeps an email as it was given, without the white space around it", async () => {
    const email = `Ada.${newKey()}@Example.com`;
    expect((await createUser(server.current.users, { email: ` ${email}\t` })).email).toBe(email);
  });

  it("stores a language tag in its canonical form", async () => {
    expect((await createUser(server.current.users, { locale: "EN-us" })).locale).toBe("en-US");
  });

  it("lets any number of users have no external id", async () => {
    const [a, b] = [await createUser(server.current.users), await createUser(server.current.users)];
    expect([a.externalId, b.externalId]).toEqual([undefined, undefined]);
  });

  it("makes ids that sort by creation", async () => {
    const ids: string[] = [];
    for (let i = 0; i < 20; i++) ids.push((await createUser(server.current.users)).id);
    expect(ids).toEqual(ids.toSorted());
  });

  const taken = [
    {
      name: "an email, in another spelling",
      first: { email: "Taken.Ä@Example.com" },
      second: { email: "taken.a\u0308@EXAMPLE.com" },
      error: {
        message: "another user has this email",
        reason: "EMAIL_NOT_AVAILABLE",
        metadata: { email: "taken.a\u0308@EXAMPLE.com" },
        resource: { type: "user", name: "taken.a\u0308@EXAMPLE.com" },
      },
    },
    {
      name: "an external id",
      first: { externalId: "taken-42" },
      second: { externalId: "taken-42" },
      error: {
        message: "another user has this external_id",
        reason: "EXTERNAL_ID_ALREADY_USED",
        metadata: { external_id: "taken-42" },
        resource: { type: "user", name: "taken-42" },
      },
    },
  ];

  it.each(taken)(
    "refuses $name that another user has, until that user is deleted",
    async ({ first, second, error }) => {
      const { users } = server.current;
      const { id } = await createUser(users, first);
      expect(await failure(createUser(users, second))).toEqual({
        code: "ALREADY_EXISTS",
        domain: "roster",
        violations: [],
        retryAfterMs: undefined,
        ...error,
      });
      await deleteUser(users, id);
      expect(await createUser(users, second)).toMatchObject(second);
    },
  );

  it("compares external ids byte for byte", async () => {
    const key = newKey();
    await createUser(server.current.users, { externalId: `${key}-a` });
    expect(await createUser(server.current.users, { externalId: `${key}-A` })).toMatchObject({
      externalId: `${key}-A`,
    });
  });

  it("names every field that breaks its rules, and creates nothing", async () => {
    const { users } = server.current;
    const externalId = newKey();
    const error = await failure(
      createUser(users, {
        email: "nobody",
        firstName: "x".repeat(257),
        profilePictureUrl: "ftp://example.com",
        externalId,
        metadata: new Map([["", "x"]]),
        locale: "not a locale",
        requestId: "a b",
      }),
    );
    expect(error).toMatchObject({
      code: "INVALID_ARGUMENT",
      reason: "INVALID_REQUEST",
      message: "email: must be an email address, like ada@example.com (and 5 more)",
      violations: [
        { field: "email", description: "must be an email address, like ada@example.com" },
        { field: "first_name", description: "must be at most 256 characters" },
        { field: "profile_picture_url", description: "must be an absolute http or https URL" },
        { field: "locale", description: "must be a BCP 47 language tag, like en-US" },
        { field: 'metadata[""]', description: "key must be 1-40 characters" },
        { field: "request_id", description: "must be 1-64 printable ASCII characters without spaces" },
      ],
    });
    const { reason } = await failure(call(users.getUserByExternalId.bind(users), { externalId }));
    expect(reason).toBe("USER_NOT_FOUND");
  });
});
