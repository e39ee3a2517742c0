import { describe, expect, it } from "vitest";
import { ErrorReason } from "../../gen/ts/roster/v1/error_reason.js";
import { OrganizationMembershipStatus } from "../../gen/ts/roster/v1/organization_membership.js";
import { ProvisionUserResponse_Outcome as Outcome } from "../../gen/ts/roster/v1/user_service.js";
import { newId } from "../support/clock.js";
import { failure } from "../support/call.js";
import { allEvents } from "../support/events.js";
import { newDomain } from "../support/organizations.js";
import { insertMembership, insertOrganization, listIdentities, provision } from "../support/provisioning.js";
import { useServer } from "../support/server.js";
import { createUser, getUser, newKey } from "../support/users.js";

const server = useServer();

const organizationWith = async (state: "verified" | "pending") => {
  const domain = newDomain();
  return { domain, organizationId: await insertOrganization(server.current.db, { [domain]: state }) };
};

describe("a person of a verified domain", () => {
  it("whom nobody knows becomes a user and a member", async () => {
    const { users } = server.current;
    const { domain, organizationId } = await organizationWith("verified");
    const profile = { firstName: "Ada", lastName: "Lovelace", profilePictureUrl: "https://example.com/ada.png" };
    const attributes = new Map([["department", "engines"]]);
    const email = `Ada@${domain.toUpperCase()}`;
    const before = Date.now();
    const answer = await provision(users, { organizationId, idpId: "42", email, ...profile, attributes });
    expect(answer.outcome).toBe(Outcome.CREATED);
    expect(answer.user).toMatchObject({ email, emailVerified: true, ...profile, revision: 1n });
    expect(Number(answer.user?.lastSignInAt?.seconds) * 1_000).toBeGreaterThanOrEqual(before - 1_000);
    expect(await getUser(users, answer.user?.id as string)).toEqual(answer.user);
    expect(answer.organizationMembership).toMatchObject({
      id: expect.stringMatching(/^om_/),
      userId: answer.user?.id,
      organizationId,
      organizationName: "Analytical Engines",
      status: OrganizationMembershipStatus.ACTIVE,
      role: "member",
      revision: 1n,
    });
    const [identity, ...more] = await listIdentities(users, answer.user?.id as string);
    expect(more).toEqual([]);
    expect(identity).toMatchObject({ userId: answer.user?.id, connectionId: "conn_1", idpId: "42", email, attributes });
    const events = await allEvents(server.current, { organizationId });
    expect(events.map(({ type }) => type)).toEqual(["organization_membership.created", "authentication.sso_succeeded"]);
    expect(events[0]?.object).toEqual({ $case: "organizationMembership", value: answer.organizationMembership });
    expect(events[1]?.object).toEqual({
      $case: "authentication",
      value: {
        userId: answer.user?.id,
        email,
        organizationId,
        connectionId: "conn_1",
        ipAddress: undefined,
        userAgent: undefined,
        lastSignInAt: answer.user?.lastSignInAt,
        reason: ErrorReason.UNSPECIFIED,
      },
    });
    const ofUser = await allEvents(server.current, { userId: answer.user?.id as string });
    expect(ofUser.map(({ type }) => type)).toEqual([
      "user.created",
      "identity.created",
      ...events.map(({ type }) => type),
    ]);
  });

  it("whose user was deleted without its identities becomes a new user", async () => {
    const { users, db } = server.current;
    const { domain, organizationId } = await organizationWith("verified");
    const profile = { organizationId, idpId: newKey(), email: `ada@${domain}` };
    const { user: old } = await provision(users, profile);
    // As servers of versions without identities do.
    await db.collection<{ _id: string }>("users").deleteOne({ _id: old?.id as string });
    const answer = await provision(users, profile);
    expect(answer.outcome).toBe(Outcome.CREATED);
    expect(answer.user?.id).not.toBe(old?.id);
    expect(await listIdentities(users, answer.user?.id as string)).toMatchObject([{ idpId: profile.idpId }]);
    expect((await provision(users, profile)).outcome).toBe(Outcome.EXISTING_IDENTITY);
  });

  it("who is a user already is linked, and becomes a member", async () => {
    const { users } = server.current;
    const { domain, organizationId } = await organizationWith("verified");
    const user = await createUser(users, {
      email: `ada@${domain}`,
      emailVerified: true,
      firstName: "A",
      name: "Ada L.",
    });
    const answer = await provision(users, { organizationId, email: `ADA@${domain}`, firstName: "Ada" });
    expect(answer.outcome).toBe(Outcome.LINKED);
    expect(answer.user).toMatchObject({
      id: user.id,
      email: user.email,
      emailVerified: true,
      firstName: "Ada",
      name: "Ada L.",
      revision: 2n,
    });
    expect(answer.organizationMembership?.status).toBe(OrganizationMembershipStatus.ACTIVE);
  });

  it("who was invited becomes an active member with the role of the invitation", async () => {
    const { users, db } = server.current;
    const { domain, organizationId } = await organizationWith("verified");
    const user = await createUser(users, { email: `ada@${domain}` });
    const id = await insertMembership(db, user.id, organizationId, "pending");
    const { organizationMembership } = await provision(users, { organizationId, email: user.email });
    expect(organizationMembership).toMatchObject({
      id,
      status: OrganizationMembershipStatus.ACTIVE,
      role: "admin",
      revision: 2n,
    });
  });
});

