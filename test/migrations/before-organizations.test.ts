import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { BSON, type Document, MongoClient, Timestamp } from "mongodb";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { OrganizationMembershipServiceClient } from "../../gen/ts/roster/v1/organization_membership_service.js";
import { ProvisionUserResponse_Outcome } from "../../gen/ts/roster/v1/user_service.js";
import { UserStatus } from "../../gen/ts/roster/v1/user.js";
import { signIn } from "../support/authentication.js";
import { listEvents, settled } from "../support/events.js";
import { membershipsOf } from "../support/memberships.js";
import { migrated } from "../support/migrations.js";
import { listIdentities, provision } from "../support/provisioning.js";
import { startServer, type TestServer } from "../support/server.js";
import { getUser } from "../support/users.js";

/**
 * What two servers wrote side by side: one of commit e892333, the last without organizations, and one of commit 789d27c.
 * The older one created four users, deleted two of them (bob, cid) that the newer one had attached to an organization, and
 * was killed with the newer one while events waited for their place. The answers are those of the older one.
 */
const lines = readFileSync(new URL("before-organizations.ndjson", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => BSON.EJSON.parse(line));
const written = (collection: string): Document[] =>
  lines.filter((line) => line.collection === collection).map(({ document }) => document);

const userIdOf = (name: string): string => {
  const created = [...written("events"), ...written("outbox")]
    .flatMap(({ events }) => events)
    .find(({ type, user }) => type === "user.created" && user.email.toLowerCase() === `${name}@example.com`);
  return created.user.id;
};
const [bob, cid, dora] = ["bob", "cid", "dora"].map(userIdOf) as [string, string, string];
const organizationId = written("organizations")[0]?._id as string;

const database = `test-${randomUUID().slice(0, 8)}`;
const mongo = new MongoClient(inject("mongodbUri"));
let server: TestServer;

beforeAll(async () => {
  for (const name of new Set(lines.flatMap(({ collection }) => collection ?? []))) {
    // The clock of this database may be behind the one that told the order.
    const documents = written(name).map(({ order, ...rest }) =>
      order ? { ...rest, order: new Timestamp({ t: 1, i: order.low }) } : rest,
    );
    await mongo.db(database).collection(name).insertMany(documents);
  }
  server = await startServer({ database, env: { ROSTER_EVENT_RETENTION: "3650d", ROSTER_BCRYPT_COST: "10" } });
  await migrated(server.db, "0001-identities-of-deleted-users", "0002-memberships-of-deleted-users");
  await settled(server.db);
});

afterAll(async () => {
  await server?.stop();
  await mongo.db(database).dropDatabase();
  await mongo.close();
});

/** A message in the form of the answers. */
const plain = (message: object): unknown =>
  JSON.parse(
    JSON.stringify(message, (_, value) =>
      value instanceof Map ? Object.fromEntries(value) : typeof value === "bigint" ? Number(value) : value,
    ),
  );

describe("a database that servers without organizations have written to", () => {
  it("answers for its users what those answered", async () => {
    const answers = lines.flatMap(({ answer }) => answer ?? []);
    expect(answers).toHaveLength(2);
    for (const answer of answers) {
      // Which those did not know.
      const status = UserStatus.ACTIVE;
      expect(plain(await getUser(server.users, answer.id))).toEqual(plain({ ...answer, status }));
    }
  });

  it("keeps what is attached to users that are there, and nothing of those that are not", async () => {
    expect((await listIdentities(server.users, dora)).map(({ idpId }) => idpId)).toEqual(["dora"]);
    expect(await server.db.collection("identities").countDocuments()).toBe(1);
    const memberships = server.client(OrganizationMembershipServiceClient);
    const members = await membershipsOf(memberships, { organizationId });
    expect(members.map(({ userId }) => userId)).toEqual([dora]);
  });

  it("tells of everything, in order, and of what was left at the end", async () => {
    const told = (await listEvents(server.address)).map(({ type, object }) => {
      const value = object?.value as { userId?: string; id?: string; email?: string };
      return `${type} ${value.userId ?? value.email ?? value.id}`;
    });
    const before = [...written("events"), ...written("outbox").toSorted((a, b) => a.order.low - b.order.low)]
      .flatMap(({ events }) => events)
      .map(({ type, user, membership, organization, authentication }) => {
        const subject = user?.email ?? membership?.userId ?? authentication?.userId ?? authentication?.email;
        return `${type} ${subject ?? organization.id}`;
      });
    const memberships = [bob, cid].map((id) => `organization_membership.deleted ${id}`);
    const deleted = [`identity.deleted ${cid}`, ...memberships];
    expect(told).toEqual([...before, ...deleted]);
    const ofBob = await listEvents(server.address, { userId: bob, organizationId });
    expect(ofBob.map(({ type }) => type)).toEqual([
      "organization_membership.created",
      "organization_membership.deleted",
    ]);
  });

  it("knows their passwords", async () => {
    expect((await signIn(server, "ann@example.com", "correct horse battery staple")).email).toBe("Ann@example.com");
  });

  it("lets in who was deleted there, as a new user", async () => {
    const profile = { organizationId, connectionId: "okta", idpId: "cid", email: "cid@example.com" };
    const { outcome, user } = await provision(server.users, profile);
    expect(outcome).toBe(ProvisionUserResponse_Outcome.CREATED);
    expect(user?.id).not.toBe(cid);
  });
});
