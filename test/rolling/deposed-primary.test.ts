import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  ApiKeyServiceClient,
  ListApiKeysRequest,
  RevokeApiKeyRequest,
} from "../../gen/ts/roster/v1/api_key_service.js";
import { OrganizationMembershipServiceClient } from "../../gen/ts/roster/v1/organization_membership_service.js";
import { goodPassword, verifyPassword } from "../support/authentication.js";
import { call, collect, eventually, failures } from "../support/call.js";
import { ReadConsistency } from "../../gen/ts/roster/v1/user_service.js";
import type { Event } from "../../gen/ts/roster/v1/event.js";
import { allEvents, eventPages, openWatch } from "../support/events.js";
import { exportRows } from "../support/exports.js";
import { createMembership, getMembership, membershipsOf } from "../support/memberships.js";
import { createOrganization, getOrganization, organizationsOf } from "../support/organizations.js";
import { listIdentities } from "../support/provisioning.js";
import { type DeposedPrimary, ReplicaSet } from "../support/replica-set.js";
import { startServer, type TestServer } from "../support/server.js";
import { createUser, deleteUser, getUser, listPages, newKey, updateUser } from "../support/users.js";

/** How often a primary is deposed. */
const rounds = Number(process.env.STALE_READ_ROUNDS ?? 1);

let set: ReplicaSet;
let server: TestServer;

beforeAll(async () => {
  // The deposed one goes on for a minute, and the new one does not wait for what it cannot hear of.
  set = await ReplicaSet.start({ electionTimeoutMillis: 60_000, catchUpTimeoutMillis: 0 });
  server = await startServer({ mongodbUri: set.uri, database: `test-${randomUUID().slice(0, 8)}` });
}, 60_000);

afterAll(async () => {
  await server?.stop();
  await set?.remove();
}, 60_000);

const membershipClient = (of: TestServer) => of.client(OrganizationMembershipServiceClient);
const keyClient = (of: TestServer) => of.client(ApiKeyServiceClient);

/** What was acknowledged before the primary was deposed, and is changed by its successor. */
const before = async () => {
  const external = { externalId: newKey() };
  const user = await createUser(server.users, { ...external, firstName: "Old", password: goodPassword });
  const organization = await createOrganization(organizationsOf(server));
  return { user, organization };
};

/** What its successor has acknowledged. */
const after = async ({ user, organization }: Awaited<ReturnType<typeof before>>) => {
  // A change that goes to the one before would have to wait for its end.
  await eventually(() => getUser(server.users, user.id));
  const changed = await updateUser(server.users, user.id, { firstName: "New", requestId: newKey() });
  const created = await createUser(server.users);
  const membership = await createMembership(membershipClient(server), {
    userId: created.id,
    organizationId: organization.id,
  });
  const keys = keyClient(server);
  const { apiKey } = await call(keys.createApiKey.bind(keys), {
    name: "new",
    scopes: ["users:read"],
    expiresAt: undefined,
  });
  // The last of these changes may still wait for its place.
  const isLast = ({ object }: Event) => object?.$case === "apiKey" && object.value.id === apiKey?.id;
  await expect.poll(async () => (await allEvents(server)).some(isLast), { timeout: 20_000 }).toBe(true);
  const events = await allEvents(server);
  return { changed, created, membership, keyId: apiKey?.id ?? "", cursor: events.at(-1)?.id ?? "" };
};

type Seen = Awaited<ReturnType<typeof before>> & Awaited<ReturnType<typeof after>>;

