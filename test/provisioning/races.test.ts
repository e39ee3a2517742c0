import { beforeAll, describe, expect, it } from "vitest";
import {
  type ProvisionUserRequest,
  type ProvisionUserResponse,
  ProvisionUserResponse_Outcome as Outcome,
} from "../../gen/ts/roster/v1/user_service.js";
import { allEvents } from "../support/events.js";
import { newDomain } from "../support/organizations.js";
import { insertOrganization, provision } from "../support/provisioning.js";
import { type TestServer, useServer } from "../support/server.js";
import { newKey } from "../support/users.js";

const server = useServer();
let other: TestServer;

beforeAll(async () => {
  other = await server.current.another();
});

type Subject = Pick<ProvisionUserRequest, "connectionId" | "idpId" | "email">;

interface Case {
  readonly name: string;
  /** Who comes, in turn. */
  readonly subjects: (domain: string) => readonly Subject[];
  readonly users: number;
  readonly identities: number;
  readonly outcomes: Readonly<Record<"CREATED" | "LINKED" | "EXISTING_IDENTITY", number>>;
}

const connection = (connectionId: string, idpId: string, email: string): Subject => ({ connectionId, idpId, email });

const cases: readonly Case[] = [
  {
    name: "one person",
    subjects: (domain) => [connection("conn_1", newKey(), `ada@${domain}`)],
    users: 1,
    identities: 1,
    outcomes: { CREATED: 1, LINKED: 0, EXISTING_IDENTITY: 99 },
  },
  {
    name: "one email from two connections, in two spellings",
    subjects: (domain) => [
      connection("conn_1", newKey(), `ada@${domain}`),
      connection("conn_2", newKey(), `ADA@${domain.toUpperCase()}`),
    ],
    users: 1,
    identities: 2,
    outcomes: { CREATED: 1, LINKED: 1, EXISTING_IDENTITY: 98 },
  },
  {
    name: "one subject with a changed email",
    subjects: (domain) => {
      const idpId = newKey();
      return [connection("conn_1", idpId, `ada@${domain}`), connection("conn_1", idpId, `countess@${domain}`)];
    },
    users: 1,
    identities: 1,
    outcomes: { CREATED: 1, LINKED: 0, EXISTING_IDENTITY: 99 },
  },
  {
    name: "four people, of whom two share a subject's number at different connections",
    subjects: (domain) => [
      connection("conn_1", "1", `a@${domain}`),
      connection("conn_2", "1", `b@${domain}`),
      connection("conn_1", "2", `c@${domain}`),
      connection("conn_1", "3", `d@${domain}`),
    ],
    users: 4,
    identities: 4,
    outcomes: { CREATED: 4, LINKED: 0, EXISTING_IDENTITY: 96 },
  },
];

/** Of each case. */
const rounds = Number(process.env.PROVISIONING_ROUNDS ?? 20);

describe("a hundred concurrent first sign-ins through two servers", () => {
  it.each(cases)(`of $name, ${rounds} rounds`, { timeout: 120_000 }, async (given) => {
    for (let round = 0; round < rounds; round++) {
      const { db } = server.current;
      const domain = newDomain();
      const organizationId = await insertOrganization(db, { [domain]: "verified" });
      // Subjects of one round are not known from another.
      const subjects = given
        .subjects(domain)
        .map((s) => ({ ...s, connectionId: `${s.connectionId}/${round}/${given.name.length}` }));
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, i) => {
          const { users } = i % 2 === 0 ? server.current : other;
          return provision(users, { organizationId, ...(subjects[(i >> 1) % subjects.length] as Subject) });
        }),
      );
      expect(countOutcomes(answers)).toEqual(given.outcomes);
      const userIds = [...new Set(answers.map(({ user }) => user?.id as string))];
      expect(userIds).toHaveLength(given.users);
      expect(new Set(answers.map(({ organizationMembership }) => organizationMembership?.id)).size).toBe(given.users);
      expect(await db.collection("memberships").countDocuments({ organizationId })).toBe(given.users);
      expect(await db.collection("users").countDocuments({ normalizedEmail: { $regex: `@${domain}$` } })).toBe(
        given.users,
      );
      expect(await db.collection("identities").countDocuments({ userId: { $in: userIds } })).toBe(given.identities);
    }
  });

  it("tells each of them once", async () => {
    const domain = newDomain();
    const organizationId = await insertOrganization(server.current.db, { [domain]: "verified" });
    const subject = { organizationId, idpId: newKey(), email: `ada@${domain}` };
    await Promise.all(
      Array.from({ length: 100 }, (_, i) => provision((i % 2 ? server.current : other).users, subject)),
    );
    const types = (await allEvents(server.current, { organizationId })).map(({ type }) => type);
    expect(types).toHaveLength(101);
    expect(types.filter((type) => type === "organization_membership.created")).toHaveLength(1);
    expect(types.filter((type) => type === "authentication.sso_succeeded")).toHaveLength(100);
  });
});

const countOutcomes = (answers: readonly ProvisionUserResponse[]): Case["outcomes"] => {
  const count = (outcome: Outcome) => answers.filter((answer) => answer.outcome === outcome).length;
  return {
    CREATED: count(Outcome.CREATED),
    LINKED: count(Outcome.LINKED),
    EXISTING_IDENTITY: count(Outcome.EXISTING_IDENTITY),
  };
};
