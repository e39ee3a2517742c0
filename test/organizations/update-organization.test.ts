import { beforeEach, describe, expect, it } from "vitest";
import type { Organization } from "../../gen/ts/roster/v1/organization.js";
import type { OrganizationServiceClient } from "../../gen/ts/roster/v1/organization_service.js";
import { failure } from "../support/call.js";
import {
  createOrganization,
  everyOrganizationField,
  getOrganization,
  organizationsOf,
  pending,
  unusedOrganizationId,
  updateOrganization,
} from "../support/organizations.js";
import { useServer } from "../support/server.js";
import { newKey } from "../support/users.js";

const server = useServer();
let client: OrganizationServiceClient;
let organization: Organization;

beforeEach(async () => {
  client = organizationsOf(server.current);
  organization = await createOrganization(client, everyOrganizationField());
});

type Given = Parameters<typeof updateOrganization>[2];

/** Makes a change and expects that it changed what it should and nothing else, once, and for good. */
const expectChange = async (given: Given, change: Partial<Organization>): Promise<void> => {
  const changed = await updateOrganization(client, organization.id, given);
  expect(changed).toEqual({
    ...organization,
    ...change,
    revision: organization.revision + 1n,
    updatedAt: expect.anything(),
  });
  expect(await getOrganization(client, organization.id)).toEqual(changed);
};

describe("UpdateOrganization", () => {
  it("changes every field that is given", async () => {
    const externalId = newKey();
    const domain = `${newKey()}.example`;
    const given = {
      name: "Difference Engines",
      domains: [pending(domain)],
      externalId,
      metadata: new Map([["plan", "silver"]]),
      removeMetadata: ["region"],
    };
    const domains = [...organization.domains, pending(domain)];
    await expectChange(given, { name: given.name, domains, externalId, metadata: given.metadata });
  });

  const changes: { name: string; given: Given; change: Partial<Organization> }[] = [
    { name: "the name", given: { name: "New" }, change: { name: "New" } },
    { name: "the external id", given: { externalId: "new-id" }, change: { externalId: "new-id" } },
    { name: "no external id", given: { externalId: "" }, change: { externalId: undefined } },
    {
      name: "a pair of the metadata",
      given: { metadata: new Map([["plan", ""]]) },
      change: {
        metadata: new Map([
          ["plan", ""],
          ["region", "eu"],
        ]),
      },
    },
    {
      name: "no pairs of the metadata",
      given: { removeMetadata: ["plan", "region", "x"] },
      change: { metadata: new Map() },
    },
  ];

  it.each(changes)("changes one thing and leaves the rest: $name", async ({ given, change }) => {
    await expectChange(given, change);
  });

  it("keeps metadata whose keys mean something to JavaScript or MongoDB", async () => {
    const metadata = new Map(["__proto__", "$set", "_id", "a.b"].map((key) => [key, "kept"]));
    await expectChange({ metadata, removeMetadata: ["plan", "region"] }, { metadata });
  });

  it("moves updated_at and keeps created_at", async () => {
    const before = Date.now();
    const changed = await updateOrganization(client, organization.id, { name: "New" });
    expect(Number(changed.updatedAt?.seconds)).toBeGreaterThanOrEqual(Math.floor(before / 1_000));
    expect(changed.createdAt).toEqual(organization.createdAt);
  });

  it("frees the external id that it removes", async () => {
    const { externalId } = organization;
    await updateOrganization(client, organization.id, { externalId: "" });
    expect(await createOrganization(client, { externalId })).toMatchObject({ externalId });
  });

  it("refuses an external id of another organization and changes nothing", async () => {
    const { externalId = "" } = await createOrganization(client, everyOrganizationField());
    expect(await failure(updateOrganization(client, organization.id, { externalId, name: "New" }))).toMatchObject({
      code: "ALREADY_EXISTS",
      reason: "EXTERNAL_ID_ALREADY_USED",
      metadata: { external_id: externalId },
      resource: { type: "organization", name: externalId },
    });
    expect(await getOrganization(client, organization.id)).toEqual(organization);
  });

  it("holds the limit of the metadata for the result", async () => {
    const metadata = new Map(Array.from({ length: 49 }, (_, i) => [`key-${i}`, ""]));
    expect(await failure(updateOrganization(client, organization.id, { metadata }))).toMatchObject({
      violations: [{ field: "metadata", description: "must leave at most 50 pairs, not 51" }],
    });
    await updateOrganization(client, organization.id, { metadata, removeMetadata: ["plan"] });
  });

  it("answers NOT_FOUND for an organization that does not exist", async () => {
    const id = unusedOrganizationId();
    expect(await failure(updateOrganization(client, id, { name: "New" }))).toMatchObject({
      code: "NOT_FOUND",
      reason: "ORGANIZATION_NOT_FOUND",
      metadata: { id },
      resource: { type: "organization", name: id },
    });
  });

  it("names every field that breaks its rules, and changes nothing", async () => {
    const given = {
      name: "",
      domains: [pending("a.example"), pending("nothing")],
      removeDomains: ["", "A.EXAMPLE", "b.example"],
      externalId: "a ",
      metadata: new Map([["plan", "x".repeat(601)]]),
      removeMetadata: ["region", "plan"],
      expectedRevision: 0n,
      requestId: "x".repeat(65),
    };
    const { violations } = await failure(updateOrganization(client, organization.id, given));
    expect(violations).toEqual([
      { field: "name", description: "is required" },
      { field: "domains[1].domain", description: "must be a domain name, like example.com" },
      { field: "remove_domains[0]", description: "is required" },
      { field: "remove_domains[1]", description: "must not be a domain that domains has as well" },
      { field: "external_id", description: "must be 1-128 printable ASCII characters without a space at either end" },
      { field: 'metadata["plan"]', description: "value must be at most 600 characters" },
      { field: "remove_metadata[1]", description: "must not be a key that metadata has as well" },
      { field: "expected_revision", description: "must be 1 or more" },
      { field: "request_id", description: "must be 1-64 printable ASCII characters without spaces" },
    ]);
    expect(await getOrganization(client, organization.id)).toEqual(organization);
  });
});

