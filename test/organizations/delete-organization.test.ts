import { describe, expect, it } from "vitest";
import { answers, call, failure, failures } from "../support/call.js";
import { insertMemberships } from "../support/memberships.js";
import {
  createOrganization,
  deleteOrganization,
  everyOrganizationField,
  getOrganization,
  organizationPages,
  organizationsOf,
  unusedOrganizationId,
  updateOrganization,
} from "../support/organizations.js";
import { useServer } from "../support/server.js";
import { createUser, getUser, unusedIds } from "../support/users.js";

const server = useServer();
const client = () => organizationsOf(server.current);

describe("DeleteOrganization", () => {
  it("leaves nothing of the organization", async () => {
    const organizations = client();
    const { id, externalId = "" } = await createOrganization(organizations, everyOrganizationField());
    await createOrganization(organizations);
    expect(await deleteOrganization(organizations, id)).toEqual({});
    const gone = [
      getOrganization(organizations, id),
      call(organizations.getOrganizationByExternalId.bind(organizations), { externalId }),
      updateOrganization(organizations, id, { name: "New" }),
      deleteOrganization(organizations, id),
    ];
    expect(await Promise.all(gone.map(async (promise) => (await failure(promise)).reason))).toEqual(
      gone.map(() => "ORGANIZATION_NOT_FOUND"),
    );
    const listed = (await organizationPages(organizations)).flatMap((page) => page.organizations);
    expect(listed.map((organization) => organization.id)).not.toContain(id);
    const collection = server.current.db.collection<{ _id: string }>("organizations");
    expect(await collection.findOne({ _id: id })).toBeNull();
  });

  it("takes its memberships with it, and no others and no users", async () => {
    const { db, users } = server.current;
    const user = await createUser(users);
    const organization = await createOrganization(client());
    const other = await createOrganization(client());
    await insertMemberships(db, organization.id, unusedIds(20));
    const stay = await insertMemberships(db, other.id, unusedIds(3));
    await deleteOrganization(client(), organization.id);
    const left = await db.collection<{ _id: string }>("memberships").find().sort({ _id: 1 }).toArray();
    expect(left.map(({ _id }) => _id)).toEqual(stay);
    expect(await getUser(users, user.id)).toEqual(user);
  });

  it("frees the external id and the domains at once, for an organization with another id", async () => {
    const { id, domains, externalId } = await createOrganization(client(), everyOrganizationField());
    await deleteOrganization(client(), id);
    const second = await createOrganization(client(), { domains, externalId });
    expect(second).toMatchObject({ domains, externalId, revision: 1n });
    expect(second.id).not.toBe(id);
  });

  it("frees them also for a create that shares its commit", async () => {
    const organizations = client();
    const { id, domains, externalId } = await createOrganization(organizations, everyOrganizationField());
    const [, created] = await Promise.all([
      deleteOrganization(organizations, id),
      createOrganization(organizations, { domains, externalId }),
    ]);
    expect(await getOrganization(organizations, created.id)).toEqual(created);
    expect((await failure(getOrganization(organizations, id))).reason).toBe("ORGANIZATION_NOT_FOUND");
  });

  it("answers one of fifty concurrent calls, and the others with NOT_FOUND, through two servers", async () => {
    const clients = [client(), organizationsOf(await server.current.another())] as const;
    const organization = await createOrganization(clients[0]);
    await insertMemberships(server.current.db, organization.id, unusedIds(100));
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) => deleteOrganization(clients[i % 2 === 0 ? 0 : 1], organization.id)),
    );
    expect(answers(results)).toEqual([{}]);
    expect(failures(results).map(({ code, reason }) => [code, reason])).toEqual(
      Array.from({ length: 49 }, () => ["NOT_FOUND", "ORGANIZATION_NOT_FOUND"]),
    );
  });

  it("answers NOT_FOUND for an organization that never was", async () => {
    const id = unusedOrganizationId();
    expect(await failure(deleteOrganization(client(), id))).toMatchObject({
      code: "NOT_FOUND",
      message: "no organization has this id",
      reason: "ORGANIZATION_NOT_FOUND",
      metadata: { id },
      resource: { type: "organization", name: id },
    });
  });

  it("refuses what is no id and no request id", async () => {
    expect(await failure(deleteOrganization(client(), "42", { requestId: "a b" }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      reason: "INVALID_REQUEST",
      violations: [
        { field: "id", description: "must be org_ and a ULID of 26 characters" },
        { field: "request_id", description: "must be 1-64 printable ASCII characters without spaces" },
      ],
    });
  });
});