/** Every way to ask a server for what its primary does not know, or to be told that something is not there. */
const ways: Record<string, (of: TestServer, seen: Seen) => Promise<unknown>> = {
  "GetUser, changed": ({ users }, { user }) => getUser(users, user.id),
  "GetUser, created": ({ users }, { created }) => getUser(users, created.id),
  GetUserByExternalId: ({ users }, { user }) =>
    call(users.getUserByExternalId.bind(users), { externalId: user.externalId ?? "" }),
  "GetUserByEmail, created": ({ users }, { created }) =>
    call(users.getUserByEmail.bind(users), { email: created.email }),
  BatchGetUsers: ({ users }, { user, created }) =>
    call(users.batchGetUsers.bind(users), { ids: [user.id, created.id] }),
  ListUsers: ({ users }) => listPages(users),
  "ListUsers by ids": ({ users }, { user }) => listPages(users, { ids: [user.id] }),
  "ListUsers of an organization": ({ users }, { organization }) =>
    listPages(users, { organizationId: organization.id }),
  ExportUsers: ({ users }) => exportRows(users),
  ListIdentities: ({ users }, { created }) => listIdentities(users, created.id),
  "UpdateUser that changes nothing": ({ users }, { user }) => updateUser(users, user.id, { firstName: "Old" }),
  "UpdateUser with a revision": ({ users }, { user }) =>
    updateUser(users, user.id, { firstName: "Newer", expectedRevision: 2n }),
  "UpdateUser, created": ({ users }, { created }) => updateUser(users, created.id, { firstName: "Newer" }),
  "DeleteUser, created": ({ users }, { created }) => deleteUser(users, created.id),
  "CreateUser with an email that was taken": ({ users }, { user }) =>
    createUser(users, { email: user.email, requestId: newKey() }),
  VerifyPassword: (of, { created }) => verifyPassword(of, created.id, goodPassword),
  GetOrganizationMembership: (of, { membership }) => getMembership(membershipClient(of), membership.id),
  ListOrganizationMemberships: (of, { organization }) =>
    membershipsOf(membershipClient(of), { organizationId: organization.id }),
  GetOrganization: (of, { organization }) => getOrganization(organizationsOf(of), organization.id),
  ListApiKeys: (of) => collect(keyClient(of).listApiKeys(ListApiKeysRequest.fromPartial({}))),
  "RevokeApiKey, created": (of, { keyId }) => {
    const keys = keyClient(of);
    return call(keys.revokeApiKey.bind(keys), RevokeApiKeyRequest.fromPartial({ id: keyId }));
  },
  ListEvents: ({ address }) => eventPages(address),
  "WatchEvents from now": ({ address }) => openWatch(address),
  "WatchEvents from what another server delivered": ({ address }, { cursor }) => openWatch(address, { after: cursor }),
};

describe("a server whose primary was deposed and does not know it", () => {
  it(`answers nothing from before what was acknowledged, ${rounds} rounds`, { timeout: 120_000 * rounds }, async () => {
    for (let round = 0; round < rounds; round++) {
      const old = await before();
      const alone = await startServer({ mongodbUri: await set.primaryUri(), database: server.db.databaseName });
      let deposed: DeposedPrimary | undefined;
      try {
        expect(await getUser(alone.users, old.user.id)).toEqual(old.user);
        deposed = await set.deposePrimary();
        const seen = { ...old, ...(await after(old)) };
        const names = Object.keys(ways);
        const results = await Promise.allSettled(Object.values(ways).map((ask) => ask(alone, seen)));
        const answered = names.filter((_, i) => results[i]?.status === "fulfilled");
        expect(answered).toEqual([]);
        const codes = failures(results).map(({ code }, i) => `${names[i]}: ${code}`);
        expect(codes.filter((code) => !/: (UNAVAILABLE|DEADLINE_EXCEEDED)$/.test(code))).toEqual([]);
        // Where the fastest answer will do, it is as old as the primary that gives it.
        const asked = { id: old.user.id, consistency: ReadConsistency.FASTEST };
        expect(await call(alone.users.getUser.bind(alone.users), asked)).toEqual({ user: old.user });
        expect(await getUser(server.users, old.user.id)).toEqual(seen.changed);
      } finally {
        await deposed?.end();
        await alone.stop();
      }
    }
  });
});
