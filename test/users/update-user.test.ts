import { beforeEach, describe, expect, it } from "vitest";
import type { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import type { User } from "../../gen/ts/roster/v1/user.js";
import { failure } from "../support/call.js";
import { useServer } from "../support/server.js";
import { createUser, everyField, getUser, newEmail, newKey, unusedId, updateUser } from "../support/users.js";

const server = useServer();
let users: UserServiceClient;
let user: User;

beforeEach(async () => {
  users = server.current.users;
  user = await createUser(users, everyField());
});

/** Makes a change and expects that it changed what it should and nothing else, once, and for good. */
const expectChange = async (given: Parameters<typeof updateUser>[2], change: Partial<User>): Promise<void> => {
  const changed = await updateUser(users, user.id, given);
  expect(changed).toEqual({ ...user, ...change, revision: user.revision + 1n, updatedAt: expect.anything() });
  expect(await getUser(users, user.id)).toEqual(changed);
};

describe("UpdateUser", () => {
  it("changes every field that is given", async () => {
    const given = {
      email: newEmail(),
      emailVerified: true,
      firstName: "Augusta",
      lastName: "King",
      name: "Augusta Ada King",
      profilePictureUrl: "https://example.com/king.png",
      externalId: newKey(),
      locale: "fr-FR",
    };
    await expectChange(given, given);
  });

  const texts = ["firstName", "lastName", "name", "profilePictureUrl", "externalId", "locale"] as const;

  it.each(texts)("removes %s when it is given empty and leaves the rest", async (field) => {
    await expectChange({ [field]: "" }, { [field]: undefined });
  });

  it.each(["firstName", "lastName", "name"] as const)("changes %s alone", async (field) => {
    await expectChange({ [field]: "New" }, { [field]: "New" });
  });

  it("moves updated_at and keeps created_at", async () => {
    const before = Date.now();
    const changed = await updateUser(users, user.id, { name: "New" });
    expect(Number(changed.updatedAt?.seconds)).toBeGreaterThanOrEqual(Math.floor(before / 1_000));
    expect(changed.createdAt).toEqual(user.createdAt);
  });

  it("frees the external id that it removes", async () => {
    const { externalId } = user;
    await updateUser(users, user.id, { externalId: "" });
    expect(await createUser(users, { externalId })).toMatchObject({ externalId });
  });

  const verifications = [
    { name: "another email", given: () => ({ email: newEmail() }), verified: false },
    { name: "another email and true", given: () => ({ email: newEmail(), emailVerified: true }), verified: true },
    { name: "another email and false", given: () => ({ email: newEmail(), emailVerified: false }), verified: false },
    { name: "another spelling", given: () => ({ email: user.email.toUpperCase() }), verified: true },
    { name: "another spelling and false", given: () => ({ email: user.email.toUpperCase(), emailVerified: false }) },
    { name: "false alone", given: () => ({ emailVerified: false }), verified: false },
  ];

  it.each(verifications)("sets email_verified for $name", async ({ given, verified = false }) => {
    const fields = given();
    await expectChange(fields, { ...fields, emailVerified: verified });
  });

  it("refuses an email or external id of another user and changes nothing", async () => {
    const other = await createUser(users, everyField());
    const email = other.email.toUpperCase();
    expect(await failure(updateUser(users, user.id, { email, name: "New" }))).toMatchObject({
      code: "ALREADY_EXISTS",
      reason: "EMAIL_NOT_AVAILABLE",
      metadata: { email },
      resource: { type: "user", name: email },
    });
    const externalId = other.externalId as string;
    expect(await failure(updateUser(users, user.id, { externalId, name: "New" }))).toMatchObject({
      code: "ALREADY_EXISTS",
      reason: "EXTERNAL_ID_ALREADY_USED",
      metadata: { external_id: externalId },
      resource: { type: "user", name: externalId },
    });
    expect(await getUser(users, user.id)).toEqual(user);
  });

  it("answers NOT_FOUND for a user that does not exist", async () => {
    const id = unusedId();
    expect(await failure(updateUser(users, id, { name: "New" }))).toMatchObject({
      code: "NOT_FOUND",
      reason: "USER_NOT_FOUND",
      metadata: { id },
      resource: { type: "user", name: id },
    });
  });

  it("names every field that breaks its rules, and changes nothing", async () => {
    const given = {
      email: "",
      firstName: "x".repeat(257),
      locale: "?",
      metadata: new Map([["plan", "x".repeat(601)]]),
      removeMetadata: ["team", "plan"],
      expectedRevision: 0n,
      requestId: "x".repeat(65),
    };
    const { violations } = await failure(updateUser(users, user.id, given));
    expect(violations).toEqual([
      { field: "email", description: "is required" },
      { field: "first_name", description: "must be at most 256 characters" },
      { field: "locale", description: "must be a BCP 47 language tag, like en-US" },
      { field: 'metadata["plan"]', description: "value must be at most 600 characters" },
      { field: "remove_metadata[1]", description: "must not be a key that metadata has as well" },
      { field: "expected_revision", description: "must be 1 or more" },
      { field: "request_id", description: "must be 1-64 printable ASCII characters without spaces" },
    ]);
    expect(await getUser(users, user.id)).toEqual(user);
  });
});
