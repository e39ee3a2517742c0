import { describe, expect, it } from "vitest";
import { ErrorReason } from "../../src/directory/error.js";
import { createUser } from "../../src/directory/create-user.js";
import { deleteUser } from "../../src/directory/delete-user.js";
import { createMembership } from "../../src/directory/memberships/create-membership.js";
import { createOrganization } from "../../src/directory/organizations/create-organization.js";
import { deleteOrganization } from "../../src/directory/organizations/delete-organization.js";
import { provisionUser } from "../../src/directory/provisioning/provision-user.js";
import { updateUser } from "../../src/directory/update-user.js";
import { InMemoryCommitter } from "../support/in-memory-committer.js";

// The rules of the domain without a database. What the database adds (uniqueness between servers) is tested against one.
const call = { signal: new AbortController().signal };
const none = { emailVerified: false, metadata: new Map<string, string>(), requestId: "" };
const unchanged = { metadata: new Map<string, string>(), removeMetadata: [], requestId: "" };

const directory = () => {
  const committer = new InMemoryCommitter();
  return {
    committer,
    types: () => committer.events.map(({ type }) => type),
    user: (email: string, more = {}) => committer.run(createUser({ email, ...none, ...more })(), call),
    organization: (domain: string) =>
      committer.run(
        createOrganization({
          name: "Engines",
          domains: [{ domain, state: "verified" }],
          metadata: new Map(),
          requestId: "",
        }),
        call,
      ),
    member: (userId: string, organizationId: string) =>
      committer.run(createMembership({ userId, organizationId, role: "", status: "active", requestId: "" }), call),
  };
};

describe("the rules of the domain", () => {
  it("give an email and an external id to one user, and set them free when it is deleted", async () => {
    const { committer, user, types } = directory();
    const ada = await user("Ada@example.com", { externalId: "42" });
    await expect(user("ada@example.com")).rejects.toMatchObject({ reason: ErrorReason.EMAIL_NOT_AVAILABLE });
    await expect(user("bob@example.com", { externalId: "42" })).rejects.toMatchObject({
      reason: ErrorReason.EXTERNAL_ID_ALREADY_USED,
    });
    await committer.run(deleteUser({ id: ada.id, requestId: "" }), call);
    expect((await user("ada@example.com", { externalId: "42" })).id).not.toBe(ada.id);
    expect(types()).toEqual(["user.created", "user.deleted", "user.created"]);
  });

  it("write and tell nothing of a change that changes nothing", async () => {
    const { committer, user, types } = directory();
    const ada = await user("ada@example.com", { firstName: "Ada" });
    expect(await committer.run(updateUser({ id: ada.id, firstName: "Ada", ...unchanged })(), call)).toEqual(ada);
    expect(types()).toEqual(["user.created"]);
  });

  it("answer a repeated request with the first answer, and no other one with the same id", async () => {
    const { committer, user } = directory();
    const ada = await user("ada@example.com", { requestId: "request-1" });
    expect(await user("ada@example.com", { requestId: "request-1" })).toEqual(ada);
    const other = createUser({ email: "bob@example.com", ...none, requestId: "request-1" })();
    await expect(committer.findReplay(other, call)).rejects.toMatchObject({ reason: ErrorReason.REQUEST_ID_REUSED });
    expect(committer.all("users")).toEqual([ada]);
  });

  it("take the memberships along when a user or an organization is deleted", async () => {
    const { committer, user, organization, member } = directory();
    const [ada, bob] = [await user("ada@example.com"), await user("bob@example.com")];
    const engines = await organization("example.com");
    for (const { id } of [ada, bob]) await member(id, engines.id);
    await committer.run(deleteUser({ id: ada.id, requestId: "" }), call);
    expect(committer.all("memberships").map(({ userId }) => userId)).toEqual([bob.id]);
    await committer.run(deleteOrganization({ id: engines.id, requestId: "" }), call);
    expect([committer.all("memberships"), committer.all("users")]).toEqual([[], [bob]]);
  });

  it("link, create and recognize who comes through SSO", async () => {
    const { committer, user, organization } = directory();
    const ada = await user("ada@example.com");
    const { id: organizationId } = await organization("example.com");
    const sso = { organizationId, connectionId: "conn_1", attributes: new Map(), requestId: "" };
    const outcomes = [];
    for (const [idpId, email] of [
      ["1", "ada@example.com"],
      ["2", "bob@example.com"],
      ["1", "ada@example.com"],
    ] as const) {
      const { outcome, user: provisioned } = await committer.run(provisionUser({ ...sso, idpId, email }), call);
      outcomes.push([outcome, provisioned.id === ada.id]);
    }
    expect(outcomes).toEqual([
      ["linked", true],
      ["created", false],
      ["existing identity", true],
    ]);
    expect(committer.all("identities")).toHaveLength(2);
  });

  it("let each of an ordered run see what those before it did", async () => {
    const { committer } = directory();
    const emails = ["ada@example.com", "ADA@example.com", "bob@example.com"];
    const outcomes = await committer.runInOrder(
      emails.map((email) => createUser({ email, ...none })()),
      call,
    );
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true]);
  });
});
