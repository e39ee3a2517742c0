import { describe, expect, it } from "vitest";
import { OrganizationDomainState } from "../../gen/ts/roster/v1/organization.js";
import { failure } from "../support/call.js";
import {
  createOrganization,
  getOrganization,
  newDomain,
  organizationsOf,
  pending,
  updateOrganization,
  verified,
} from "../support/organizations.js";
import { useServer } from "../support/server.js";

const server = useServer();
const client = () => organizationsOf(server.current);

/** Domains in short: `a` is pending, `A` is verified. */
const short = (domains: readonly { domain: string; state: OrganizationDomainState }[]): string =>
  domains
    .map(({ domain, state }) => {
      const [letter = ""] = domain;
      return state === OrganizationDomainState.VERIFIED ? letter.toUpperCase() : letter;
    })
    .join("");

describe("UpdateOrganization, domains", () => {
  const cases = [
    { name: "adds one behind the others", add: "c", remove: "", after: "aBc" },
    { name: "adds several in their order", add: "dCe", remove: "", after: "aBdCe" },
    { name: "verifies one in its place", add: "A", remove: "", after: "AB" },
    { name: "makes one pending again in its place", add: "b", remove: "", after: "ab" },
    { name: "removes a pending one", add: "", remove: "a", after: "B" },
    { name: "removes a verified one", add: "", remove: "b", after: "a" },
    { name: "removes all", add: "", remove: "ba", after: "" },
    { name: "adds, changes and removes at once", add: "CA", remove: "bx", after: "AC" },
    { name: "ignores one to remove that is not there", add: "c", remove: "x", after: "aBc" },
  ];

  it.each(cases)("$name", async ({ add, remove, after }) => {
    const suffix = newDomain();
    const named = (letters: string) =>
      [...letters].map((letter) => {
        const domain = `${letter.toLowerCase()}.${suffix}`;
        return letter === letter.toLowerCase() ? pending(domain) : verified(domain);
      });
    const { id } = await createOrganization(client(), { domains: named("aB") });
    const removeDomains = named(remove).map(({ domain }) => domain);
    const changed = await updateOrganization(client(), id, { domains: named(add), removeDomains });
    expect(short(changed.domains)).toBe(after);
    expect(changed.revision).toBe(2n);
    expect(await getOrganization(client(), id)).toEqual(changed);
  });

  it("takes a state that is not set for pending, also for a domain that is verified", async () => {
    const domain = newDomain();
    const { id } = await createOrganization(client(), { domains: [verified(domain)] });
    const domains = [{ domain, state: OrganizationDomainState.UNSPECIFIED }];
    expect((await updateOrganization(client(), id, { domains })).domains).toEqual([pending(domain)]);
  });

  it("holds the limit for the result: a hundred domains are kept, one more is refused", async () => {
    const domains = Array.from({ length: 99 }, () => pending(newDomain()));
    const { id } = await createOrganization(client(), { domains });
    const full = await updateOrganization(client(), id, { domains: [verified(newDomain())] });
    expect(full.domains).toHaveLength(100);
    const more = { domains: [pending(newDomain())], name: "New" };
    expect(await failure(updateOrganization(client(), id, more))).toMatchObject({
      code: "INVALID_ARGUMENT",
      reason: "INVALID_REQUEST",
      violations: [{ field: "domains", description: "must leave at most 100 domains, not 101" }],
    });
    expect(await getOrganization(client(), id)).toEqual(full);
    const removeDomains = full.domains.map(({ domain }) => domain);
    expect((await updateOrganization(client(), id, { ...more, removeDomains })).domains).toEqual(more.domains);
  });

  it("takes at most a hundred domains to remove", async () => {
    const { id } = await createOrganization(client());
    const removeDomains = Array.from({ length: 101 }, newDomain);
    expect((await failure(updateOrganization(client(), id, { removeDomains }))).violations).toEqual([
      { field: "remove_domains", description: "must have at most 100 items, not 101" },
    ]);
  });

  it("refuses to verify a domain that another organization has verified, and changes nothing", async () => {
    const domain = newDomain();
    await createOrganization(client(), { domains: [verified(domain)] });
    const claimant = await createOrganization(client(), { domains: [pending(domain)] });
    const domains = [verified(newDomain()), verified(domain)];
    expect(await failure(updateOrganization(client(), claimant.id, { domains }))).toMatchObject({
      code: "ALREADY_EXISTS",
      reason: "DOMAIN_NOT_AVAILABLE",
      metadata: { domain },
      resource: { type: "organization", name: domain },
    });
    expect(await getOrganization(client(), claimant.id)).toEqual(claimant);
  });

  const waysToGiveUp = [
    { name: "removed", given: (domain: string) => ({ removeDomains: [domain] }) },
    { name: "made pending", given: (domain: string) => ({ domains: [pending(domain)] }) },
  ];

  it.each(waysToGiveUp)("frees a verified domain that is $name, for another organization", async ({ given }) => {
    const domain = newDomain();
    const first = await createOrganization(client(), { domains: [verified(domain)] });
    const second = await createOrganization(client(), { domains: [pending(domain)] });
    await updateOrganization(client(), first.id, given(domain));
    const changed = await updateOrganization(client(), second.id, { domains: [verified(domain)] });
    expect(changed.domains).toEqual([verified(domain)]);
    expect((await failure(updateOrganization(client(), first.id, { domains: [verified(domain)] }))).reason).toBe(
      "DOMAIN_NOT_AVAILABLE",
    );
  });
});
