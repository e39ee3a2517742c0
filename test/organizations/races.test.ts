import { describe, expect, it } from "vitest";
import type { OrganizationServiceClient } from "../../gen/ts/roster/v1/organization_service.js";
import { answers, failures } from "../support/call.js";
import {
  createOrganization,
  deleteOrganization,
  getOrganization,
  newDomain,
  organizationsOf,
  pending,
  updateOrganization,
  verified,
} from "../support/organizations.js";
import { useServer } from "../support/server.js";
import { newKey } from "../support/users.js";

const server = useServer();

/** Clients of one server or of two, taken in turn. */
const clientsOf = async (servers: number): Promise<(i: number) => OrganizationServiceClient> => {
  const one = organizationsOf(server.current);
  const other = servers === 2 ? organizationsOf(await server.current.another()) : one;
  return (i) => (i % 2 === 0 ? one : other);
};

const stored = (filter: object) => server.current.db.collection("organizations").countDocuments(filter);

describe.each([1, 2])("concurrent calls through %i server(s)", (servers) => {
  it("create one organization with an external id, and tell the others why not", async () => {
    const client = await clientsOf(servers);
    const externalId = newKey();
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, (_, i) => createOrganization(client(i), { externalId })),
    );
    expect(answers(results)).toEqual([expect.objectContaining({ externalId })]);
    expect(failures(results).map(({ code, reason }) => [code, reason])).toEqual(
      Array.from({ length: 59 }, () => ["ALREADY_EXISTS", "EXTERNAL_ID_ALREADY_USED"]),
    );
    expect(await stored({ externalId })).toBe(1);
  });

  it("create one organization with a verified domain, and tell the others why not", async () => {
    const client = await clientsOf(servers);
    const domain = newDomain();
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, (_, i) =>
        createOrganization(client(i), { domains: [pending(newDomain()), verified(domain), verified(newDomain())] }),
      ),
    );
    expect(answers(results)).toHaveLength(1);
    expect(failures(results).map(({ code, reason, metadata }) => [code, reason, metadata])).toEqual(
      Array.from({ length: 59 }, () => ["ALREADY_EXISTS", "DOMAIN_NOT_AVAILABLE", { domain }]),
    );
    expect(await stored({ "domains.domain": domain })).toBe(1);
  });

  it("verify a domain for one of those that claim it", async () => {
    const client = await clientsOf(servers);
    const domain = newDomain();
    const claimants = await Promise.all(
      Array.from({ length: 40 }, (_, i) => createOrganization(client(i), { domains: [pending(domain)] })),
    );
    const results = await Promise.allSettled([
      ...claimants.map(({ id }, i) => updateOrganization(client(i), id, { domains: [verified(domain)] })),
      ...claimants.map((_, i) => createOrganization(client(i), { domains: [verified(domain)] })),
    ]);
    const [winner, ...more] = answers(results);
    expect(more).toEqual([]);
    expect(failures(results).map(({ reason }) => reason)).toEqual(
      Array.from({ length: 79 }, () => "DOMAIN_NOT_AVAILABLE"),
    );
    const after = await Promise.all(claimants.map(({ id }) => getOrganization(client(0), id)));
    const losers = after.filter(({ id }) => id !== winner?.id);
    expect(losers).toEqual(claimants.filter(({ id }) => id !== winner?.id));
    expect(await stored({ verifiedDomains: domain })).toBe(1);
  });

  it("add domains to one organization: all survive, and the limit holds", async () => {
    const client = await clientsOf(servers);
    const domains = Array.from({ length: 70 }, () => pending(newDomain()));
    const { id } = await createOrganization(client(0), { domains });
    const added = Array.from({ length: 40 }, () => pending(newDomain()));
    const results = await Promise.allSettled(
      added.map((one, i) => updateOrganization(client(i), id, { domains: [one] })),
    );
    expect(answers(results)).toHaveLength(30);
    expect(failures(results).map(({ violations }) => violations[0]?.description)).toEqual(
      Array.from({ length: 10 }, () => "must leave at most 100 domains, not 101"),
    );
    const after = await getOrganization(client(0), id);
    expect(after.revision).toBe(31n);
    expect(new Set(after.domains.map(({ domain }) => domain)).size).toBe(100);
  });

  it("hand a verified domain over: each call is answered with what became of it", async () => {
    const client = await clientsOf(servers);
    const handOver = async () => {
      const domain = newDomain();
      const from = await createOrganization(client(0), { domains: [verified(domain)] });
      const to = await createOrganization(client(1), { domains: [pending(domain)] });
      const [gave, took] = await Promise.allSettled([
        updateOrganization(client(0), from.id, { removeDomains: [domain] }),
        updateOrganization(client(1), to.id, { domains: [verified(domain)] }),
      ]);
      expect(gave).toMatchObject({ status: "fulfilled", value: { domains: [] } });
      for (const { reason } of failures([took])) expect(reason).toBe("DOMAIN_NOT_AVAILABLE");
      const after = await getOrganization(client(0), to.id);
      expect(after.domains).toEqual([(took.status === "fulfilled" ? verified : pending)(domain)]);
    };
    await Promise.all(Array.from({ length: 10 }, handOver));
  });

  it("end with the deletion: each is answered with the organization or ORGANIZATION_NOT_FOUND", async () => {
    const client = await clientsOf(servers);
    const { id } = await createOrganization(client(0));
    const [deleted, ...updates] = await Promise.allSettled([
      deleteOrganization(client(1), id),
      ...Array.from({ length: 30 }, (_, i) => updateOrganization(client(i), id, { name: `name ${i}` })),
    ]);
    expect(deleted.status).toBe("fulfilled");
    for (const { reason } of failures(updates)) expect(reason).toBe("ORGANIZATION_NOT_FOUND");
    expect(await stored({ _id: id as never })).toBe(0);
  });
});
