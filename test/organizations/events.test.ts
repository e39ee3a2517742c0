import { describe, expect, it } from "vitest";
import type { Event } from "../../gen/ts/roster/v1/event.js";
import { failure } from "../support/call.js";
import { allEvents, openWatch, settled } from "../support/events.js";
import { insertMemberships } from "../support/memberships.js";
import {
  createOrganization,
  deleteOrganization,
  everyOrganizationField,
  newDomain,
  organizationsOf,
  pending,
  updateOrganization,
  verified,
} from "../support/organizations.js";
import { useServer } from "../support/server.js";
import { createUser, newKey, unusedIds } from "../support/users.js";

const server = useServer();
const client = () => organizationsOf(server.current);

/** A domain as previous attributes have it. */
const domain = (name: string, state: string) => ({ domain: name, state: `ORGANIZATION_DOMAIN_STATE_${state}` });

/** Runs changes and returns their events. */
const eventsOf = async (count: number, run: () => Promise<unknown>): Promise<Event[]> => {
  await settled(server.current.db);
  const watch = await openWatch(server.current.address);
  await run();
  const events = await watch.events(count);
  watch.cancel();
  return events;
};

describe("the events of an organization", () => {
  it("tell of its creation, of each change and of its deletion, with the object as it was after or before", async () => {
    const requestId = newKey();
    const told: unknown[] = [];
    const events = await eventsOf(3, async () => {
      const created = await createOrganization(client(), { ...everyOrganizationField(), requestId });
      const changed = await updateOrganization(client(), created.id, { name: "New" });
      await deleteOrganization(client(), created.id);
      told.push(created, changed, changed);
    });
    expect(events.map(({ type }) => type)).toEqual([
      "organization.created",
      "organization.updated",
      "organization.deleted",
    ]);
    expect(events.map(({ object }) => object)).toEqual(told.map((value) => ({ $case: "organization", value })));
    expect(events.map(({ context }) => context)).toEqual([
      { requestId },
      { previousAttributes: { name: "Analytical Engines" } },
      {},
    ]);
  });

  it("hold the previous values of what changed, as callers know them, and of nothing else", async () => {
    const given = everyOrganizationField();
    const [verifiedBefore, pendingBefore] = given.domains.map(({ domain }) => domain) as [string, string];
    const { id } = await createOrganization(client(), given);
    const bare = await createOrganization(client());
    const externalId = newKey();
    const events = await eventsOf(3, async () => {
      await updateOrganization(client(), id, {
        domains: [verified(pendingBefore)],
        externalId: "",
        metadata: new Map([["plan", "silver"]]),
      });
      await updateOrganization(client(), id, { removeDomains: [verifiedBefore, pendingBefore] });
      await updateOrganization(client(), bare.id, { domains: [verified(newDomain())], externalId });
    });
    expect(events.map(({ context }) => context?.previousAttributes)).toEqual([
      {
        domains: [domain(verifiedBefore, "VERIFIED"), domain(pendingBefore, "PENDING")],
        external_id: given.externalId,
        metadata: { plan: "gold", region: "eu" },
      },
      { domains: [domain(verifiedBefore, "VERIFIED"), domain(pendingBefore, "VERIFIED")] },
      { domains: [], external_id: null },
    ]);
  });

  it("are none for a call that is refused, repeated or changes nothing", async () => {
    const requestId = newKey();
    const domains = [verified(newDomain())];
    const events = await eventsOf(2, async () => {
      const { id } = await createOrganization(client(), { domains, requestId });
      await createOrganization(client(), { domains, requestId });
      await updateOrganization(client(), id, { domains, removeDomains: ["nothing.example"] });
      await failure(updateOrganization(client(), id, { name: "New", expectedRevision: 7n }));
      await failure(createOrganization(client(), { domains }));
      await createOrganization(client(), { name: "last" });
    });
    expect(events.map(({ type, object }) => [type, object?.$case === "organization" && object.value.name])).toEqual([
      ["organization.created", "Organization"],
      ["organization.created", "last"],
    ]);
  });

  it("tell of every membership that goes with it", async () => {
    const organization = await createOrganization(client());
    const ids = await insertMemberships(server.current.db, organization.id, unusedIds(5));
    const events = await eventsOf(6, () => deleteOrganization(client(), organization.id));
    const told = events.map(({ type, object }) => `${type} ${idOf(object)}`);
    expect(told.toSorted()).toEqual([
      `organization.deleted ${organization.id}`,
      ...ids.map((id) => `organization_membership.deleted ${id}`),
    ]);
  });

  it("are found by the organization and by their types", async () => {
    const organization = await createOrganization(client(), { domains: [pending(newDomain())] });
    await createUser(server.current.users);
    await createOrganization(client());
    await eventsOf(2, async () => {
      await updateOrganization(client(), organization.id, { name: "New" });
      await createUser(server.current.users);
    });
    const own = await allEvents(server.current, { organizationId: organization.id });
    expect(own.map(({ type }) => type)).toEqual(["organization.created", "organization.updated"]);
    const updated = await allEvents(server.current, {
      organizationId: organization.id,
      types: ["organization.updated"],
    });
    expect(updated).toEqual(own.slice(1));
  });
});

const idOf = (object: Event["object"]): string =>
  object?.$case === "organization" || object?.$case === "organizationMembership" ? object.value.id : "";
