import { randomUUID } from "node:crypto";
import { type Db, type Document, MongoClient, ObjectId } from "mongodb";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { ApiKeyServiceClient, CreateApiKeyRequest } from "../../gen/ts/roster/v1/api_key_service.js";
import { OrganizationMembershipServiceClient } from "../../gen/ts/roster/v1/organization_membership_service.js";
import { OrganizationServiceClient } from "../../gen/ts/roster/v1/organization_service.js";
import { timeOfId } from "../../src/directory/id.js";
import { toTimestamp } from "../../src/rpc/timestamp.js";
import { apiKeysIn, askingCallers, withKey } from "../support/api-keys.js";
import { goodPassword, signIn } from "../support/authentication.js";
import { call, eventually, failure } from "../support/call.js";
import { listEvents, settled } from "../support/events.js";
import { brief, createOnly, importRows, newRows, row } from "../support/imports.js";
import { createMembership } from "../support/memberships.js";
import { createOrganization, newDomain, verified } from "../support/organizations.js";
import { provision } from "../support/provisioning.js";
import { startServer, type TestServer } from "../support/server.js";
import { createUser, deleteUser, getUser, newEmail, newKey, updateUser } from "../support/users.js";
import { rightNow, setClock, setClockRight } from "../support/wrong-clock.js";

const [second, hour, day] = [1_000, 60 * 60_000, 24 * 60 * 60_000];
/** So many milliseconds from now, by a clock that is right. */
const at = (ms: number) => toTimestamp(new Date(rightNow() + ms));
const id = /^(?:user|org|om|event|key)_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Every time that a document holds, by its path: dates, and those within ids. */
const timesIn = (value: unknown, path: string): [path: string, time: number][] => {
  if (value instanceof Date) return [[path, value.getTime()]];
  if (value instanceof ObjectId) return [[path, value.getTimestamp().getTime()]];
  if (typeof value === "string") return id.test(value) ? [[path, timeOfId(value).getTime()]] : [];
  if (value === null || typeof value !== "object" || "_bsontype" in value) return [];
  return Object.entries(value).flatMap(([name, part]) => timesIn(part, `${path}.${name.replace(/^\d+$/, "*")}`));
};

/** Of names, whose times say nothing: the place before the first event, and what tells attempts apart. */
const meansNothing = ([path, time]: readonly [string, number]): boolean =>
  time === 0 || /^attempts\..*\.id$/.test(path);

/** Every time that the database holds. */
const timesOf = async (db: Db): Promise<[path: string, time: number][]> => {
  const collections = await db.listCollections({}, { nameOnly: true }).toArray();
  const documents = collections.map(async ({ name }) =>
    (await db.collection(name).find<Document>({}).toArray()).flatMap((document) => timesIn(document, name)),
  );
  return (await Promise.all(documents)).flat().filter((each) => !meansNothing(each));
};

