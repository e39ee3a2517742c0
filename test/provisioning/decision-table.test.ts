import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  type ProvisionUserRequest,
  ProvisionUserResponse_Outcome as Outcome,
  type UserServiceClient,
} from "../../gen/ts/roster/v1/user_service.js";
import { identityId } from "../../src/directory/identity.js";
import type { MembershipStatus } from "../../src/directory/membership.js";
import { toDocument } from "../../src/mongo/documents.js";
import { credentialOf, goodPassword } from "../support/authentication.js";
import { seenError } from "../support/call.js";
import { allEvents } from "../support/events.js";
import { newDomain } from "../support/organizations.js";
import { insertMembership, insertOrganization, provision } from "../support/provisioning.js";
import { useServer } from "../support/server.js";
import { createUser, newKey } from "../support/users.js";

const server = useServer({ env: { ROSTER_BCRYPT_COST: "10" } });

type Row = Record<"identity" | "domain" | "user" | "emailVerified" | "membership" | "answer" | "changes", string>;

/** The rows of the table in docs/provisioning.md; one that says "yes or no" is two. */
const rows = (): Row[] => {
  const page = readFileSync(new URL("../../docs/provisioning.md", import.meta.url), "utf8");
  const lines = page.match(/^\| (?:known|unknown) \|.*\|$/gm) ?? [];
  return lines.flatMap((line) => {
    const cells = line.slice(2, -2).split(" | ");
    const [identity, domain, user, verified, memberships, answer, changes] = cells as [string, ...string[]];
    return (verified ?? "")
      .split(" or ")
      .flatMap((emailVerified) =>
        (memberships ?? "")
          .split(" or ")
          .map((membership) => ({ identity, domain, user, emailVerified, membership, answer, changes }) as Row),
      );
  });
};

const insertIdentity = async (userId: string, connectionId: string, idpId: string, email: string): Promise<void> => {
  const id = identityId(connectionId, idpId);
  const times = { createdAt: new Date(), lastSignInAt: new Date() };
  const of = { userId, connectionId, idpId, email, normalizedEmail: email };
  const document = toDocument({ id, ...of, attributes: {}, ...times, revision: 1 });
  await server.current.db.collection<typeof document>("identities").insertOne(document);
};

/** Makes what the row says is there; returns the request to try. */
const arrange = async (row: Row, users: UserServiceClient): Promise<Partial<ProvisionUserRequest>> => {
  const { db } = server.current;
  const domain = newDomain();
  const organizationId = await insertOrganization(db, { [domain]: row.domain === "verified" ? "verified" : "pending" });
  const email = `ada@${domain}`;
  const request = { organizationId, idpId: newKey(), email };
  const isKnown = row.identity === "known";
  if (!isKnown && row.user === "none") return request;

  const userEmail = isKnown ? `ada@${newDomain()}` : email;
  const user = await createUser(users, {
    email: userEmail,
    emailVerified: row.emailVerified === "yes",
    password: goodPassword,
  });
  await insertIdentity(user.id, "conn_0", newKey(), userEmail);
  if (isKnown) await insertIdentity(user.id, "conn_1", request.idpId, userEmail);
  if (row.membership !== "none") {
    await insertMembership(db, user.id, organizationId, row.membership as MembershipStatus);
  }
  return request;
};

/** What there is about the one who signs in. */
const look = async ({ organizationId = "", idpId = "", email = "" }: Partial<ProvisionUserRequest>) => {
  const { db } = server.current;
  const identity = await db.collection("identities").findOne({ connectionId: "conn_1", idpId });
  const user = await db
    .collection<{ _id: string; emailVerified: boolean }>("users")
    .findOne(identity ? { _id: identity.userId } : { normalizedEmail: email });
  const userId = user?._id ?? "nobody";
  return {
    identity,
    user,
    credential: await credentialOf(server.current, userId),
    others: await db.collection("identities").findOne({ userId, connectionId: "conn_0" }),
    membership: await db.collection("memberships").findOne({ userId, organizationId }),
    events: user ? (await allEvents(server.current, { userId })).map(({ type }) => type) : [],
  };
};

type Seen = Awaited<ReturnType<typeof look>>;

/** What is different, in the words of the table. */
const changes = (before: Seen, after: Seen): string[] =>
  Object.entries({
    "user made": !before.user && after.user,
    "email verified": before.user && before.user.emailVerified !== after.user?.emailVerified,
    "password removed": before.credential && !after.credential,
    "other identities removed": before.others && !after.others,
    "identity made": !before.identity && after.identity,
    "membership made": !before.membership && after.membership?.status === "active",
    "membership becomes active":
      before.membership &&
      before.membership.status !== after.membership?.status &&
      after.membership?.status === "active",
  }).flatMap(([change, isSeen]) => (isSeen ? [change] : []));

const attempt = async (users: UserServiceClient, request: Partial<ProvisionUserRequest>): Promise<string> => {
  try {
    return `OUTCOME_${Outcome[(await provision(users, request)).outcome]}`;
  } catch (error) {
    return seenError(error).reason ?? String(error);
  }
};

describe("the decision table", () => {
  it.each(rows())(
    "identity $identity, domain $domain, user $user, email verified $emailVerified, membership $membership: $answer",
    async (row) => {
      const { users } = server.current;
      const request = await arrange(row, users);
      const before = await look(request);
      const answer = await attempt(users, request);
      const after = await look(request);
      expect({ answer: `\`${answer}\``, changes: changes(before, after).join(", ") || "nothing" }).toEqual({
        answer: row.answer,
        changes: row.changes,
      });
      if (!answer.startsWith("OUTCOME_")) {
        const events = before.user ? [...before.events, "authentication.sso_failed"] : [];
        expect(after).toEqual({ ...before, events });
        return;
      }
      const made = row.changes.includes("membership made") && "organization_membership.created";
      const activated = row.changes.includes("membership becomes active") && "organization_membership.updated";
      const proven = row.changes.includes("email verified") && "user.updated";
      const removed = row.changes.includes("password removed") && "user.password_changed";
      expect(after.events.slice(before.events.length)).toEqual([
        ...[before.user ? proven || [] : "user.created"].flat(),
        ...(row.changes.includes("other identities removed") ? ["identity.deleted"] : []),
        ...(row.changes.includes("identity made") ? ["identity.created"] : []),
        ...[made || activated || []].flat(),
        ...[removed || []].flat(),
        "authentication.sso_succeeded",
      ]);
    },
  );

  it("has every case once", () => {
    const cases = rows().map((row) => JSON.stringify({ ...row, answer: "", changes: "" }));
    const [known, noUser, emailVerifiedTimesMembership, domainVerified] = [4, 1, 2 * 4, 2];
    expect(cases).toHaveLength(known + domainVerified * (noUser + emailVerifiedTimesMembership));
    expect(new Set(cases).size).toBe(cases.length);
  });
});
