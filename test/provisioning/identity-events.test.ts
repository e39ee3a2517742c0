import { beforeEach, describe, expect, it } from "vitest";
import { ErrorReason } from "../../gen/ts/roster/v1/error_reason.js";
import { OrganizationMembershipServiceClient } from "../../gen/ts/roster/v1/organization_membership_service.js";
import { DeleteIdentityRequest } from "../../gen/ts/roster/v1/user_service.js";
import { call, failure } from "../support/call.js";
import { allEvents } from "../support/events.js";
import { deactivate } from "../support/memberships.js";
import { insertMembership, insertOrganization, listIdentities, provision } from "../support/provisioning.js";
import { useServer } from "../support/server.js";
import { changeStatus, createUser, deleteUser, newEmail, newKey, updateUser } from "../support/users.js";

const server = useServer();
let domain: string;
let organizationId: string;

beforeEach(async () => {
  domain = `${newKey()}.example`;
  organizationId = await insertOrganization(server.current.db, { [domain]: "verified" });
});

const signIn = (given: { email: string; idpId: string }) =>
  provision(server.current.users, { organizationId, connectionId: "okta", ...given });

/** The events of a user that tell of an identity, or of another type. */
const told = async (userId: string, prefix: string) =>
  (await allEvents(server.current, { userId })).filter(({ type }) => type.startsWith(prefix));

describe("an identity", () => {
  it("is told when it is made and when it is removed, whole, and not when it is signed in with", async () => {
    const { users } = server.current;
    const subject = { email: `ada@${domain}`, idpId: "1" };
    const { user } = await signIn(subject);
    const id = user?.id as string;
    const [made] = await listIdentities(users, id);
    await signIn(subject);
    const [current] = await listIdentities(users, id);
    const request = { userId: id, connectionId: "okta", idpId: "1", requestId: "delete-1" };
    await call(users.deleteIdentity.bind(users), DeleteIdentityRequest.fromPartial(request));
    const events = await told(id, "identity.");
    expect(events.map(({ type, object, context }) => [type, object, context?.requestId])).toEqual([
      ["identity.created", { $case: "identity", value: made }, undefined],
      ["identity.deleted", { $case: "identity", value: current }, "delete-1"],
    ]);
  });

  it("is told when a new email of its user removes it", async () => {
    const { user } = await signIn({ email: `ada@${domain}`, idpId: "1" });
    await updateUser(server.current.users, user?.id as string, { email: newEmail() });
    expect((await told(user?.id as string, "identity.")).map(({ type }) => type)).toEqual([
      "identity.created",
      "identity.deleted",
    ]);
  });

  it("is told when its user is deleted, before the user", async () => {
    const { user } = await signIn({ email: `ada@${domain}`, idpId: "1" });
    await deleteUser(server.current.users, user?.id as string);
    const types = (await allEvents(server.current, { userId: user?.id as string })).map(({ type }) => type);
    expect(types.slice(-3)).toEqual(["identity.deleted", "organization_membership.deleted", "user.deleted"]);
  });
});

describe("a sign-in that ProvisionUser refuses", () => {
  const { users, member } = {
    users: () => server.current.users,
    member: async () => {
      const answer = await signIn({ email: `ada@${domain}`, idpId: "1" });
      const memberships = server.current.client(OrganizationMembershipServiceClient);
      await deactivate(memberships, answer.organizationMembership?.id as string);
      return answer.user?.id as string;
    },
  };

  const refusals: { reason: string; arrange: () => Promise<{ userId?: string; email: string; idpId: string }> }[] = [
    {
      reason: "DOMAIN_NOT_VERIFIED",
      arrange: async () => {
        const { id: userId, email } = await createUser(users());
        return { userId, email, idpId: newKey() };
      },
    },
    {
      reason: "EMAIL_NOT_VERIFIED",
      arrange: async () => {
        const { id: userId, email } = await createUser(users());
        await insertMembership(server.current.db, userId, organizationId, "active");
        return { userId, email, idpId: newKey() };
      },
    },
    {
      reason: "TOO_MANY_IDENTITIES",
      arrange: async () => {
        const email = `ada@${domain}`;
        const { id: userId } = await createUser(users(), { email, emailVerified: true });
        for (let n = 0; n < 25; n++) await signIn({ email, idpId: newKey() });
        return { userId, email, idpId: newKey() };
      },
    },
    {
      reason: "USER_INACTIVE",
      arrange: async () => {
        const { id: userId, email } = await createUser(users(), { email: `ada@${domain}` });
        await changeStatus(users(), "deactivateUser", { id: userId });
        return { userId, email, idpId: newKey() };
      },
    },
    {
      reason: "ORGANIZATION_MEMBERSHIP_INACTIVE",
      arrange: async () => ({ userId: await member(), email: newEmail(), idpId: "1" }),
    },
  ];

  it.each(refusals)("is told with the reason $reason", async ({ reason, arrange }) => {
    const { userId = "", email, idpId } = await arrange();
    const requestId = newKey();
    const refused = provision(users(), { organizationId, connectionId: "okta", idpId, email, requestId });
    expect(await failure(refused)).toMatchObject({ code: "FAILED_PRECONDITION", reason });
    const [event, ...rest] = await told(userId, "authentication.sso_failed");
    expect(rest).toEqual([]);
    expect(event?.context?.requestId).toBe(requestId);
    expect(event?.object?.value).toEqual({
      userId,
      email,
      organizationId,
      connectionId: "okta",
      ipAddress: undefined,
      userAgent: undefined,
      lastSignInAt: undefined,
      reason: ErrorReason[reason as keyof typeof ErrorReason],
    });
  });

  it("is told without a user where nobody has the email, and once for each try", async () => {
    const email = newEmail();
    for (const _ of [1, 2]) await failure(signIn({ email, idpId: newKey() }));
    const events = await allEvents(server.current, { organizationId });
    expect(events.map(({ type, object }) => [type, object?.value])).toMatchObject([
      ["authentication.sso_failed", { email, userId: undefined }],
      ["authentication.sso_failed", { email, userId: undefined }],
    ]);
  });

  it("is not told where the request is wrong", async () => {
    const email = newEmail();
    expect((await failure(signIn({ email, idpId: "" }))).reason).toBe("INVALID_REQUEST");
    expect(await allEvents(server.current, { organizationId })).toEqual([]);
  });
});
