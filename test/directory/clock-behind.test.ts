import { expect, it } from "vitest";
import { decide } from "../../src/directory/commit/decide.js";
import type { Mutation } from "../../src/directory/commit/mutation.js";
import { WorkingSet } from "../../src/directory/commit/working-set.js";
import { identityId } from "../../src/directory/identity.js";
import { type Membership, type MembershipStatus, pairOf } from "../../src/directory/membership.js";
import { createMembership } from "../../src/directory/memberships/create-membership.js";
import { deactivateMembership } from "../../src/directory/memberships/change-status.js";
import { updateMembership } from "../../src/directory/memberships/update-membership.js";
import { updateOrganization } from "../../src/directory/organizations/update-organization.js";
import { provisionUser } from "../../src/directory/provisioning/provision-user.js";
import type { Loaded } from "../../src/directory/tables.js";
import { updateUser } from "../../src/directory/update-user.js";
import type { User } from "../../src/directory/user.js";
import { newUser } from "../../src/directory/user-fields.js";
import { clock, newId } from "../support/clock.js";

// Set by a server whose clock is ahead of this one's.
const later = new Date(Date.now() + 60 * 60_000);
const times = { createdAt: later, updatedAt: later, revision: 1 };

const user: User = {
  id: newId("user"),
  email: "ada@example.com",
  normalizedEmail: "ada@example.com",
  emailVerified: false,
  metadata: {},
  ...times,
};
const organization = {
  id: newId("org"),
  name: "Engines",
  domains: [{ domain: "example.com", state: "verified" } as const],
  verifiedDomains: ["example.com"],
  metadata: {},
  ...times,
};
const membership = (status: MembershipStatus): Membership => ({
  id: newId("om"),
  userId: user.id,
  organizationId: organization.id,
  pair: pairOf(user.id, organization.id),
  organizationName: "Engines",
  status,
  role: "member",
  ...times,
});
const [active, pending, inactive] = [membership("active"), membership("pending"), membership("inactive")] as const;
const subject = { connectionId: "conn_1", idpId: "42" };
const identity = {
  id: identityId(subject.connectionId, subject.idpId),
  userId: user.id,
  ...subject,
  email: user.email,
  normalizedEmail: user.email,
  attributes: {},
  createdAt: later,
  lastSignInAt: later,
  revision: 1,
};

const requestId = "";
const given = { metadata: new Map<string, string>(), removeMetadata: [], requestId };
const pair = { userId: user.id, organizationId: organization.id };
const profile = { organizationId: organization.id, ...subject, email: user.email, attributes: new Map(), requestId };
const provisioned = (changes: { firstName?: string }, of: "user" | "membership"): Mutation<unknown> => {
  const mutation = provisionUser({ ...profile, ...changes });
  return { ...mutation, apply: (draft) => mutation.apply(draft)[of] };
};

it.each<[what: string, mutation: Mutation<unknown>, stored: Loaded]>([
  ["a user", updateUser({ id: user.id, name: "Ada", ...given })(), {}],
  [
    "an organization",
    updateOrganization({ id: organization.id, name: "New", domains: [], removeDomains: [], ...given }),
    {},
  ],
  ["a membership", updateMembership({ id: active.id, role: "admin", requestId }), { memberships: [active] }],
  ["a membership that ends", deactivateMembership({ id: active.id, requestId }), { memberships: [active] }],
  [
    "a membership that begins again",
    createMembership({ ...pair, role: "", status: "active", requestId }),
    { memberships: [inactive] },
  ],
  ["an invitation that is taken up", provisioned({}, "membership"), { memberships: [pending] }],
  ["a user whose email is proven", provisioned({}, "user"), { memberships: [active] }],
  [
    "a user whose profile has changed",
    provisioned({ firstName: "Ada" }, "user"),
    { memberships: [active], identities: [identity] },
  ],
])("updated_at of %s does not go back where a clock is behind", async (_what, mutation, stored) => {
  const loaded = { users: [user], organizations: [organization], ...stored };
  const [outcome] = await decide([mutation], new WorkingSet(clock), {
    read: async () => loaded,
    isCommitted: true,
  });
  expect(outcome).toMatchObject({ ok: true, result: { updatedAt: later, revision: 2 } });
});

it("a user who comes from a system whose clock is ahead has not changed before it was created", () => {
  const email = { address: user.email, folded: user.email, normalized: user.email };
  const fields = { email, emailVerified: false, texts: {}, metadata: new Map() };
  expect(newUser({ now: clock.now(), newId }, email, fields, { createdAt: later })).toMatchObject({
    createdAt: later,
    updatedAt: later,
  });
});
