import { beforeAll, describe, expect, it } from "vitest";
import type { User } from "../../gen/ts/roster/v1/user.js";
import { UserStatus } from "../../gen/ts/roster/v1/user.js";
import {
  credentialOf,
  goodPassword as password,
  hashMessage,
  invalidCredentials,
  oneOfEach,
  signIn,
  type Vector,
  verifyPassword,
} from "../support/authentication.js";
import { failure } from "../support/call.js";
import { allEvents } from "../support/events.js";
import { newDomain } from "../support/organizations.js";
import { insertMembership, insertOrganization, listIdentities, provision } from "../support/provisioning.js";
import { type TestServer, useServer } from "../support/server.js";
import { changeStatus, createUser, getUser, newEmail, newKey, unusedId, updateUser } from "../support/users.js";

const server = useServer({ env: { ROSTER_BCRYPT_COST: "10" } });
let other: TestServer;

beforeAll(async () => {
  other = await server.current.another();
});

const methods = [
  { method: "deactivateUser", status: UserStatus.INACTIVE, before: "USER_STATUS_ACTIVE" },
  { method: "reactivateUser", status: UserStatus.ACTIVE, before: "USER_STATUS_INACTIVE" },
] as const;

/** A user on whom the method has something to do. */
const userFor = async (method: (typeof methods)[number]["method"]): Promise<User> => {
  const { users } = server.current;
  const user = await createUser(users);
  return method === "deactivateUser" ? user : changeStatus(users, "deactivateUser", { id: user.id });
};

const inactive = async (given: Parameters<typeof createUser>[1]): Promise<User> => {
  const { id } = await createUser(server.current.users, given);
  return changeStatus(server.current.users, "deactivateUser", { id });
};

const userInactive = ({ id }: Pick<User, "id">) => ({
  code: "FAILED_PRECONDITION",
  message: "the user is inactive",
  reason: "USER_INACTIVE",
  domain: "roster",
  metadata: { id },
  violations: [],
  resource: undefined,
  retryAfterMs: undefined,
});

const typesOf = async (userId: string) =>
  (await allEvents(server.current, { userId })).map(({ type, object }) => {
    const reason = object?.$case === "authentication" ? object.value.reason : 0;
    return reason === 0 ? type : `${type} ${reason}`;
  });

describe("a user", () => {
  it("is active when created, also where the database does not say so", async () => {
    const { users, db } = server.current;
    const user = await createUser(users);
    expect(user.status).toBe(UserStatus.ACTIVE);
    expect(await db.collection<{ _id: string }>("users").findOne({ _id: user.id })).not.toHaveProperty("status");
  });

  it("keeps the status through other changes", async () => {
    const user = await inactive({ password });
    const changed = await updateUser(server.current.users, user.id, { email: newEmail(), name: "New" });
    expect(changed).toMatchObject({ status: UserStatus.INACTIVE, name: "New", revision: 3n });
  });
});

describe.each(methods)("$method", ({ method, status, before }) => {
  it("changes the status and nothing else, with an event that names the one before", async () => {
    const { users } = server.current;
    const user = await userFor(method);
    const changed = await changeStatus(users, method, { id: user.id, expectedRevision: user.revision });
    expect(changed).toEqual({ ...user, status, updatedAt: changed.updatedAt, revision: user.revision + 1n });
    expect(changed.updatedAt).not.toEqual(user.updatedAt);
    expect(await getUser(users, user.id)).toEqual(changed);
    const event = (await allEvents(server.current, { userId: user.id })).at(-1);
    expect(event).toMatchObject({
      type: "user.updated",
      object: { value: changed },
      context: { previousAttributes: { status: before } },
    });
  });

  it("returns a user who has the status already as it is, and writes nothing", async () => {
    const { users } = server.current;
    const { id } = await userFor(method);
    const changed = await changeStatus(users, method, { id });
    const events = await typesOf(id);
    expect(await changeStatus(users, method, { id, expectedRevision: changed.revision })).toEqual(changed);
    expect(await getUser(users, id)).toEqual(changed);
    expect(await typesOf(id)).toEqual(events);
    const error = await failure(changeStatus(users, method, { id, expectedRevision: 77n }));
    expect(error).toMatchObject({
      code: "ABORTED",
      reason: "REVISION_MISMATCH",
      metadata: { current_revision: String(changed.revision) },
    });
  });

  it("gives a repeated request the first answer, whatever came since", async () => {
    const { users } = server.current;
    const { id } = await userFor(method);
    const requestId = newKey();
    const first = await changeStatus(users, method, { id, requestId });
    await changeStatus(users, method === "deactivateUser" ? "reactivateUser" : "deactivateUser", { id });
    expect(await changeStatus(users, method, { id, requestId })).toEqual(first);
    expect((await getUser(users, id)).status).not.toBe(status);
  });

  it("fails for a user who does not exist, and names every field that breaks its rules", async () => {
    const { users } = server.current;
    const id = unusedId();
    expect(await failure(changeStatus(users, method, { id }))).toMatchObject({
      code: "NOT_FOUND",
      reason: "USER_NOT_FOUND",
      metadata: { id },
    });
    const wrong = await failure(changeStatus(users, method, { id: "", expectedRevision: 0n, requestId: " " }));
    expect(wrong.violations.map(({ field }) => field)).toEqual(["id", "expected_revision", "request_id"]);
  });
});