describe("UpdateOrganization, expected_revision", () => {
  it("changes an organization that is at it", async () => {
    await expectChange({ name: "A", expectedRevision: 1n }, { name: "A" });
  });

  it.each([1n, 3n])("refuses %i for an organization at 2, and changes nothing", async (expectedRevision) => {
    const current = await updateOrganization(client, organization.id, { name: "A" });
    // Also where nothing would change.
    for (const name of ["A", "B"]) {
      expect(await failure(updateOrganization(client, organization.id, { name, expectedRevision }))).toMatchObject({
        code: "ABORTED",
        reason: "REVISION_MISMATCH",
        metadata: { current_revision: "2" },
      });
    }
    expect(await getOrganization(client, organization.id)).toEqual(current);
  });
});

describe("UpdateOrganization that changes nothing", () => {
  const cases: { name: string; given: (organization: Organization) => Given }[] = [
    { name: "nothing is given", given: () => ({}) },
    { name: "every field is given as it is", given: ({ id: _id, ...fields }) => fields },
    { name: "domains are given in another order", given: ({ domains }) => ({ domains: domains.toReversed() }) },
    {
      name: "a domain is given in capital letters",
      given: ({ domains }) => ({ domains: domains.map((one) => ({ ...one, domain: one.domain.toUpperCase() })) }),
    },
    { name: "a domain that is not there is removed", given: () => ({ removeDomains: ["nothing.example"] }) },
    { name: "a metadata key that is not there is removed", given: () => ({ removeMetadata: ["nothing"] }) },
    { name: "the revision is expected", given: () => ({ expectedRevision: 1n }) },
  ];

  it.each(cases)("returns the organization as it is and writes nothing when $name", async ({ given }) => {
    const collection = server.current.db.collection<{ _id: string }>("organizations");
    const before = await collection.findOne({ _id: organization.id });
    expect(await updateOrganization(client, organization.id, given(organization))).toEqual(organization);
    expect(await collection.findOne({ _id: organization.id })).toEqual(before);
  });
});
