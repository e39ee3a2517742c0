import { describe, expect, it } from "vitest";
import type { Identity as IdentityMessage } from "../../gen/ts/roster/v1/identity.js";
import {
  DeleteConnectionIdentitiesRequest,
  ListConnectionIdentitiesRequest,
} from "../../gen/ts/roster/v1/user_service.js";
import { type Identity, identityId } from "../../src/directory/identity.js";
import { toDocument } from "../../src/mongo/documents.js";
import { call, collect, failure } from "../support/call.js";
import { allEvents } from "../support/events.js";
import { insertOrganization, listIdentities, provision } from "../support/provisioning.js";
import { useServer } from "../support/server.js";
import { createUser, deleteUser, getUser, newKey } from "../support/users.js";

const server = useServer();

/** Puts identities of these subjects into the database past the server. */
const insertIdentities = async (userId: string, connectionId: string, idpIds: readonly string[], attribute = "") => {
  const now = new Date();
  const documents = idpIds.map((idpId) =>
    toDocument<Identity>({
      id: identityId(connectionId, idpId),
      userId,
      connectionId,
      idpId,
      email: "ada@example.com",
      normalizedEmail: "ada@example.com",
      attributes: Object.fromEntries(Array.from({ length: attribute ? 50 : 0 }, (_, i) => [`k${i}`, attribute])),
      createdAt: now,
      lastSignInAt: now,
      revision: 1,
    }),
  );
  await server.current.db.collection<(typeof documents)[number]>("identities").insertMany(documents);
};

const pagesOf = async (given: Partial<ListConnectionIdentitiesRequest>) => {
  const request = ListConnectionIdentitiesRequest.fromPartial(given);
  return collect(server.current.users.listConnectionIdentities(request));
};
const subjects = (identities: readonly IdentityMessage[]) => identities.map(({ idpId }) => idpId);

const deleteAll = async (connectionId: string, requestId = ""): Promise<bigint> => {
  const { users } = server.current;
  const request = DeleteConnectionIdentitiesRequest.fromPartial({ connectionId, requestId });
  return (await call(users.deleteConnectionIdentities.bind(users), request)).deletedCount;
};

const get = (connectionId: string, idpId: string) => {
  const { users } = server.current;
  return call(users.getUserByIdentity.bind(users), { connectionId, idpId });
};

describe("GetUserByIdentity", () => {
  it("gives the user of the connection's subject", async () => {
    const domain = `${newKey()}.example`;
    const organizationId = await insertOrganization(server.current.db, { [domain]: "verified" });
    const idpId = newKey();
    const { user } = await provision(server.current.users, { organizationId, idpId, email: `ada@${domain}` });
    expect(await get("conn_1", idpId)).toEqual({ user });
    const absent = {
      code: "NOT_FOUND",
      message: "no user has an identity with this connection_id and idp_id",
      reason: "IDENTITY_NOT_FOUND",
      metadata: { connection_id: "conn_2", idp_id: idpId },
      resource: { type: "identity", name: `conn_2/${idpId}` },
    };
    expect(await failure(get("conn_2", idpId))).toMatchObject(absent);
    await deleteUser(server.current.users, user?.id as string);
    expect((await failure(get("conn_1", idpId))).reason).toBe("IDENTITY_NOT_FOUND");
  });

  it("refuses what breaks the rules of its fields", async () => {
    expect((await failure(get("", "a b"))).violations).toEqual([
      { field: "connection_id", description: "must be 1-128 printable ASCII characters without spaces" },
      { field: "idp_id", description: "must be 1-256 printable ASCII characters without spaces" },
    ]);
  });
});

