import { describe, expect, it } from "vitest";
import { ErrorReason } from "../../gen/ts/roster/v1/error_reason.js";
import { authentication, credentialOf, goodPassword, signIn, verifyPassword } from "../support/authentication.js";
import { call, failure } from "../support/call.js";
import { listEvents } from "../support/events.js";
import { goodHash } from "../support/password-refusals.js";
import { useServer } from "../support/server.js";
import { createUser, deleteUser, getUser, unusedId, updateUser } from "../support/users.js";

const server = useServer({ env: { ROSTER_BCRYPT_COST: "10" } });

const verify = (userId: string, password: string) => verifyPassword(server.current, userId, password);
const newUser = () => createUser(server.current.users, { password: goodPassword });

describe("VerifyPassword", () => {
  it("tells the right password from wrong ones, and is no sign-in", async () => {
    const user = await newUser();
    const credential = await credentialOf(server.current, user.id);
    expect(await verify(user.id, goodPassword)).toBe(true);
    for (const wrong of [`${goodPassword} `, goodPassword.toUpperCase(), "x"]) {
      expect(await verify(user.id, wrong)).toBe(false);
    }
    expect(await getUser(server.current.users, user.id)).toEqual(user);
    expect(user.lastSignInAt).toBeUndefined();
    expect(await credentialOf(server.current, user.id)).toEqual(credential);
  });

  it("leaves the time of the last sign-in", async () => {
    const user = await newUser();
    const signedIn = await signIn(server.current, user.email, goodPassword);
    expect(await verify(user.id, goodPassword)).toBe(true);
    expect(await getUser(server.current.users, user.id)).toEqual(signedIn);
  });

  it("says false for a user without a password", async () => {
    const user = await createUser(server.current.users);
    expect(await verify(user.id, goodPassword)).toBe(false);
  });

  it("knows a new password at once, and not the old one", async () => {
    const user = await newUser();
    await updateUser(server.current.users, user.id, { passwordHash: goodHash });
    expect(await verify(user.id, goodPassword)).toBe(false);
    expect(await verify(user.id, "correct horse battery staple")).toBe(true);
  });

  it("says USER_NOT_FOUND of a user who never was, and of one who is gone", async () => {
    const user = await newUser();
    await deleteUser(server.current.users, user.id);
    for (const id of [unusedId(), user.id]) {
      expect(await failure(verify(id, goodPassword))).toMatchObject({
        code: "NOT_FOUND",
        reason: "USER_NOT_FOUND",
        metadata: { user_id: id },
        resource: { type: "user", name: id },
      });
    }
  });

  it("has an event of each failure, and none of a success", async () => {
    const user = await newUser();
    await verify(user.id, goodPassword);
    await verify(user.id, "wrong");
    await updateUser(server.current.users, user.id, { name: "Last" });
    const events = () => listEvents(server.current.address, { userId: user.id });
    await expect.poll(async () => (await events()).length).toBe(3);
    const [, failed] = await events();
    expect((await events()).map(({ type }) => type)).toEqual([
      "user.created",
      "authentication.password_failed",
      "user.updated",
    ]);
    expect(failed?.object?.value).toEqual({
      userId: user.id,
      email: user.email,
      ipAddress: undefined,
      userAgent: undefined,
      lastSignInAt: undefined,
      reason: ErrorReason.INVALID_CREDENTIALS,
    });
  });
});

describe("a request of VerifyPassword", () => {
  const wrong: [name: string, userId: string, password: string, violations: [string, string][]][] = [
    [
      "nothing",
      "",
      "",
      [
        ["user_id", "is required"],
        ["password", "is required"],
      ],
    ],
    [
      "everything wrong",
      "ada",
      "x".repeat(4_097),
      [
        ["user_id", "must be user_ and a ULID of 26 characters"],
        ["password", "must be at most 4096 bytes"],
      ],
    ],
  ];

  it.each(wrong)("with %s is refused with all that is wrong", async (_name, userId, password, violations) => {
    const client = authentication(server.current);
    expect(await failure(call(client.verifyPassword.bind(client), { userId, password }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      reason: "INVALID_REQUEST",
      violations: violations.map(([field, description]) => ({ field, description })),
    });
  });
});
