import { beforeAll, describe, expect, it } from "vitest";
import { OrganizationMembershipStatus as Status } from "../../gen/ts/roster/v1/organization_membership.js";
import { OrganizationMembershipServiceClient } from "../../gen/ts/roster/v1/organization_membership_service.js";
import { answers, failures } from "../support/call.js";
import {
  createMembership,
  deactivate,
  deleteMembership,
  getMembership,
  newOrganization,
} from "../support/memberships.js";
import { deleteOrganization, newDomain, organizationsOf } from "../support/organizations.js";
import { insertOrganization, provision } from "../support/provisioning.js";
import { type TestServer, useServer } from "../support/server.js";
import { createUser, createUsers, deleteUser } from "../support/users.js";

const server = useServer();
let servers: TestServer[];
let clients: OrganizationMembershipServiceClient[];

beforeAll(async () => {
  servers = [server.current, await server.current.another()];
  clients = servers.map((one) => one.client(OrganizationMembershipServiceClient));
});

/** One of two, in turn. */
const turn = <T>(of: readonly T[], i: number): T => of[i % 2] as T;

const newPair = async () => ({
  userId: (await createUser(server.current.users)).id,
  organizationId: await newOrganization(organizationsOf(server.current)),
});

const stored = (filter: object): Promise<number> => server.current.db.collection("memberships").countDocuments(filter);

describe("a hundred concurrent creates of one pair through two servers", () => {
  it("make one membership, and tell ninety-nine why not", async () => {
    const pair = await newPair();
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, (_, i) => createMembership(turn(clients, i), pair)),
    );
    const [made, ...more] = answers(results);
    expect(more).toEqual([]);
    expect(failures(results).map(({ code, reason, metadata }) => [code, reason, metadata])).toEqual(
      Array.from({ length: 99 }, () => [
        "ALREADY_EXISTS",
        "ORGANIZATION_MEMBERSHIP_ALREADY_EXISTS",
        { id: made?.id as string },
      ]),
    );
    expect(await stored(pair)).toBe(1);
  });

  it("make an inactive one active once", async () => {
    const pair = await newPair();
    const { id } = await createMembership(turn(clients, 0), pair);
    await deactivate(turn(clients, 0), id);
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, (_, i) => createMembership(turn(clients, i), pair)),
    );
    expect(answers(results)).toEqual([await getMembership(turn(clients, 1), id)]);
    expect(answers(results)).toMatchObject([{ id, status: Status.ACTIVE, revision: 3n }]);
    expect(failures(results).map(({ reason }) => reason)).toEqual(
      Array.from({ length: 99 }, () => "ORGANIZATION_MEMBERSHIP_ALREADY_EXISTS"),
    );
  });
});

describe("creates and deletions of one pair through two servers", () => {
  it("leave one membership or none, and what the last answer said", { timeout: 60_000 }, async () => {
    const pair = await newPair();
    const change = async (client: OrganizationMembershipServiceClient) => {
      for (let i = 0; i < 20; i++) {
        const [created] = await Promise.allSettled([createMembership(client, pair)]);
        if (created?.status === "fulfilled") await deleteMembership(client, created.value.id);
        else expect(failures([created])[0]?.code).toBe("ALREADY_EXISTS");
      }
    };
    await Promise.all([...clients, ...clients].map(change));
    expect(await stored(pair)).toBe(0);
  });
});

describe("many creates in one organization through two servers", () => {
  it("all succeed", async () => {
    const organizationId = await newOrganization(organizationsOf(server.current));
    const users = await createUsers(server.current.users, 200);
    await Promise.all(users.map(({ id: userId }, i) => createMembership(turn(clients, i), { userId, organizationId })));
    expect(await stored({ organizationId })).toBe(200);
  });
});

const rounds = 60;
const perRound = 6;

describe("creates while the other side is deleted, through two servers", () => {
  it("leave no membership of a user who is gone", { timeout: 120_000 }, async () => {
    const organizationIds = await Promise.all(
      Array.from({ length: perRound }, () => newOrganization(organizationsOf(server.current))),
    );
    let [before, behind] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      const { id: userId } = await createUser(server.current.users);
      const creates = organizationIds.map((organizationId, i) =>
        createMembership(turn(clients, round + i), { userId, organizationId }),
      );
      const [results] = await Promise.all([
        Promise.allSettled(creates),
        deleteUser(turn(servers, round + (round >> 1)).users, userId),
      ]);
      before += answers(results).length;
      for (const { code, reason, metadata } of failures(results)) {
        expect([code, reason, metadata]).toEqual(["NOT_FOUND", "USER_NOT_FOUND", { user_id: userId }]);
        behind++;
      }
      expect(await stored({ userId })).toBe(0);
    }
    expect(before + behind).toBe(rounds * perRound);
    expect(before).toBeGreaterThan(0);
    expect(behind).toBeGreaterThan(0);
  });

  it("leave no membership in an organization that is gone", { timeout: 120_000 }, async () => {
    const users = await createUsers(server.current.users, perRound);
    const organizations = servers.map(organizationsOf);
    let [before, behind] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      const organizationId = await newOrganization(turn(organizations, 0));
      const creates = users.map(({ id: userId }, i) =>
        createMembership(turn(clients, round + i), { userId, organizationId }),
      );
      const [results] = await Promise.all([
        Promise.allSettled(creates),
        deleteOrganization(turn(organizations, round + (round >> 1)), organizationId),
      ]);
      before += answers(results).length;
      for (const { code, reason, metadata } of failures(results)) {
        expect([code, reason, metadata]).toEqual([
          "NOT_FOUND",
          "ORGANIZATION_NOT_FOUND",
          { organization_id: organizationId },
        ]);
        behind++;
      }
      expect(await stored({ organizationId })).toBe(0);
    }
    expect(before + behind).toBe(rounds * perRound);
    expect(before).toBeGreaterThan(0);
    expect(behind).toBeGreaterThan(0);
  });

  it("leave no membership of somebody who comes through SSO to an organization that is gone", async () => {
    const organizations = servers.map(organizationsOf);
    for (let round = 0; round < 4; round++) {
      const domain = newDomain();
      const organizationId = await insertOrganization(server.current.db, { [domain]: "verified" });
      const arrivals = Array.from({ length: perRound }, (_, i) =>
        provision(turn(servers, round + i).users, { organizationId, email: `${i}@${domain}` }),
      );
      const [results] = await Promise.all([
        Promise.allSettled(arrivals),
        deleteOrganization(turn(organizations, round + (round >> 1)), organizationId),
      ]);
      for (const { reason } of failures(results)) expect(reason).toBe("ORGANIZATION_NOT_FOUND");
      expect(await stored({ organizationId })).toBe(0);
    }
  });
});
