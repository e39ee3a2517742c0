import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { goodPassword, signIn } from "../support/authentication.js";
import { failure } from "../support/call.js";
import { listEvents } from "../support/events.js";
import { describeRefusals, type Refusal, refusalError } from "../support/password-refusals.js";
import { useServer } from "../support/server.js";
import { createUser, newEmail, unusedId, updateUser } from "../support/users.js";

const server = useServer({ env: { ROSTER_BCRYPT_COST: "10" } });

const weak = (name: string, given: Refusal["given"], ...said: string[]): Refusal => ({
  name,
  given,
  reason: "PASSWORD_TOO_WEAK",
  field: "password",
  said,
});

const addWords = "Add more words that are less common.";
const ownWords = [
  "It holds a part of the user's email or name. Use words that have nothing to do with the user.",
  "There should not be any personal or page related data.",
  addWords,
];

describeRefusals(server, [
  weak("an empty password", { password: "" }, "It has 0 bytes of UTF-8. Use 8-72."),
  weak("a password of 7 bytes", { password: "gX9$kQ2" }, "It has 7 bytes of UTF-8. Use 8-72."),
  weak(
    "a password of 72 characters in 73 bytes",
    { password: `${"correct horse battery staple ".repeat(3).slice(0, 71)}é` },
    "must be at most 72 bytes of UTF-8, not 73",
  ),
  weak("a password with NUL", { password: `${goodPassword}\0` }, "must not contain the character NUL"),
  weak("a common password", { password: "password1" }, "This is a commonly used password.", addWords),
  weak(
    "a password that repeats itself",
    { password: "xyzxyzxyzxyz" },
    'Repeated character patterns like "abcabcabc" are easy to guess.',
    addWords,
    "Avoid repeated words and characters.",
  ),
  weak(
    "the user's names",
    { password: "zebulonfeatherstone", firstName: "Zebulon", lastName: "Featherstone" },
    ...ownWords,
  ),
  weak("the user's full name", { password: "zebulon featherstone", name: "Zebulon Featherstone" }, ...ownWords),
]);

describe("the user's own words", () => {
  const password = "zebulonfeatherstone";
  const ownWordsError = refusalError({ reason: "PASSWORD_TOO_WEAK", field: "password", said: ownWords });
  const [firstName, lastName] = ["Zebulon", "Featherstone"];

  it("are no reason to refuse another user's password", async () => {
    const user = await createUser(server.current.users, { password, firstName: "Ada" });
    expect((await signIn(server.current, user.email, password)).id).toBe(user.id);
  });

  it("are those of the email too", async () => {
    const email = `zebulon.featherstone@${randomUUID()}.example`;
    const error = await failure(createUser(server.current.users, { email, password }));
    expect(error).toMatchObject(ownWordsError);
    const user = await createUser(server.current.users, { email });
    const onUpdate = await failure(updateUser(server.current.users, user.id, { password }));
    expect(onUpdate).toEqual(error);
  });

  it("are the names that an update gives, and no more those that it takes away", async () => {
    const { users } = server.current;
    const user = await createUser(users);
    const error = await failure(updateUser(users, user.id, { password, firstName, lastName }));
    expect(error).toMatchObject(ownWordsError);
    await updateUser(users, user.id, { firstName, lastName });
    const renamed = await updateUser(users, user.id, { password, firstName: "", lastName: "Byron" });
    expect(renamed).toMatchObject({ firstName: undefined, lastName: "Byron", revision: 3n });
  });
});

describe("a refused request", () => {
  it("with wrong fields as well is told of these first", async () => {
    const error = await failure(createUser(server.current.users, { email: "", password: "short" }));
    expect(error).toMatchObject({
      reason: "INVALID_REQUEST",
      violations: [{ field: "email", description: "is required" }],
    });
  });

  it.each([goodPassword, "short"])("for a user that does not exist says so: %s", async (password) => {
    const error = await failure(updateUser(server.current.users, unusedId(), { password }));
    expect(error).toMatchObject({ code: "NOT_FOUND", reason: "USER_NOT_FOUND" });
  });

  it("has no event", async () => {
    const { users, address } = server.current;
    const email = newEmail();
    await failure(createUser(users, { email, password: "short" }));
    const created = await createUser(users, { email });
    await failure(updateUser(users, created.id, { password: "short", name: "New" }));
    await updateUser(users, created.id, { name: "Newer" });
    await expect
      .poll(async () => (await listEvents(address, { userId: created.id })).map(({ type }) => type))
      .toEqual(["user.created", "user.updated"]);
  });
});
