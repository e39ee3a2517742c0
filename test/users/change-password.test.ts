import { describe, expect, it } from "vitest";
import {
  credentialOf,
  goodPassword,
  hashMessage,
  invalidCredentials,
  oneOfEach,
  signIn,
  type Vector,
  verifyPassword,
} from "../support/authentication.js";
import { answers, failure, failures } from "../support/call.js";
import { allEvents, brief } from "../support/events.js";
import { goodHash } from "../support/password-refusals.js";
import { useServer } from "../support/server.js";
import { createUser, getUser, newKey, unusedId, updateUser } from "../support/users.js";

const server = useServer({ env: { ROSTER_BCRYPT_COST: "10" } });

const otherPassword = "staple of another kind";
const [{ password: importedPassword, ...imported }] = oneOfEach("plain") as [Vector];
type Change = Parameters<typeof updateUser>[2];
type Before = Pick<Change, "password" | "passwordHash">;

const types = ["user.updated", "user.password_changed"];
const eventsOf = async (userId: string) => (await allEvents(server.current, { userId, types })).map(brief);

describe("a change of the password", () => {
  const cases: [name: string, before: Before, change: Change, events: string[]][] = [
    ["that sets the first one", {}, { password: goodPassword }, ["user.password_changed 2"]],
    ["that sets the first one by a hash", {}, { passwordHash: goodHash }, ["user.password_changed 2"]],
    ["that replaces one", { password: goodPassword }, { password: otherPassword }, ["user.password_changed 2"]],
    ["that replaces a hash", { passwordHash: goodHash }, { password: otherPassword }, ["user.password_changed 2"]],
    ["that removes one", { password: goodPassword }, { removePassword: true }, ["user.password_changed 2"]],
    [
      "with other fields",
      { password: goodPassword },
      { password: otherPassword, name: "New" },
      ["user.updated 2", "user.password_changed 2"],
    ],
    [
      "with other fields, when it is removed",
      { password: goodPassword },
      { removePassword: true, firstName: "New" },
      ["user.updated 2", "user.password_changed 2"],
    ],
  ];

  it.each(cases)("%s has its event and a revision", async (_name, before, change, events) => {
    const { users } = server.current;
    const user = await createUser(users, before);
    const changed = await updateUser(users, user.id, { ...change, expectedRevision: 1n });
    const { name, firstName } = change;
    expect(changed).toEqual({ ...user, name, firstName, revision: 2n, updatedAt: changed.updatedAt });
    expect(changed.updatedAt).not.toEqual(user.updatedAt);
    expect(await getUser(users, user.id)).toEqual(changed);
    expect(await eventsOf(user.id)).toEqual(events);
    const [told] = (await allEvents(server.current, { userId: user.id, types: ["user.password_changed"] })).slice(-1);
    expect(told).toMatchObject({
      object: { $case: "user", value: changed },
      context: { previousAttributes: undefined },
    });
  });

  it("that removes it leaves no way to sign in by one", async () => {
    const { users } = server.current;
    const user = await createUser(users, { password: goodPassword });
    await updateUser(users, user.id, { removePassword: true });
    expect(await credentialOf(server.current, user.id)).toBeNull();
    expect(await failure(signIn(server.current, user.email, goodPassword))).toEqual(invalidCredentials);
    await updateUser(users, user.id, { password: otherPassword });
    expect((await signIn(server.current, user.email, otherPassword)).id).toBe(user.id);
  });
});