describe.each([
  ["100 days ahead", 100 * day],
  ["an hour behind", -hour],
])("a server whose clock is %s", (_name, offMs) => {
  const database = `test-${randomUUID().slice(0, 8)}`;
  const startedAt = rightNow();
  const remembered = { email: newEmail(), requestId: newKey() };
  const lines: string[] = [];
  let mongo: MongoClient;
  let db: Db;
  let server: TestServer;
  let before: { readonly userId: string; readonly eventIds: string[] };
  let keys: Record<"lasting" | "over", { readonly secret: string }>;

  beforeAll(async () => {
    mongo = await MongoClient.connect(inject("mongodbUri"));
    db = mongo.db(database);
    const right = await startServer({ database });
    const { id: userId } = await createUser(right.users, remembered);
    await settled(db);
    await createUser(right.users);
    await settled(db);
    const apiKeys = apiKeysIn(db);
    const make = (expiresAt: Date) => apiKeys.create({ name: "test", scopes: ["admin"], expiresAt });
    keys = { lasting: await make(new Date(rightNow() + hour)), over: await make(new Date(rightNow() + second)) };
    await settled(db);
    before = { userId, eventIds: (await listEvents(right.address)).map((event) => event.id) };
    await right.stop();
    setClock(offMs);
    server = await startServer({ database, env: { ROSTER_BCRYPT_COST: "10" }, log: (line) => lines.push(line) });
  });

  afterAll(async () => {
    await server?.stop();
    setClockRight();
    await db?.dropDatabase();
    await mongo?.close();
  });

  it("says so", async () => {
    expect(
      lines.map((line) => JSON.parse(line)).filter(({ level, msg }) => level === "warn" && /clock/.test(msg)),
    ).toEqual([expect.objectContaining({ offsetSeconds: offMs / second })]);
  });

  it("drops no event that is to be kept, and goes on behind the last one", async () => {
    const { id: userId } = await createUser(server.users);
    await settled(db);
    const events = await listEvents(server.address);
    expect(events.map((event) => event.id).slice(0, before.eventIds.length)).toEqual(before.eventIds);
    expect(events).toHaveLength(before.eventIds.length + 1);
    const range = {
      rangeStart: toTimestamp(new Date(startedAt)),
      rangeEnd: at(second),
    };
    expect(await listEvents(server.address, range)).toEqual(events);
    expect((await getUser(server.users, userId)).id > before.userId).toBe(true);
  });

  it("remembers what was asked before, and is remembered", async () => {
    expect((await createUser(server.users, remembered)).id).toBe(before.userId);
    const asked = { email: newEmail(), requestId: newKey() };
    const { id: userId } = await createUser(server.users, asked);
    expect((await createUser(server.users, asked)).id).toBe(userId);
  });

  it("lets API keys in for as long as they are good, and no longer", async () => {
    const asking = await server.another({ env: askingCallers });
    const lasting = asking.client(ApiKeyServiceClient, withKey(keys.lasting));
    const over = asking.client(ApiKeyServiceClient, withKey(keys.over));
    const list = { pageSize: 0, limit: 0, order: 0, after: "", before: "" };
    const use = (client: ApiKeyServiceClient) => client.listApiKeys(list).toArray();
    await use(lasting);
    await eventually(async () => expect(await failure(use(over))).toMatchObject({ reason: "API_KEY_EXPIRED" }));
    const create = (expiresInMs: number) => {
      const key = CreateApiKeyRequest.fromPartial({ name: "new", scopes: ["users:read"] });
      const request = { ...key, expiresAt: at(expiresInMs) };
      return call(lasting.createApiKey.bind(lasting), request);
    };
    expect((await create(10 * second)).apiKey?.expiresAt).toBeDefined();
    expect(await failure(create(-10 * second))).toMatchObject({ reason: "INVALID_REQUEST" });
    // Notes when the keys were used last.
    await asking.stop();
  });

  it("takes from an import what is not in the future, and nothing else", async () => {
    const rows = [-second, 2 * hour].flatMap((ms) => [row({ createdAt: at(ms) }), row({ lastSignInAt: at(ms) })]);
    expect((await importRows(server.users, createOnly, rows)).map(brief)).toEqual([
      "CREATED",
      "CREATED",
      "REJECTED INVALID_REQUEST",
      "REJECTED INVALID_REQUEST",
    ]);
  });

  it("dates nothing that it stores otherwise than the database does", { timeout: 120_000 }, async () => {
    const { users } = server;
    const organizations = server.client(OrganizationServiceClient);
    const memberships = server.client(OrganizationMembershipServiceClient);
    const user = await createUser(users, { password: goodPassword, requestId: newKey() });
    await signIn(server, user.email, goodPassword);
    await failure(signIn(server, user.email, "wrong horse battery"));
    await updateUser(users, user.id, { name: "Ada", requestId: newKey() });
    const domain = newDomain();
    const { id: organizationId } = await createOrganization(organizations, { domains: [verified(domain)] });
    await createMembership(memberships, { userId: user.id, organizationId, status: 2 });
    await provision(users, { organizationId, email: `ada@${domain}` });
    await importRows(users, createOnly, newRows(3));
    await deleteUser(users, (await createUser(users)).id);
    await settled(db);

    const times = await timesOf(db);
    const now = rightNow();
    const paths = new Set(times.map(([path]) => path));
    for (const path of [
      ...["users._id", "users.createdAt", "users.updatedAt", "users.lastSignInAt", "organizations._id"],
      ...["memberships._id", "memberships.createdAt", "identities.createdAt", "identities.lastSignInAt", "events.last"],
      ...["requests.expiresAt", "guards.expiresAt", "attempts.expiresAt", "apiKeys.lastUsedAt", "apiKeys._id"],
      ...["servers.heartbeatAt"],
    ]) {
      expect(paths).toContain(path);
    }
    const isRight = ([path, time]: readonly [string, number]): boolean =>
      path.endsWith(".expiresAt")
        ? time >= startedAt - second && time <= now + day + second
        : time >= startedAt - second && time <= now + second;
    expect(times.filter((each) => !isRight(each))).toEqual([]);
  });
});
