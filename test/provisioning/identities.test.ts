import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import {
  DeleteIdentityRequest,
  ProvisionUserResponse_Outcome as Outcome,
} from "../../gen/ts/roster/v1/user_service.js";
import { call, failure } from "../support/call.js";
import { newDomain } from "../support/organizations.js";
import { insertOrganization, listIdentities, provision } from "../support/provisioning.js";
import { useServer } from "../support/server.js";
import { deleteUser, newEmail, newKey, unusedId, updateUser } from "../support/users.js";

const server = useServer();

/** Somebody who came through two connections. */
const withTwoIdentities = async () => {
  const { users, db } = server.current;
  const domain = newDomain();
  const organizationId = await insertOrganization(db, { [domain]: "verified" });
  const [first, second] = [newKey(), newKey()];
  const email = `ada@${domain}`;
  const { user } = await provision(users, { organizationId, connectionId: "conn_1", idpId: first, email });
  await provision(users, { organizationId, connectionId: "conn_2", idpId: second, email });
  return { organizationId, domain, email, userId: user?.id as string, first, second };
};

const deleteIdentity = (given: Partial<DeleteIdentityRequest>) => {
  const { users } = server.current;
  return call(users.deleteIdentity.bind(users), { ...DeleteIdentityRequest.fromPartial({}), ...given });
};

describe("the identities of a user", () => {
  it("are listed, oldest first", async () => {
    const { userId, first, second } = await withTwoIdentities();
    const identities = await listIdentities(server.current.users, userId);
    expect(identities.map(({ connectionId, idpId }) => [connectionId, idpId])).toEqual([
      ["conn_1", first],
      ["conn_2", second],
    ]);
  });

  it("are as old as their first sign-in, and tell of the last one", async () => {
    const { organizationId, email, userId, first } = await withTwoIdentities();
    const [before] = await listIdentities(server.current.users, userId);
    await sleep(2);
    await provision(server.current.users, { organizationId, connectionId: "conn_1", idpId: first, email });
    const [after] = await listIdentities(server.current.users, userId);
    expect(after).toEqual({ ...before, lastSignInAt: expect.anything() });
    expect(after?.lastSignInAt).not.toEqual(before?.lastSignInAt);
  });

  it("are at most 25, which fit into one message whatever their attributes", async () => {
    const { users, db } = server.current;
    const domain = newDomain();
    const organizationId = await insertOrganization(db, { [domain]: "verified" });
    const attributes = new Map(
      Array.from({ length: 50 }, (_, i) => [
        String(i).padStart(2, "0") + "\u{1f512}".repeat(38),
        "\u{1f512}".repeat(600),
      ]),
    );
    const signIn = (n: number) =>
      provision(users, { organizationId, connectionId: `conn_${n}`, idpId: "1", email: `ada@${domain}`, attributes });
    const { user } = await signIn(0);
    for (let n = 1; n < 25; n++) await signIn(n);
    const refused = { code: "FAILED_PRECONDITION", reason: "TOO_MANY_IDENTITIES", metadata: { max_identities: "25" } };
    expect(await failure(signIn(25))).toMatchObject(refused);
    expect((await signIn(3)).outcome).toBe(Outcome.EXISTING_IDENTITY);
    const usual = server.current.connect({ "grpc.max_receive_message_length": 4 * 1_024 * 1_024 });
    expect(await listIdentities(usual, user?.id as string)).toHaveLength(25);
  });

  it("of nobody are not found", async () => {
    const userId = unusedId();
    expect(await failure(listIdentities(server.current.users, userId))).toMatchObject({
      code: "NOT_FOUND",
      reason: "USER_NOT_FOUND",
      metadata: { user_id: userId },
    });
    expect(await failure(listIdentities(server.current.users, "ada"))).toMatchObject({
      reason: "INVALID_REQUEST",
      violations: [{ field: "user_id", description: "must be user_ and a ULID of 26 characters" }],
    });
  });

  it("are deleted one by one; the subject is then unknown", async () => {
    const { users } = server.current;
    const { userId, first, second, organizationId } = await withTwoIdentities();
    await deleteIdentity({ userId, connectionId: "conn_1", idpId: first });
    expect(await listIdentities(users, userId)).toMatchObject([{ idpId: second }]);
    const again = { organizationId, connectionId: "conn_1", idpId: first, email: newEmail() };
    expect(await failure(provision(users, again))).toMatchObject({ reason: "DOMAIN_NOT_VERIFIED" });
    expect(await failure(deleteIdentity({ userId, connectionId: "conn_1", idpId: first }))).toMatchObject({
      code: "NOT_FOUND",
      reason: "IDENTITY_NOT_FOUND",
      metadata: { connection_id: "conn_1", idp_id: first },
    });
  });

  it("are deleted for their user only", async () => {
    const { userId } = await withTwoIdentities();
    const other = await withTwoIdentities();
    expect(await failure(deleteIdentity({ userId, connectionId: "conn_1", idpId: other.first }))).toMatchObject({
      reason: "IDENTITY_NOT_FOUND",
    });
    expect(await failure(deleteIdentity({ userId: unusedId(), connectionId: "c", idpId: "1" }))).toMatchObject({
      reason: "USER_NOT_FOUND",
    });
    expect(await listIdentities(server.current.users, other.userId)).toHaveLength(2);
  });

  it("that carry the old email go when the email changes", async () => {
    const { users } = server.current;
    const { userId, organizationId, domain, second, email } = await withTwoIdentities();
    // The second connection has a new address for this person.
    await provision(users, { organizationId, connectionId: "conn_2", idpId: second, email: `countess@${domain}` });
    await updateUser(users, userId, { email: email.toUpperCase() });
    expect(await listIdentities(users, userId)).toHaveLength(2);
    await updateUser(users, userId, { email: newEmail() });
    expect(await listIdentities(users, userId)).toMatchObject([{ connectionId: "conn_2" }]);
  });

  it("and memberships go with the user", async () => {
    const { users, db } = server.current;
    const { userId, organizationId, email, first } = await withTwoIdentities();
    await deleteUser(users, userId);
    for (const collection of ["identities", "memberships"]) {
      expect(await db.collection(collection).countDocuments({ userId })).toBe(0);
    }
    const again = await provision(users, { organizationId, connectionId: "conn_1", idpId: first, email });
    expect(again.outcome).toBe(Outcome.CREATED);
    expect(again.user?.id).not.toBe(userId);
  });
});