describe("what is no change of the password", () => {
  const cases: [name: string, before: Before, change: Change][] = [
    ["the same password again", { password: goodPassword }, { password: goodPassword }],
    ["the password of an imported hash", { passwordHash: hashMessage(imported) }, { password: importedPassword }],
    ["the hash that is there", { passwordHash: goodHash }, { passwordHash: goodHash }],
    ["a removal where there is none", {}, { removePassword: true }],
  ];

  it.each(cases)("writes nothing: %s", async (_name, before, change) => {
    const { users } = server.current;
    const user = await createUser(users, before);
    const credential = await credentialOf(server.current, user.id);
    expect(await updateUser(users, user.id, change)).toEqual(user);
    expect(await getUser(users, user.id)).toEqual(user);
    expect(await credentialOf(server.current, user.id)).toEqual(credential);
    const renamed = await updateUser(users, user.id, { ...change, name: "New" });
    expect(renamed).toMatchObject({ name: "New", revision: 2n });
    expect(await credentialOf(server.current, user.id)).toEqual(credential);
    expect(await eventsOf(user.id)).toEqual(["user.updated 2"]);
    const error = await failure(updateUser(users, user.id, { ...change, expectedRevision: 1n }));
    expect(error).toMatchObject({ reason: "REVISION_MISMATCH", metadata: { current_revision: "2" } });
  });

  it("is judged by the policy first", async () => {
    const { users } = server.current;
    const user = await createUser(users, { password: "zebulonfeatherstone" });
    const given = { password: "zebulonfeatherstone", name: "Zebulon Featherstone" };
    expect(await failure(updateUser(users, user.id, given))).toMatchObject({ reason: "PASSWORD_TOO_WEAK" });
    expect(await getUser(users, user.id)).toEqual(user);
  });
});

describe("a password that comes with the wrong revision", () => {
  it("is told of the revision first", async () => {
    const { users } = server.current;
    const { id } = await createUser(users);
    const error = await failure(updateUser(users, id, { password: "short", expectedRevision: 2n }));
    expect(error).toMatchObject({ code: "ABORTED", reason: "REVISION_MISMATCH", metadata: { current_revision: "1" } });
  });
});

describe("remove_password", () => {
  it.each([{ password: goodPassword }, { passwordHash: goodHash }, { password: goodPassword, passwordHash: goodHash }])(
    "is refused together with a password: %o",
    async (given) => {
      const { users } = server.current;
      const user = await createUser(users, { password: otherPassword });
      const error = await failure(updateUser(users, user.id, { ...given, removePassword: true }));
      expect(error).toMatchObject({
        code: "INVALID_ARGUMENT",
        reason: "INVALID_REQUEST",
        violations: [
          { field: "remove_password", description: "must not be given together with password or password_hash" },
        ],
      });
      expect(await verifyPassword(server.current, user.id, otherPassword)).toBe(true);
    },
  );

  it("of a user who does not exist says so", async () => {
    const error = await failure(updateUser(server.current.users, unusedId(), { removePassword: true }));
    expect(error).toMatchObject({ code: "NOT_FOUND", reason: "USER_NOT_FOUND" });
  });

  it("is a part of what a request id stands for", async () => {
    const { users } = server.current;
    const { id } = await createUser(users, { password: goodPassword });
    const requestId = newKey();
    const first = await updateUser(users, id, { removePassword: true, requestId });
    expect(await updateUser(users, id, { removePassword: true, requestId })).toEqual(first);
    expect(await failure(updateUser(users, id, { requestId }))).toMatchObject({ reason: "REQUEST_ID_REUSED" });
  });
});

describe("changes of one password at the same time, through two servers", () => {
  it("all succeed, the last one counts, and each has its event", async () => {
    const clients = [server.current.users, (await server.current.another()).users] as const;
    const user = await createUser(clients[0], { passwordHash: hashMessage(imported) });
    const passwords = Array.from({ length: 4 }, (_, i) => `${otherPassword} ${i}`);
    const results = await Promise.allSettled(
      passwords.map((password, i) => updateUser(clients[i % 2 === 0 ? 0 : 1], user.id, { password })),
    );
    expect(failures(results)).toEqual([]);
    const last = answers(results).findIndex(({ revision }) => revision === 5n);
    expect(await verifyPassword(server.current, user.id, passwords[last] as string)).toBe(true);
    expect(await eventsOf(user.id)).toEqual([2, 3, 4, 5].map((revision) => `user.password_changed ${revision}`));
  });
});