describe("an inactive user", () => {
  it("does not sign in with the right password, which sets nothing, and gets the usual answer to a wrong one", async () => {
    const user = await inactive({ password });
    expect(await failure(signIn(other, user.email, password))).toEqual(userInactive(user));
    expect(await failure(signIn(server.current, user.email, "wrong"))).toEqual(invalidCredentials);
    expect(await getUser(server.current.users, user.id)).toEqual(user);
    expect((await typesOf(user.id)).slice(2)).toEqual([
      "authentication.password_failed 43",
      "authentication.password_failed 23",
    ]);
  });

  it("keeps an imported hash as it came", async () => {
    const [{ password: old, ...vector }] = oneOfEach("plain") as [Vector];
    const user = await inactive({ passwordHash: hashMessage(vector) });
    const credential = await credentialOf(server.current, user.id);
    expect(await failure(signIn(server.current, user.email, old))).toEqual(userInactive(user));
    expect(await credentialOf(server.current, user.id)).toEqual(credential);
  });

  it("is told so by VerifyPassword too, after the right password", async () => {
    const user = await inactive({ password });
    expect(await failure(verifyPassword(server.current, user.id, password))).toEqual(userInactive(user));
    expect(await verifyPassword(server.current, user.id, "wrong")).toBe(false);
    expect((await typesOf(user.id)).slice(2)).toEqual([
      "authentication.reauthentication_failed 43",
      "authentication.reauthentication_failed 23",
    ]);
  });

  it("is throttled after right passwords as after wrong ones", async () => {
    const user = await inactive({ password });
    for (let i = 0; i < 10; i++) {
      expect(await failure(signIn(i % 2 === 0 ? server.current : other, user.email, password))).toEqual(
        userInactive(user),
      );
    }
    expect(await failure(signIn(server.current, user.email, password))).toMatchObject({ reason: "TOO_MANY_ATTEMPTS" });
  });

  it("signs in again once reactivated", async () => {
    const user = await inactive({ password });
    await failure(signIn(server.current, user.email, password));
    await changeStatus(server.current.users, "reactivateUser", { id: user.id });
    expect((await signIn(other, user.email, password)).id).toBe(user.id);
  });

  const memberships = ["none", "pending", "active", "inactive"] as const;

  it.each([
    ...memberships.map((membership) => ({ by: "a known identity", domain: "verified", membership }) as const),
    ...memberships.map((membership) => ({ by: "the email", domain: "verified", membership }) as const),
    ...memberships.map((membership) => ({ by: "the email", domain: "pending", membership }) as const),
  ])("does not come in by $by, domain $domain, membership $membership", async ({ by, domain, membership }) => {
    const { users, db } = server.current;
    const name = newDomain();
    const organizationId = await insertOrganization(db, { [name]: domain });
    const { id, email } = await createUser(users, { email: `ada@${name}`, emailVerified: true });
    const idpId = newKey();
    if (by === "a known identity") {
      await provision(users, { organizationId, idpId, email });
      await db.collection("memberships").deleteOne({ userId: id });
    }
    if (membership !== "none") await insertMembership(db, id, organizationId, membership);
    const user = await changeStatus(users, "deactivateUser", { id });
    const identities = await listIdentities(users, id);
    const stored = await db.collection("memberships").find({ userId: id }).toArray();
    const error = await failure(provision(users, { organizationId, idpId, email, firstName: "Eve" }));
    expect(error).toEqual(userInactive(user));
    expect(await getUser(users, id)).toEqual(user);
    expect((await typesOf(id)).at(-1)).toBe("authentication.sso_failed 43");
    expect(await listIdentities(users, id)).toEqual(identities);
    expect(await db.collection("memberships").find({ userId: id }).toArray()).toEqual(stored);
  });
});

describe("a deactivation at the same time as sign-ins", () => {
  it("lets none in that begins after it, and the user stays inactive", async () => {
    for (let round = 0; round < 3; round++) {
      const { id, email } = await createUser(server.current.users, { password });
      const signIns = Promise.allSettled(
        Array.from({ length: 4 }, (_, i) => signIn(i % 2 === 0 ? server.current : other, email, password)),
      );
      const user = await changeStatus(other.users, "deactivateUser", { id });
      expect(await failure(signIn(server.current, email, password))).toEqual(userInactive(user));
      await signIns;
      expect(await getUser(server.current.users, id)).toMatchObject({ status: UserStatus.INACTIVE, revision: 2n });
    }
  });
});
