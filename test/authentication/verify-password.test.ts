import { describe, expect, it } from "vitest";
import { ErrorReason } from "../../gen/ts/roster/v1/error_reason.js";
import { credentialOf, goodPassword, signIn, verifyPassword } from "../support/authentication.js";
import { failure } from "../support/call.js";
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

  it("has an event of either outcome, with the address and the program that were told", async () => {
    const user = await newUser();
    const origin = { ipAddress: "2001:DB8::1", userAgent: "curl" };
    await verifyPassword(server.current, user.id, goodPassword, origin);
    await verifyPassword(server.current, user.id, "wrong", origin);
    await verify(user.id, goodPassword);
    await verify(user.id, "wrong");
    const events = async () =>
      (await listEvents(server.current.address, { userId: user.id })).map(({ type, object }) => [type, object?.value]);
    await expect.poll(async () => (await events()).length).toBe(5);
    const about = { userId: user.id, email: user.email };
    const failed = { ...about, reason: ErrorReason.INVALID_CREDENTIALS };
    const unknown = { ipAddress: undefined, userAgent: undefined };
    expect((await events()).slice(1)).toEqual([
      ["authentication.reauthentication_succeeded", expect.objectContaining({ ...about, ...origin })],
      ["authentication.reauthentication_failed", expect.objectContaining({ ...failed, ...origin })],
      ["authentication.reauthentication_succeeded", expect.objectContaining({ ...about, ...unknown })],
      ["authentication.reauthentication_failed", expect.objectContaining({ ...failed, ...unknown })],
    ]);
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
        ["ip_address", "must be an IPv4 or IPv6 address"],
        ["user_agent", "must be at most 1024 characters"],
      ],
    ],
  ];

  it.each(wrong)("with %s is refused with all that is wrong", async (name, userId, password, violations) => {
    const more = name === "nothing" ? {} : { ipAddress: "here", userAgent: "x".repeat(1_025) };
    expect(await failure(verifyPassword(server.current, userId, password, more))).toMatchObject({
      code: "INVALID_ARGUMENT",
      reason: "INVALID_REQUEST",
      violations: violations.map(([field, description]) => ({ field, description })),
    });
  });
});
