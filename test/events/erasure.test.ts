import { Timestamp } from "mongodb";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { UserStatus } from "../../gen/ts/roster/v1/user.js";
import type { Event } from "../../gen/ts/roster/v1/event.js";
import { OrganizationMembershipStatus } from "../../gen/ts/roster/v1/organization_membership.js";
import { Eraser } from "../../src/mongo/events/erase.js";
import { goodPassword, signIn, verifyPassword } from "../support/authentication.js";
import { failure } from "../support/call.js";
import { clock } from "../support/clock.js";
import { allEvents, listEvents, openWatch } from "../support/events.js";
import { insertOrganization, provision } from "../support/provisioning.js";
import { type TestServer, useServer } from "../support/server.js";
import {
  createUser,
  deleteUser,
  eraseUser,
  everyField,
  newEmail,
  newKey,
  unusedId,
  updateUser,
} from "../support/users.js";

const server = useServer();
let other: TestServer;

beforeAll(async () => {
  other = await server.current.another();
});

const patience = { timeout: 40_000 };

/** Events as text, in which what must be gone is looked for. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "bigint" ? part.toString() : part instanceof Map ? [...part] : part,
  ).toLowerCase();

/** The texts of these that are in what is given. */
const leftIn = (value: unknown, texts: readonly string[]): string[] => {
  const text = textOf(value);
  return texts.filter((part) => text.includes(part.toLowerCase()));
};

/** What is stored, but for what is noted to find more by while the erasure goes on. */
const stored = async (): Promise<unknown[]> => {
  const { db } = server.current;
  const names = (await db.listCollections().toArray()).map(({ name }) => name);
  const kept = names.filter((name) => name !== "erasures" && !name.startsWith("system."));
  return Promise.all(kept.map(async (name) => ({ name, documents: await db.collection(name).find().toArray() })));
};

/** Waits until nothing of these texts is stored, nor told by either server. */
const expectGone = async (texts: readonly string[]): Promise<void> => {
  await vi.waitUntil(async () => leftIn(await stored(), texts).length === 0, patience);
  for (const { address } of [server.current, other]) {
    await vi.waitUntil(async () => leftIn(await listEvents(address), texts).length === 0, patience);
  }
};

const isErased = async (id: string): Promise<boolean> =>
  (await allEvents(server.current, { userId: id })).every(({ erased }) => erased);

/** Somebody of whom much is told: sign-ins of all kinds, an identity, a membership, two emails. */
const somebody = async () => {
  const { users, db } = server.current;
  const key = newKey();
  const organizationId = await insertOrganization(db, { [`${key}.example`]: "verified" });
  const [first, second] = [`first-${key}@example.com`, `second-${key}@${key}.example`];
  const origin = { ipAddress: "192.0.2.77", userAgent: `Browser ${key}` };
  const texts = { firstName: `Given ${key}`, name: `Whole ${key}`, externalId: `external-${key}` };
  await failure(signIn(server.current, first.toUpperCase(), "Wrong password 1", origin));
  const { id } = await createUser(users, { ...everyField(), ...texts, email: first, password: goodPassword });
  await signIn(server.current, first, goodPassword, origin);
  await failure(signIn(server.current, first, "Wrong password 2", origin));
  await verifyPassword(server.current, id, "Wrong password 3", origin);
  await updateUser(users, id, { email: second, emailVerified: true, metadata: new Map([["plan", `plan-${key}`]]) });
  await failure(signIn(server.current, first, "Wrong password 4", origin));
  const attributes = new Map([["team", `team-${key}`]]);
  await provision(users, { organizationId, idpId: `subject-${key}`, email: second, attributes });
  return { id, organizationId, key };
};

/** What stays of an event. */
const unchanged = ({ id, type, createdAt, context }: Event) => ({ id, type, createdAt, actor: context?.actor });