describe("a known identity", () => {
  it("is that user, whatever email it brings, with names refreshed", async () => {
    const { users } = server.current;
    const { domain, organizationId } = await organizationWith("verified");
    const subject = { organizationId, idpId: newKey() };
    const first = await provision(users, { ...subject, email: `ada@${domain}`, firstName: "Ada", lastName: "Byron" });
    const attributes = new Map([["title", "Countess"]]);
    const again = await provision(users, {
      ...subject,
      email: "countess@elsewhere.example",
      lastName: "Lovelace",
      attributes,
    });
    expect(again.outcome).toBe(Outcome.EXISTING_IDENTITY);
    expect(again.user).toMatchObject({
      id: first.user?.id,
      email: `ada@${domain}`,
      emailVerified: true,
      firstName: "Ada",
      lastName: "Lovelace",
      revision: 2n,
    });
    expect(again.organizationMembership).toEqual(first.organizationMembership);
    expect(await listIdentities(users, first.user?.id as string)).toMatchObject([
      { email: "countess@elsewhere.example", attributes },
    ]);
  });

  it("leaves the user as it is but for last_sign_in_at when nothing but the sign-in changes", async () => {
    const { users } = server.current;
    const { domain, organizationId } = await organizationWith("verified");
    const request = { organizationId, idpId: newKey(), email: `ada@${domain}`, firstName: "Ada" };
    const first = await provision(users, request);
    const again = await provision(users, request);
    const { lastSignInAt } = again.user ?? {};
    expect(again.user).toEqual({ ...first.user, lastSignInAt });
    expect(await getUser(users, again.user?.id as string)).toEqual(again.user);
    const events = await allEvents(server.current, { userId: again.user?.id as string });
    expect(events.slice(4).map(({ type }) => type)).toEqual(["authentication.sso_succeeded"]);
    expect(events[4]?.object?.value).toMatchObject({ lastSignInAt });
  });

  it("gets a membership when it has none", async () => {
    const { users } = server.current;
    const one = await organizationWith("verified");
    const other = await organizationWith("pending");
    const subject = { idpId: newKey(), email: `ada@${one.domain}` };
    const first = await provision(users, { ...subject, organizationId: one.organizationId });
    const second = await provision(users, { ...subject, organizationId: other.organizationId });
    expect(second.outcome).toBe(Outcome.EXISTING_IDENTITY);
    expect(second.user?.id).toBe(first.user?.id);
    expect(second.organizationMembership).toMatchObject({ organizationId: other.organizationId, revision: 1n });
  });
});

