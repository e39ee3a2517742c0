import { describe, expect, it } from "vitest";
import { ProvisionUserResponse_Outcome as Outcome } from "../../gen/ts/roster/v1/user_service.js";
import type { DomainState } from "../../src/directory/organization.js";
import { credentialOf, goodPassword, invalidCredentials, signIn } from "../support/authentication.js";
import { failure } from "../support/call.js";
import { newDomain } from "../support/organizations.js";
import { insertMembership, insertOrganization, listIdentities, provision } from "../support/provisioning.js";
import { useServer } from "../support/server.js";
import { createUser, getUser, newKey, updateUser } from "../support/users.js";

const server = useServer({ env: { ROSTER_BCRYPT_COST: "10" } });

/** A user of a domain that their employer has verified, and the organization of an attacker. */
const victimAndAttacker = async (attackersDomains: (victimsDomain: string) => Record<string, DomainState>) => {
  const { db, users } = server.current;
  const domain = newDomain();
  const employer = await insertOrganization(db, { [domain]: "verified" });
  const victim = await createUser(users, { email: `kate@${domain}`, emailVerified: true });
  await insertMembership(db, victim.id, employer, "active");
  return { domain, employer, victim, attacker: await insertOrganization(db, attackersDomains(domain)) };
};

describe("an attacker who has an identity provider of their own and claims somebody's email", () => {
  it.each<[string, (victims: string) => Record<string, DomainState>]>([
    ["without the domain", () => ({ [newDomain()]: "verified" })],
    ["with the domain pending", (domain) => ({ [domain]: "pending" })],
    ["with a subdomain verified", (domain) => ({ [`mail.${domain}`]: "verified" })],
    ["with a domain verified that ends alike", (domain) => ({ [`x${domain}`]: "verified" })],
  ])("is refused: %s", async (_, domains) => {
    const { users } = server.current;
    const { attacker, domain, victim } = await victimAndAttacker(domains);
    for (const email of [victim.email, `KATE@${domain.toUpperCase()}`, ` kate@${domain} `]) {
      expect(await failure(provision(users, { organizationId: attacker, email }))).toMatchObject({
        code: "FAILED_PRECONDITION",
        reason: "DOMAIN_NOT_VERIFIED",
        metadata: { domain },
      });
    }
    expect(await getUser(users, victim.id)).toEqual(victim);
    expect(await listIdentities(users, victim.id)).toEqual([]);
  });

  it("does not get the user of a look-alike domain that they own", async () => {
    const { users, db } = server.current;
    const suffix = newDomain();
    const [domain, lookAlike] = [`kat.${suffix}`, `k\u0430t.${suffix}`];
    const victim = await createUser(users, { email: `kate@${domain}`, emailVerified: true });
    const attacker = await insertOrganization(db, { [new URL(`http://${lookAlike}`).hostname]: "verified" });
    const { user, outcome } = await provision(users, { organizationId: attacker, email: `kate@${lookAlike}` });
    expect(outcome).toBe(Outcome.CREATED);
    expect(user?.id).not.toBe(victim.id);
    // The Kelvin sign is the letter k to every resolver of domains: the address is the victim's, the domain not theirs.
    const kelvin = provision(users, { organizationId: attacker, email: `kate@\u212aat.${suffix}` });
    expect(await failure(kelvin)).toMatchObject({ reason: "DOMAIN_NOT_VERIFIED", metadata: { domain } });
  });

  it("does not get a user of a local part that looks alike", async () => {
    const { users, db } = server.current;
    const domain = newDomain();
    const organizationId = await insertOrganization(db, { [domain]: "verified" });
    const victim = await createUser(users, { email: `kate@${domain}`, emailVerified: true });
    const { user } = await provision(users, { organizationId, email: `k\u0430te@${domain}` });
    expect(user?.id).not.toBe(victim.id);
  });

  it("does not get a user by an identity of another connection", async () => {
    const { users } = server.current;
    const { employer, attacker, victim } = await victimAndAttacker(() => ({}));
    const idpId = newKey();
    await provision(users, { organizationId: employer, connectionId: "conn_1", idpId, email: victim.email });
    const claim = { organizationId: attacker, connectionId: "conn_2", idpId, email: victim.email };
    expect(await failure(provision(users, claim))).toMatchObject({ reason: "DOMAIN_NOT_VERIFIED" });
    const connectionId = `conn_1","${idpId}`;
    expect(await failure(provision(users, { ...claim, connectionId, idpId: "x" }))).toMatchObject({
      reason: "DOMAIN_NOT_VERIFIED",
    });
  });

  it("does not get a member whose email nobody has verified", async () => {
    const { users, db } = server.current;
    const organizationId = await insertOrganization(db, {});
    const member = await createUser(users);
    await insertMembership(db, member.id, organizationId, "active");
    expect(await failure(provision(users, { organizationId, email: member.email }))).toMatchObject({
      code: "FAILED_PRECONDITION",
      reason: "EMAIL_NOT_VERIFIED",
      metadata: { email: member.email },
    });
  });
});

describe("an attacker who signs up with somebody's email before they come", () => {
  it("has no way in any more when the owner comes through SSO", async () => {
    const { users, db } = server.current;
    const own = newDomain();
    const attackersOrganization = await insertOrganization(db, { [own]: "verified" });
    const theirs = newDomain();
    const employer = await insertOrganization(db, { [theirs]: "verified" });
    // A user of their own, with an identity that carries an address that is not the user's; then the victim's email.
    const idpId = newKey();
    const { user } = await provision(users, { organizationId: attackersOrganization, idpId, email: `eve@${own}` });
    const id = user?.id as string;
    await provision(users, { organizationId: attackersOrganization, idpId, email: `eve2@${own}` });
    await updateUser(users, id, { email: `kate@${theirs}`, password: goodPassword });
    expect(await listIdentities(users, id)).toHaveLength(1);

    const linked = await provision(users, { organizationId: employer, email: `kate@${theirs}` });
    expect(linked.outcome).toBe(Outcome.LINKED);
    expect(linked.user).toMatchObject({ id, emailVerified: true });
    expect(linked).toMatchObject({ passwordRemoved: true, identitiesRemoved: 1 });
    expect(await credentialOf(server.current, id)).toBeNull();
    expect(await failure(signIn(server.current, `kate@${theirs}`, goodPassword))).toEqual(invalidCredentials);
    expect(await listIdentities(users, id)).toMatchObject([{ email: `kate@${theirs}` }]);
    const again = await provision(users, { organizationId: attackersOrganization, idpId, email: `eve@${own}` });
    expect(again.user?.id).not.toBe(id);
  });

  it("but a password of a user with a verified email stays", async () => {
    const { users, db } = server.current;
    const domain = newDomain();
    const organizationId = await insertOrganization(db, { [domain]: "verified" });
    const email = `kate@${domain}`;
    const user = await createUser(users, { email, emailVerified: true, password: goodPassword });
    const linked = await provision(users, { organizationId, email });
    expect(linked).toMatchObject({ outcome: Outcome.LINKED, passwordRemoved: false, identitiesRemoved: 0 });
    expect(await signIn(server.current, email, goodPassword)).toMatchObject({ id: user.id });
  });
});
