import { describe, expect, it } from "vitest";
import { failure } from "../support/call.js";
import {
  createOrganization,
  deleteOrganization,
  everyOrganizationField,
  getOrganization,
  newDomain,
  organizationsOf,
  pending,
  updateOrganization,
  verified,
} from "../support/organizations.js";
import { useServer } from "../support/server.js";
import { createUser, newKey } from "../support/users.js";

const server = useServer();
const client = () => organizationsOf(server.current);

const reused = { code: "INVALID_ARGUMENT", reason: "REQUEST_ID_REUSED" };

describe("a request_id used again for the same request", () => {
  it("gives the first answer to a create, also when the organization was changed or deleted since", async () => {
    const request = { ...everyOrganizationField(), requestId: newKey() };
    const first = await createOrganization(client(), request);
    expect(await createOrganization(client(), request)).toEqual(first);
    await updateOrganization(client(), first.id, { name: "New" });
    expect(await createOrganization(client(), request)).toEqual(first);
    await deleteOrganization(client(), first.id);
    expect(await createOrganization(client(), request)).toEqual(first);
    expect((await failure(getOrganization(client(), first.id))).reason).toBe("ORGANIZATION_NOT_FOUND");
  });

  it("gives the first answer to an update and changes nothing", async () => {
    const { id } = await createOrganization(client(), everyOrganizationField());
    const request = { domains: [verified(newDomain())], expectedRevision: 1n, requestId: newKey() };
    const first = await updateOrganization(client(), id, request);
    const later = await updateOrganization(client(), id, { removeDomains: request.domains.map((one) => one.domain) });
    expect(await updateOrganization(client(), id, request)).toEqual(first);
    expect(await getOrganization(client(), id)).toEqual(later);
  });

  it("gives the first answer to a deletion", async () => {
    const { id } = await createOrganization(client());
    const requestId = newKey();
    expect(await deleteOrganization(client(), id, { requestId })).toEqual({});
    expect(await deleteOrganization(client(), id, { requestId })).toEqual({});
    expect((await failure(deleteOrganization(client(), id))).reason).toBe("ORGANIZATION_NOT_FOUND");
  });

  it("makes one organization of fifty concurrent creates through two servers, and gives all the same answer", async () => {
    const clients = [client(), organizationsOf(await server.current.another())] as const;
    const request = { ...everyOrganizationField(), requestId: newKey() };
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, i) => createOrganization(clients[i % 2 === 0 ? 0 : 1], request)),
    );
    expect(all).toEqual(Array.from({ length: 50 }, () => all[0]));
    const { externalId } = request;
    expect(await server.current.db.collection("organizations").countDocuments({ externalId })).toBe(1);
  });
});

describe("a request_id used for another request", () => {
  it("is refused by the same method, also when only a domain's state is another", async () => {
    const requestId = newKey();
    const domain = newDomain();
    await createOrganization(client(), { domains: [pending(domain)], requestId });
    const again = createOrganization(client(), { domains: [verified(domain)], requestId });
    expect(await failure(again)).toMatchObject(reused);
  });

  it("is refused by another method, and nothing is changed", async () => {
    const requestId = newKey();
    const organization = await createOrganization(client(), { requestId });
    expect(await failure(deleteOrganization(client(), organization.id, { requestId }))).toMatchObject(reused);
    expect(await failure(createUser(server.current.users, { requestId }))).toMatchObject(reused);
    expect(await getOrganization(client(), organization.id)).toEqual(organization);
  });

  it("is free when its request failed", async () => {
    const requestId = newKey();
    const domains = [verified(newDomain())];
    const { id } = await createOrganization(client(), { domains });
    expect((await failure(createOrganization(client(), { domains, requestId }))).reason).toBe("DOMAIN_NOT_AVAILABLE");
    await deleteOrganization(client(), id);
    expect(await createOrganization(client(), { domains, requestId })).toMatchObject({ domains });
  });
});
