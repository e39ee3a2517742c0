import { describe, expect, it } from "vitest";
import { OrganizationDomainState } from "../../gen/ts/roster/v1/organization.js";
import { call, failure } from "../support/call.js";
import {
  createOrganization,
  deleteOrganization,
  everyOrganizationField,
  getOrganization,
  newDomain,
  organizationsOf,
  pending,
  verified,
} from "../support/organizations.js";
import { useServer } from "../support/server.js";
import { createUser, newKey } from "../support/users.js";

const server = useServer();
const client = () => organizationsOf(server.current);

describe("CreateOrganization", () => {
  it("returns the organization as it is kept, with everything that was given", async () => {
    const given = everyOrganizationField();
    const started = Date.now();
    const created = await createOrganization(client(), given);
    expect(created).toEqual({
      ...given,
      id: expect.stringMatching(/^org_[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
      createdAt: created.updatedAt,
      updatedAt: created.createdAt,
      revision: 1n,
    });
    const createdAt = Number(created.createdAt?.seconds) * 1_000 + (created.createdAt?.nanos ?? 0) / 1_000_000;
    expect(createdAt).toBeGreaterThanOrEqual(started);
    expect(createdAt).toBeLessThanOrEqual(Date.now());
    expect(await getOrganization(client(), created.id)).toEqual(created);
  });

  it("leaves absent what was not given or given empty", async () => {
    const created = await createOrganization(client(), { name: "Engines", externalId: "" });
    const { id, createdAt, updatedAt, ...rest } = created;
    expect(rest).toEqual({ name: "Engines", domains: [], metadata: new Map(), revision: 1n });
    expect(createdAt).toEqual(updatedAt);
    expect(await getOrganization(client(), id)).toEqual(created);
  });

  it("takes a state that is not set for pending", async () => {
    const domain = newDomain();
    const domains = [{ domain, state: OrganizationDomainState.UNSPECIFIED }];
    expect((await createOrganization(client(), { domains })).domains).toEqual([pending(domain)]);
  });

  it("keeps a hundred domains in their order", async () => {
    const domains = Array.from({ length: 100 }, (_, i) => (i % 3 === 0 ? verified : pending)(newDomain()));
    const created = await createOrganization(client(), { domains });
    expect(created.domains).toEqual(domains);
    expect(await getOrganization(client(), created.id)).toEqual(created);
  });

  it("lets organizations share a name, have no external id, and have that of a user", async () => {
    const externalId = newKey();
    await createUser(server.current.users, { externalId });
    const name = newKey();
    expect(await createOrganization(client(), { name })).toMatchObject({ name });
    expect(await createOrganization(client(), { name })).toMatchObject({ name });
    expect(await createOrganization(client(), { name, externalId })).toMatchObject({ name, externalId });
  });

  const [domain, externalId] = [newDomain(), newKey()];
  const taken = [
    {
      name: "an external id that another organization has",
      first: { externalId },
      second: { externalId },
      error: {
        message: "another organization has this external_id",
        reason: "EXTERNAL_ID_ALREADY_USED",
        metadata: { external_id: externalId },
        resource: { type: "organization", name: externalId },
      },
    },
    {
      name: "a domain, in another spelling, that another organization has verified",
      first: { domains: [pending(newDomain()), verified(domain)] },
      second: { domains: [verified(domain.toUpperCase())] },
      error: {
        message: "another organization has verified this domain",
        reason: "DOMAIN_NOT_AVAILABLE",
        metadata: { domain },
        resource: { type: "organization", name: domain },
      },
    },
  ];

  it.each(taken)("refuses $name, until that one is deleted", async ({ first, second, error }) => {
    const { id } = await createOrganization(client(), first);
    expect(await failure(createOrganization(client(), second))).toEqual({
      code: "ALREADY_EXISTS",
      domain: "roster",
      violations: [],
      retryAfterMs: undefined,
      ...error,
    });
    await deleteOrganization(client(), id);
    expect(await createOrganization(client(), second)).toMatchObject({ revision: 1n });
  });

  it("lets organizations claim a domain that others claim or have verified, and verify one that others claim", async () => {
    const shared = newDomain();
    for (const claim of [pending(shared), pending(shared), verified(shared), pending(shared)]) {
      expect((await createOrganization(client(), { domains: [claim] })).domains).toEqual([claim]);
    }
  });

  it("names every field that breaks its rules, and creates nothing", async () => {
    const key = newKey();
    const error = await failure(
      createOrganization(client(), {
        name: "",
        domains: [pending(newDomain()), { domain: "localhost", state: 7 as OrganizationDomainState }],
        externalId: `${key} `,
        metadata: new Map([["", "x"]]),
        requestId: "a b",
      }),
    );
    expect(error).toMatchObject({
      code: "INVALID_ARGUMENT",
      reason: "INVALID_REQUEST",
      message: "name: is required (and 5 more)",
      violations: [
        { field: "name", description: "is required" },
        { field: "domains[1].domain", description: "must be a domain name, like example.com" },
        {
          field: "domains[1].state",
          description: "must be ORGANIZATION_DOMAIN_STATE_PENDING or ORGANIZATION_DOMAIN_STATE_VERIFIED",
        },
        { field: "external_id", description: "must be 1-128 printable ASCII characters without a space at either end" },
        { field: 'metadata[""]', description: "key must be 1-40 characters" },
        { field: "request_id", description: "must be 1-64 printable ASCII characters without spaces" },
      ],
    });
    const organizations = client();
    const get = call(organizations.getOrganizationByExternalId.bind(organizations), { externalId: key });
    expect((await failure(get)).reason).toBe("ORGANIZATION_NOT_FOUND");
  });

  const names = [
    { name: "N", valid: true },
    { name: "🏢".repeat(256), valid: true },
    { name: "🏢".repeat(257), valid: false },
  ];

  it.each(names)("takes names of 1-256 characters: $name.length UTF-16 units are valid: $valid", async (given) => {
    const { name, valid } = given;
    if (valid) return expect(await createOrganization(client(), { name })).toMatchObject({ name });
    const violations = [{ field: "name", description: "must be at most 256 characters" }];
    expect(await failure(createOrganization(client(), { name }))).toMatchObject({ violations });
  });
});
