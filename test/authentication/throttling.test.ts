import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { HashingPool } from "../../src/passwords/index.js";
import { attemptsOf, goodPassword, invalidCredentials, signIn, verifyPassword } from "../support/authentication.js";
import { failure, failures } from "../support/call.js";
import { listEvents } from "../support/events.js";
import { type TestServer, useServer } from "../support/server.js";
import { createUser, newEmail } from "../support/users.js";

const pool = new HashingPool();
const server = useServer({ env: { ROSTER_BCRYPT_COST: "10" }, pool });
let servers: readonly [TestServer, TestServer];

beforeAll(async () => {
  servers = [server.current, await server.current.another()];
});

const minute = 60_000;

const tooMany = {
  code: "RESOURCE_EXHAUSTED",
  message: "too many passwords were wrong for this email",
  reason: "TOO_MANY_ATTEMPTS",
  domain: "roster",
  metadata: {},
  violations: [],
  resource: undefined,
  retryAfterMs: expect.any(Number),
};

const newUser = () => createUser(server.current.users, { password: goodPassword });

/** Fails for an email as often as said, through both servers. */
const fail = async (email: string, times: number): Promise<void> => {
  for (let i = 0; i < times; i++) {
    expect(await failure(signIn(servers[i % 2 === 0 ? 0 : 1], email, "wrong"))).toEqual(invalidCredentials);
  }
};

/** Makes the first failures for an email older. */
const makeOlder = async (email: string, count: number, ms: number): Promise<void> => {
  const attempts = server.current.db.collection<{ _id: string }>("attempts");
  const [, ...stages] = Array.from({ length: count + 1 }, (_, i) => `failures.${i - 1}.at`);
  const document = await attemptsOf(server.current, email);
  const older = stages.map((path, i) => [path, new Date(document?.failures[i].at.getTime() - ms)]);
  await attempts.updateOne({ _id: email }, { $set: Object.fromEntries(older) });
};

describe("after ten failures for an email", () => {
  const emails: [name: string, email: () => Promise<string>][] = [
    ["of a user", async () => (await newUser()).email],
    ["that nobody has", async () => newEmail()],
  ];

  it.each(emails)("%s the next is refused in any spelling, on every server, unchecked", async (_name, newAddress) => {
    const email = await newAddress();
    for (const spelling of [email, email.toUpperCase(), ` ${email} `, email, email]) await fail(spelling, 2);
    const before = pool.operations;
    for (const each of servers) {
      for (const spelling of [email, email.toUpperCase(), ` ${email}`]) {
        for (const password of [goodPassword, "wrong"]) {
          const error = await failure(signIn(each, spelling, password));
          expect(error).toEqual(tooMany);
          expect(error.retryAfterMs).toBeGreaterThan(0);
          expect(error.retryAfterMs).toBeLessThanOrEqual(10 * minute);
        }
      }
    }
    expect(pool.operations).toBe(before);
    expect((await attemptsOf(server.current, email))?.failures).toHaveLength(10);
  });

  it("another one is as free as before", async () => {
    const [{ email }, other] = [await newUser(), await newUser()];
    await fail(email, 10);
    expect((await signIn(server.current, other.email, goodPassword)).id).toBe(other.id);
  });
});

describe("fifty attempts at the same time", () => {
  it("through two servers get ten passwords checked, and no more", async () => {
    const { email, id } = await newUser();
    const before = pool.operations;
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) => signIn(servers[i % 2 === 0 ? 0 : 1], email, "wrong")),
    );
    const errors = failures(results).toSorted((a, b) => String(a.reason).localeCompare(String(b.reason)));
    expect(errors).toEqual([
      ...Array.from({ length: 10 }, () => invalidCredentials),
      ...Array.from({ length: 40 }, () => tooMany),
    ]);
    expect(pool.operations - before).toBe(10);
    const failed = () => listEvents(server.current.address, { userId: id, types: ["authentication.password_failed"] });
    await expect.poll(async () => (await failed()).length).toBe(10);
    await sleep(500);
    expect(await failed()).toHaveLength(10);
  });
});

describe("the count of failures", () => {
  it("is forgotten after a success", async () => {
    const { email, id } = await newUser();
    await fail(email, 9);
    await signIn(servers[1], email, goodPassword);
    expect(await attemptsOf(server.current, email)).toBeNull();
    await fail(email, 9);
    expect(await verifyPassword(servers[1], id, goodPassword)).toBe(true);
    expect(await attemptsOf(server.current, email)).toBeNull();
    await fail(email, 10);
    expect(await failure(signIn(server.current, email, goodPassword))).toEqual(tooMany);
  });

  it("is shared with VerifyPassword", async () => {
    const { email, id } = await newUser();
    await fail(email, 5);
    for (let i = 0; i < 5; i++) expect(await verifyPassword(servers[1], id, "wrong")).toBe(false);
    for (const each of servers) {
      expect(await failure(verifyPassword(each, id, goodPassword))).toEqual(tooMany);
      expect(await failure(signIn(each, email, goodPassword))).toEqual(tooMany);
    }
  });

  it("holds those of the last ten minutes, and says when the oldest leaves it", async () => {
    const { email } = await newUser();
    await fail(email, 10);
    await makeOlder(email, 3, 9 * minute);
    const { retryAfterMs } = await failure(signIn(server.current, email, goodPassword));
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(minute);
    await makeOlder(email, 3, minute);
    await fail(email, 3);
    expect(await failure(signIn(server.current, email, goodPassword))).toEqual(tooMany);
    await makeOlder(email, 10, 10 * minute);
    await signIn(server.current, email, goodPassword);
  });

  it("is kept by the normalized email, with no trace of a password, until the database drops it", async () => {
    const email = newEmail();
    await fail(email.toUpperCase(), 1);
    const document = await attemptsOf(server.current, email);
    expect(document).toEqual({
      _id: email,
      failures: [{ id: expect.anything(), at: document?.now }],
      now: expect.any(Date),
      expiresAt: new Date(document?.now.getTime() + 10 * minute),
    });
    const indexes = await server.current.db.collection("attempts").indexes();
    expect(indexes).toContainEqual(
      expect.objectContaining({ key: { expiresAt: 1 }, name: "expiresAt", expireAfterSeconds: 0 }),
    );
  });
});