describe("a member with a verified email, of a domain that the organization has not verified,", () => {
  it.each(["active", "pending"] as const)("is linked when the membership is %s", async (status) => {
    const { users, db } = server.current;
    const { domain, organizationId } = await organizationWith("pending");
    const user = await createUser(users, { email: `ada@${domain}`, emailVerified: true });
    const id = await insertMembership(db, user.id, organizationId, status);
    const answer = await provision(users, { organizationId, email: user.email });
    expect(answer.outcome).toBe(Outcome.LINKED);
    expect(answer.user?.id).toBe(user.id);
    expect(answer.organizationMembership).toMatchObject({ id, status: OrganizationMembershipStatus.ACTIVE });
  });
});

describe("a refused sign-in", () => {
  it("of an inactive member, even with a known identity, changes nothing", async () => {
    const { users, db } = server.current;
    const { domain, organizationId } = await organizationWith("verified");
    const request = { organizationId, idpId: newKey(), email: `ada@${domain}` };
    const { user, organizationMembership } = await provision(users, request);
    const id = organizationMembership?.id as string;
    const memberships = db.collection<{ _id: string }>("memberships");
    await memberships.updateOne({ _id: id }, { $set: { status: "inactive" } });
    for (const refused of [request, { ...request, idpId: newKey() }]) {
      expect(await failure(provision(users, { ...refused, firstName: "Eve" }))).toMatchObject({
        code: "FAILED_PRECONDITION",
        reason: "ORGANIZATION_MEMBERSHIP_INACTIVE",
        metadata: { id },
      });
    }
    expect(await getUser(users, user?.id as string)).toEqual(user);
    expect(await listIdentities(users, user?.id as string)).toHaveLength(1);
    const types = (await allEvents(server.current, { organizationId })).map(({ type }) => type);
    expect(types.slice(2)).toEqual(["authentication.sso_failed", "authentication.sso_failed"]);
  });

  it("of an organization that does not exist", async () => {
    const organizationId = newId("org");
    expect(await failure(provision(server.current.users, { organizationId, email: "ada@example.com" }))).toMatchObject({
      code: "NOT_FOUND",
      reason: "ORGANIZATION_NOT_FOUND",
      metadata: { organization_id: organizationId },
    });
  });

  it("names every field that breaks its rules", async () => {
    const refused = provision(server.current.users, {
      organizationId: "org_1",
      connectionId: "",
      idpId: "x".repeat(257),
      email: "ada",
      firstName: "x".repeat(257),
      profilePictureUrl: "ftp://example.com",
      attributes: new Map([["", "x"]]),
      requestId: "x".repeat(65),
    });
    const { code, reason, violations } = await failure(refused);
    expect({ code, reason }).toEqual({ code: "INVALID_ARGUMENT", reason: "INVALID_REQUEST" });
    expect(violations.map(({ field }) => field)).toEqual([
      "organization_id",
      "connection_id",
      "idp_id",
      "email",
      "first_name",
      "profile_picture_url",
      'attributes[""]',
      "request_id",
    ]);
  });
});

describe("a repeated sign-in with the same request id", () => {
  it("gets the first answer and changes nothing", async () => {
    const { users } = server.current;
    const { domain, organizationId } = await organizationWith("verified");
    const request = { organizationId, idpId: newKey(), email: `ada@${domain}`, requestId: newKey() };
    const first = await provision(users, request);
    expect(await provision(users, request)).toEqual(first);
    expect(await failure(provision(users, { ...request, firstName: "Eve" }))).toMatchObject({
      reason: "REQUEST_ID_REUSED",
    });
    expect(await getUser(users, first.user?.id as string)).toEqual(first.user);
  });
});