describe("DeleteUser with erase", () => {
  it("leaves ids, times and revisions in all events of the user and of sign-ins by the user's emails", async () => {
    const neighbour = await createUser(server.current.users, everyField());
    const { id, key, organizationId } = await somebody();
    const before = await allEvents(server.current);
    expect(leftIn(before, [key])).toEqual([key]);
    const watch = await openWatch(other.address, { after: before.at(-1)?.id as string });

    await eraseUser(server.current.users, id);
    const told = await watch.events(3);
    watch.cancel();
    expect(told.map(({ type, erased }) => [type, erased])).toEqual([
      ["identity.deleted", true],
      ["organization_membership.deleted", true],
      ["user.deleted", true],
    ]);
    expect(leftIn(told, [key])).toEqual([]);

    // The domain of the organization has the key as well, and is not the user's.
    const texts = ["first-", "second-", "Given ", "Whole ", "external-", "plan-", "team-", "subject-", "Browser "];
    await expectGone(texts.map((text) => text + key));

    const lists = await Promise.all([server.current, other].map(({ address }) => listEvents(address)));
    expect(lists[1]).toEqual(lists[0]);
    const after = lists[0] as Event[];
    expect(leftIn(after, [key])).toEqual([]);
    expect(after.map(unchanged)).toEqual([...before, ...told].map(unchanged));
    const ofUser = await listEvents(other.address, { userId: id });
    expect(ofUser.map(({ type }) => type)).toEqual([
      "user.created",
      "authentication.password_succeeded",
      "authentication.password_failed",
      "authentication.reauthentication_failed",
      "user.updated",
      "identity.created",
      "organization_membership.created",
      "authentication.sso_succeeded",
      ...told.map(({ type }) => type),
    ]);
    expect(ofUser.map(({ erased }) => erased)).toEqual(ofUser.map(() => true));
    // Two sign-ins found nobody: before the user had the address, and after.
    const failures = after.filter(({ type, erased }) => type === "authentication.password_failed" && erased);
    expect(failures.map(({ object }) => object?.$case === "authentication" && object.value.userId)).toEqual([
      undefined,
      id,
      undefined,
    ]);
    const [created] = ofUser;
    expect(created).toMatchObject({
      object: {
        $case: "user",
        value: { id, email: "", revision: 1n, metadata: new Map(), status: UserStatus.UNSPECIFIED },
      },
      context: { requestId: undefined, previousAttributes: undefined },
    });
    const membership = ofUser.find(({ type }) => type === "organization_membership.created");
    const unspecified = OrganizationMembershipStatus.UNSPECIFIED;
    expect(membership?.object).toMatchObject({
      value: { userId: id, organizationId, organizationName: "", role: "", status: unspecified, revision: 1n },
    });
    const [untouched] = await listEvents(other.address, { userId: neighbour.id });
    expect(untouched).toMatchObject({ erased: false, object: { value: { email: neighbour.email } } });
  });

  it("keeps the sign-ins of whoever has the address by then", async () => {
    const { users } = server.current;
    const email = newEmail();
    const { id } = await createUser(users, { email });
    await updateUser(users, id, { email: newEmail() });
    const heir = await createUser(users, { email });
    await failure(signIn(server.current, email, "Wrong password 5"));
    await eraseUser(users, id);
    await vi.waitUntil(() => isErased(id), patience);
    const events = await allEvents(server.current, { userId: heir.id });
    expect(events.map(({ type, erased }) => [type, erased])).toEqual([
      ["user.created", false],
      ["authentication.password_failed", false],
    ]);
  });

  it("finds sign-ins that were by another spelling of the address and found nobody", async () => {
    const { users } = server.current;
    const key = newKey();
    await failure(signIn(server.current, `ΣΊΣΥΦΟΣ-${key}@BÜCHER.example`, "Wrong password 6"));
    const { id } = await createUser(users, { email: `σίσυφος-${key}@xn--bcher-kva.example` });
    await eraseUser(users, id);
    await expectGone([key]);
  });

  it("answers with USER_NOT_FOUND what is remembered of the user, and remembers what was asked", async () => {
    const { users, db } = server.current;
    const key = newKey();
    const organizationId = await insertOrganization(db, { "remembered.example": "verified" });
    const request = { email: `${key}@remembered.example`, requestId: newKey() };
    const profile = { organizationId, email: request.email, idpId: key, requestId: newKey() };
    const { id } = await createUser(users, request);
    await provision(users, profile);
    const requestId = newKey();
    expect(await eraseUser(users, id, requestId)).toEqual({});
    await expectGone([key]);
    for (const client of [users, other.users]) {
      expect(await failure(createUser(client, request))).toMatchObject({ reason: "USER_NOT_FOUND", metadata: { id } });
      expect((await failure(provision(client, profile))).reason).toBe("USER_NOT_FOUND");
      expect((await failure(createUser(client, { ...request, name: "Other" }))).reason).toBe("REQUEST_ID_REUSED");
      expect(await eraseUser(client, id, requestId)).toEqual({});
      expect((await failure(deleteUser(client, id, requestId))).reason).toBe("REQUEST_ID_REUSED");
    }
    expect(
      (await listEvents(other.address, { userId: id })).filter(({ type }) => type === "user.deleted"),
    ).toHaveLength(1);
  });

  it("erases a user who was deleted before, however often it is asked to, and none that never was", async () => {
    const { users } = server.current;
    const { id, email } = await createUser(users, everyField());
    // More entries of the log than are read at once.
    for (let i = 0; i < 120; i++) await updateUser(users, id, { name: `Ada ${i}` });
    await deleteUser(users, id);
    expect(leftIn(await allEvents(server.current, { userId: id }), [email])).toEqual([email]);
    expect(await eraseUser(users, id)).toEqual({});
    await expectGone([email]);
    expect(await eraseUser(other.users, id)).toEqual({});
    expect((await failure(deleteUser(users, id))).reason).toBe("USER_NOT_FOUND");
    expect((await failure(eraseUser(users, unusedId()))).reason).toBe("USER_NOT_FOUND");
  });

  it("erases a user whom a server of the version before has deleted, as far as events tell", async () => {
    const { users, db } = server.current;
    const { id, email } = await createUser(users);
    await deleteUser(users, id);
    await db.collection<{ _id: string }>("deletedUsers").deleteOne({ _id: id });
    expect(await eraseUser(users, id)).toEqual({});
    await expectGone([email]);
  });

  it("goes on until calls that had begun before are over, and then forgets the addresses", async () => {
    const { users, db } = server.current;
    const { id, email } = await createUser(users);
    await eraseUser(users, id);
    await expectGone([email]);
    const erasures = db.collection<{ _id: string; emails: string[] }>("erasures");
    expect(await erasures.findOne({ _id: id })).toMatchObject({ emails: [email] });

    const about = { email, userId: id, ipAddress: "192.0.2.78" };
    const late = [{ type: "authentication.reauthentication_failed", authentication: about }];
    await db.collection("outbox").insertOne({ order: new Timestamp({ t: 1, i: 1 }), events: late });
    await allEvents(server.current);
    const ahead = { now: () => new Date(clock.now().getTime() + 35_000) };
    await new Eraser(db, ahead).run(new AbortController().signal);
    expect(await erasures.findOne({ _id: id })).toBeNull();
    expect((await listEvents(other.address, { userId: id })).map(({ type }) => type)).toContain(late[0]?.type);
    await expectGone([email, "192.0.2.78"]);
  });

  it("is written down as servers of the version before can deliver it", async () => {
    const { id } = await somebody();
    await eraseUser(server.current.users, id);
    await vi.waitUntil(() => isErased(id), patience);
    const entries = await server.current.db.collection("events").find({ userIds: id }).toArray();
    const events = entries.flatMap((entry) => entry.events).filter(({ erased }) => erased);
    // What their messages need of each kind of object.
    for (const { user, membership, authentication, type } of events) {
      if (user) expect(user, type).toMatchObject({ email: "", emailVerified: false, metadata: {} });
      else if (membership)
        expect(membership, type).toMatchObject({ organizationName: "", status: "inactive", role: "" });
      else expect(authentication, type).toMatchObject({ email: "" });
    }
  });
});