describe("ListConnectionIdentities", () => {
  it("gives those of one connection in the order of idp_id, byte by byte, page after page", async () => {
    const { id } = await createUser(server.current.users);
    const connectionId = newKey();
    const idpIds = ["a", "a!", 'a"', "a#", "a\\", "A", "b", "~", "10", "9"];
    await insertIdentities(id, connectionId, idpIds);
    await insertIdentities(id, `${connectionId}x`, ["a"]);
    const sorted = idpIds.toSorted((x, y) => (x < y ? -1 : 1));
    const pages = await pagesOf({ connectionId, pageSize: 4 });
    expect(pages.map(({ identities }) => subjects(identities))).toEqual([
      sorted.slice(0, 4),
      sorted.slice(4, 8),
      sorted.slice(8),
    ]);
    expect(pages.map(({ listMetadata }) => listMetadata?.after)).toEqual([sorted[3], sorted[7], undefined]);
    expect(pages.map(({ listMetadata }) => listMetadata?.before)).toEqual([undefined, undefined, undefined]);
    const [rest] = await pagesOf({ connectionId, after: "a!!" });
    expect(subjects(rest?.identities ?? [])).toEqual(sorted.filter((idpId) => idpId > "a!!"));
    const limited = await pagesOf({ connectionId, limit: 3 });
    expect(limited.map(({ identities }) => subjects(identities))).toEqual([sorted.slice(0, 3)]);
  });

  it("is one empty page for a connection without any, and refuses what breaks the rules of its fields", async () => {
    const [page, ...rest] = await pagesOf({ connectionId: newKey() });
    expect([page?.identities, rest]).toEqual([[], []]);
    const given = { connectionId: "a b", pageSize: 1_001, limit: -1, after: "é" };
    expect((await failure(pagesOf(given))).violations.map(({ field }) => field)).toEqual([
      "connection_id",
      "page_size",
      "limit",
      "after",
    ]);
  });

  it("keeps messages below 4 MiB, however large identities are", async () => {
    const { id } = await createUser(server.current.users);
    const connectionId = newKey();
    await insertIdentities(
      id,
      connectionId,
      Array.from({ length: 60 }, (_, i) => `${100 + i}`),
      "€".repeat(600),
    );
    const pages = await pagesOf({ connectionId, pageSize: 1_000 });
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flatMap(({ identities }) => identities)).toHaveLength(60);
  });
});

describe("DeleteConnectionIdentities", () => {
  it("removes all of a connection, step by step, each with its event, and leaves the user and other connections", async () => {
    const { users, db } = server.current;
    const user = await createUser(users);
    const [connectionId, other] = [newKey(), newKey()];
    const idpIds = Array.from({ length: 1_100 }, (_, i) => `subject-${10_000 + i}`);
    await insertIdentities(user.id, connectionId, idpIds);
    await insertIdentities(user.id, other, ["a"]);
    const requestId = newKey();
    expect(await deleteAll(connectionId, requestId)).toBe(1_100n);
    expect(subjects(await listIdentities(users, user.id))).toEqual(["a"]);
    expect(await db.collection("identities").countDocuments({ connectionId })).toBe(0);
    expect(await getUser(users, user.id)).toEqual(user);
    const events = await allEvents(server.current, { userId: user.id, types: ["identity.deleted"] });
    expect(events.map(({ object }) => object?.$case === "identity" && object.value.idpId)).toEqual(idpIds);
    expect(new Set(events.map(({ context }) => context?.requestId))).toEqual(new Set([requestId]));

    await insertIdentities(user.id, connectionId, ["again"]);
    expect(await deleteAll(connectionId, requestId)).toBe(1_100n);
    expect(await db.collection("identities").countDocuments({ connectionId })).toBe(1);
    expect(await deleteAll(connectionId)).toBe(1n);
    expect(await deleteAll(connectionId)).toBe(0n);
  });

  it("shares the work of calls at the same time: each identity is removed and told once", async () => {
    const other = await server.current.another();
    const user = await createUser(server.current.users);
    const connectionId = newKey();
    await insertIdentities(
      user.id,
      connectionId,
      Array.from({ length: 200 }, (_, i) => `${i}`),
    );
    const counts = await Promise.all(
      Array.from({ length: 6 }, async (_, i) => {
        const { users } = i % 2 === 0 ? server.current : other;
        const request = DeleteConnectionIdentitiesRequest.fromPartial({ connectionId });
        return (await call(users.deleteConnectionIdentities.bind(users), request)).deletedCount;
      }),
    );
    expect(counts.reduce((sum, count) => sum + count, 0n)).toBe(200n);
    expect(await allEvents(server.current, { userId: user.id, types: ["identity.deleted"] })).toHaveLength(200);
  });
});
