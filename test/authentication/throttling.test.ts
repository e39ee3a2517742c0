import { beforeAll, describe, expect, it } from "vitest";
import type { User } from "../../gen/ts/roster/v1/user.js";
import { HashingPool } from "../../src/passwords/index.js";
import {
  attemptsOf,
  clearFailedAttempts,
  credentialOf,
  failuresOf,
  goodPassword,
  hashMessage,
  invalidCredentials,
  oneOfEach,
  signIn,
  underWay,
  type Vector,
  verifyPassword,
} from "../support/authentication.js";
import { untilWaiting, whileBusy } from "../support/busy-pool.js";
import { answers, failure, failures } from "../support/call.js";
import { listEvents } from "../support/events.js";
import { createOnly, importRows, row, upsert } from "../support/imports.js";
import { goodHash } from "../support/password-refusals.js";
import { type TestServer, useServer } from "../support/server.js";
import { createUser, newEmail, updateUser } from "../support/users.js";

const pool = new HashingPool({ concurrency: 2 });
const [maxFailures, maxOfEmail, maxOfAddress] = [3, 5, 6];
const server = useServer({
  env: {
    ROSTER_BCRYPT_COST: "10",
    ROSTER_MAX_FAILURES: String(maxFailures),
    ROSTER_MAX_FAILURES_PER_EMAIL: String(maxOfEmail),
    ROSTER_MAX_FAILURES_PER_ADDRESS: String(maxOfAddress),
  },
  pool,
});
let servers: readonly [TestServer, TestServer];

beforeAll(async () => {
  servers = [server.current, await server.current.another()];
});

const minute = 60_000;

const tooMany = {
  code: "RESOURCE_EXHAUSTED",
  message: "too many passwords were wrong for this email or from this address",
  reason: "TOO_MANY_ATTEMPTS",
  domain: "roster",
  metadata: {},
  violations: [],
  resource: undefined,
  retryAfterMs: expect.any(Number),
};

/** What a server of the version before keeps of an email that is locked. */
const lockedBefore = async (_id: string) => {
  const now = new Date();
  const failures = Array.from({ length: 10 }, (_, i) => ({ id: i, at: now }));
  const document = { _id, failures, now, expiresAt: new Date(now.getTime() + 10 * minute) };
  await server.current.db.collection<{ _id: string }>("attempts").insertOne(document);
  return document;
};
const keptBefore = (_id: string) => server.current.db.collection<{ _id: string }>("attempts").findOne({ _id });

const newUser = () => createUser(server.current.users, { password: goodPassword });

let lastAddress = 0;
/** An address that no other test uses. */
const newAddress = (): string => {
  lastAddress += 1;
  return `198.51.100.${lastAddress}`;
};

const from = (ipAddress: string | undefined) => (ipAddress === undefined ? {} : { ipAddress });

/** Fails for an email as often as said, through both servers in turn. */
const fail = async (email: string, times: number, ipAddress?: string): Promise<void> => {
  for (let i = 0; i < times; i++) {
    expect(await failure(signIn(servers[i % 2 === 0 ? 0 : 1], email, "wrong", from(ipAddress)))).toEqual(
      invalidCredentials,
    );
  }
};

/** Whether another attempt is let in; it is taken back when it is. */
const isOpen = async (email: string, ipAddress?: string): Promise<boolean> => {
  const results = await Promise.allSettled(servers.map((each) => signIn(each, email, "wrong", from(ipAddress))));
  const reasons = new Set(failures(results).map(({ reason }) => reason));
  expect(reasons.size).toBe(1);
  return reasons.has("INVALID_CREDENTIALS");
};

/** Makes the first attempts for an email older. */
const makeOlder = async (email: string, count: number, ms: number): Promise<void> => {
  const document = await attemptsOf(server.current, email);
  const older = (document?.attempts ?? [])
    .slice(0, count)
    .map(({ at }, i) => [`attempts.${i}.at`, new Date(at.getTime() - ms)]);
  const attempts = server.current.db.collection<{ _id: string }>("attempts");
  await attempts.updateOne({ _id: document?._id as string }, { $set: Object.fromEntries(older) });
};

describe("after the most failures for an email from an address", () => {
  const emails: [name: string, email: () => Promise<string>][] = [
    ["of a user", async () => (await newUser()).email],
    ["that nobody has", async () => newEmail()],
  ];

  it.each(emails)("%s the next is refused in any spelling, on every server, unchecked", async (_name, newEmailOf) => {
    const email = await newEmailOf();
    for (const spelling of [email, email.toUpperCase(), ` ${email} `]) await fail(spelling, 1);
    const [operations, stored] = [pool.operations, await attemptsOf(server.current, email)];
    for (const each of servers) {
      for (const spelling of [email, email.toUpperCase(), ` ${email}`]) {
        for (const password of [goodPassword, "wrong"]) {
          const error = await failure(signIn(each, spelling, password));
          expect(error).toEqual(tooMany);
          expect(error.retryAfterMs).toBeGreaterThan(8 * minute);
          expect(error.retryAfterMs).toBeLessThanOrEqual(10 * minute);
        }
      }
    }
    expect(pool.operations).toBe(operations);
    expect(await attemptsOf(server.current, email)).toEqual(stored);
  });
});

describe("what is counted together", () => {
  it("is one email from one address, and what comes without one is from one of its own", async () => {
    const [{ email }, other, here, there] = [await newUser(), await newUser(), newAddress(), newAddress()];
    await fail(email, maxFailures, here);
    expect(await failure(signIn(server.current, email, goodPassword, { ipAddress: here }))).toEqual(tooMany);
    expect((await signIn(server.current, email, goodPassword, { ipAddress: there })).email).toBe(email);
    expect((await signIn(server.current, email, goodPassword)).email).toBe(email);
    expect((await signIn(server.current, other.email, goodPassword, { ipAddress: here })).id).toBe(other.id);
    await fail(other.email, maxFailures);
    expect(await failure(signIn(server.current, other.email, goodPassword))).toEqual(tooMany);
    expect((await signIn(server.current, other.email, goodPassword, { ipAddress: here })).id).toBe(other.id);
  });

  it("is one email from everywhere", async () => {
    const { email } = await newUser();
    await fail(email, 2, newAddress());
    await fail(email, 2, newAddress());
    await fail(email, 1);
    for (const ipAddress of [newAddress(), undefined]) {
      expect(await failure(signIn(server.current, email, goodPassword, from(ipAddress)))).toEqual(tooMany);
    }
  });

  it("is one address for all emails, but not what comes without an address", async () => {
    const [{ email }, here, there] = [await newUser(), newAddress(), newAddress()];
    for (let i = 0; i < maxOfAddress; i++) {
      await fail(newEmail(), 1, here);
      await fail(newEmail(), 1);
    }
    expect(await failure(signIn(server.current, email, goodPassword, { ipAddress: here }))).toEqual(tooMany);
    expect((await attemptsOf(server.current, email))?.attempts).toEqual([]);
    expect((await signIn(server.current, email, goodPassword)).email).toBe(email);
    expect((await signIn(server.current, email, goodPassword, { ipAddress: there })).email).toBe(email);
  });

  const networks: [name: string, one: string, another: string, together: boolean][] = [
    ["addresses of one IPv6 network of 64 bits", "2001:db8:1:2::1", "2001:DB8:1:2:ffff::9", true],
    ["addresses of two IPv6 networks", "2001:db8:1:3::1", "2001:db8:1:4::1", false],
    ["an IPv4 address in both forms", "203.0.113.1", "::ffff:203.0.113.1", true],
    ["two IPv4 addresses in IPv6 form", "::ffff:203.0.113.2", "::ffff:203.0.113.3", false],
    ["an address with a zone and without", "fe80::1%eth0", "fe80::2", true],
  ];

  it.each(networks)("of %s (%s, %s): %s", async (_name, one, another, together) => {
    const { email } = await newUser();
    await fail(email, maxFailures, one);
    expect(await isOpen(email, another)).toBe(!together);
  });

  it("is VerifyPassword with AuthenticateWithPassword", async () => {
    const [{ email, id }, ipAddress] = [await newUser(), newAddress()];
    await fail(email, 1, ipAddress);
    for (const each of servers) expect(await verifyPassword(each, id, "wrong", { ipAddress })).toBe(false);
    expect(await failure(verifyPassword(servers[1], id, goodPassword, { ipAddress }))).toEqual(tooMany);
    expect(await failure(signIn(servers[1], email, goodPassword, { ipAddress }))).toEqual(tooMany);
    expect(await verifyPassword(servers[1], id, goodPassword)).toBe(true);
  });
});

describe("a success", () => {
  it("takes back the failures of its email from its address in all counts, and no others", async () => {
    const [{ email }, other, here, there] = [await newUser(), newEmail(), newAddress(), newAddress()];
    await fail(email, 2, here);
    await fail(email, 2, there);
    await fail(other, 2, here);
    await signIn(servers[1], email, goodPassword, { ipAddress: here });
    expect(await failuresOf(server.current, email)).toBe(2);
    expect(await failuresOf(server.current, other)).toBe(2);
    // Here two are left of the address, there two of the email.
    await fail(email, 1, there);
    expect(await isOpen(email, there)).toBe(false);
    await fail(newEmail(), maxOfAddress - 3, here);
    await fail(newEmail(), 1, here);
    expect(await isOpen(newEmail(), here)).toBe(false);
  });

  it("of VerifyPassword does the same", async () => {
    const { email, id } = await newUser();
    await fail(email, maxFailures - 1);
    expect(await verifyPassword(servers[1], id, goodPassword)).toBe(true);
    expect(await failuresOf(server.current, email)).toBe(0);
  });
});

describe("ClearFailedAttempts", () => {
  it("takes back all failures of an email, in any spelling, in the counts of addresses, too", async () => {
    const [{ email }, here, there] = [await newUser(), newAddress(), newAddress()];
    await fail(email, maxFailures, here);
    await fail(email, 2, there);
    await fail(newEmail(), 2, here);
    expect(await clearFailedAttempts(servers[1], ` ${email.toUpperCase()}`)).toEqual({});
    expect(await failuresOf(server.current, email)).toBe(0);
    expect((await signIn(server.current, email, goodPassword, { ipAddress: here })).email).toBe(email);
    // Of the address, those of the other email are left.
    for (let i = 2; i < maxOfAddress; i++) await fail(newEmail(), 1, here);
    expect(await isOpen(newEmail(), here)).toBe(false);
  });

  it("takes an email that nobody has, and one without failures", async () => {
    const email = newEmail();
    expect(await clearFailedAttempts(server.current, email)).toEqual({});
    await fail(email, maxFailures);
    await clearFailedAttempts(server.current, email);
    expect(await isOpen(email)).toBe(true);
  });

  it("refuses what is no email", async () => {
    expect(await failure(clearFailedAttempts(server.current, "ada"))).toMatchObject({
      code: "INVALID_ARGUMENT",
      violations: [{ field: "email", description: "must be an email address, like ada@example.com" }],
    });
  });
});

describe("a new password", () => {
  const otherPassword = "staple of another kind";
  const changes: [name: string, change: (user: { id: string; email: string }) => Promise<unknown>, clears: boolean][] =
    [
      ["set by UpdateUser", ({ id }) => updateUser(server.current.users, id, { password: otherPassword }), true],
      ["brought as a hash", ({ id }) => updateUser(server.current.users, id, { passwordHash: goodHash }), true],
      [
        "of a row of an import",
        async ({ email }) =>
          importRows(server.current.users, upsert("EMAIL"), [row({ email, passwordHash: goodHash })]),
        true,
      ],
      [
        "of a row that names the user by another field",
        async ({ id }) =>
          importRows(server.current.users, upsert("ID"), [row({ id, email: "", passwordHash: goodHash })]),
        true,
      ],
      [
        "in place of none of them, but of the name",
        ({ id }) => updateUser(server.current.users, id, { name: "Ada" }),
        false,
      ],
      [
        "of a row that brings none",
        async ({ email }) => importRows(server.current.users, upsert("EMAIL"), [row({ email, name: "Ada" })]),
        false,
      ],
      [
        "of a dry run",
        async ({ email }) =>
          importRows(server.current.users, { ...upsert("EMAIL"), dryRun: true }, [
            row({ email, passwordHash: goodHash }),
          ]),
        false,
      ],
    ];

  it.each(changes)("%s takes back the failures of the email", async (_name, change, clears) => {
    const [user, ipAddress] = [await newUser(), newAddress()];
    await fail(user.email, maxFailures, ipAddress);
    await change(user);
    expect(await failuresOf(server.current, user.email)).toBe(clears ? 0 : maxFailures);
    expect(await isOpen(user.email, ipAddress)).toBe(clears);
  });

  it("of a user whom an import creates takes back those from the time before", async () => {
    const email = newEmail();
    await fail(email, maxFailures);
    await importRows(server.current.users, createOnly, [row({ email, passwordHash: goodHash })]);
    expect(await failuresOf(server.current, email)).toBe(0);
  });

  it("that replaces a hash at a sign-in is none: the failures from elsewhere stay", async () => {
    const [{ password, ...vector }] = oneOfEach("plain") as [Vector];
    const { id, email } = await createUser(server.current.users, { passwordHash: hashMessage(vector) });
    await fail(email, 2, newAddress());
    await signIn(server.current, email, password);
    expect(await credentialOf(server.current, id)).toMatchObject({ password: { imported: false } });
    expect(await failuresOf(server.current, email)).toBe(2);
  });
});

describe("attempts at the same time", () => {
  it("all get in with the right password, many more than may fail", async () => {
    const { email } = await newUser();
    // The wait of each for its place is bounded, and this machine may be slow: who is told to come back does.
    const untilIn = async (i: number): Promise<string> => {
      for (;;) {
        const result = await Promise.allSettled([signIn(servers[i % 2 === 0 ? 0 : 1], email, goodPassword)]);
        const [refused] = failures(result);
        if (refused === undefined) return answers(result)[0]?.email ?? "";
        expect(refused).toEqual({ ...tooMany, retryAfterMs: 1_000 });
      }
    };
    expect(await Promise.all(Array.from({ length: 15 }, (_, i) => untilIn(i)))).toEqual(Array(15).fill(email));
    expect((await attemptsOf(server.current, email))?.attempts).toEqual([]);
  });

  it("get as many passwords checked as may fail, and no more, through two servers", async () => {
    const { email, id } = await newUser();
    const before = pool.operations;
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => signIn(servers[i % 2 === 0 ? 0 : 1], email, "wrong")),
    );
    const reasons = failures(results).map(({ reason }) => reason);
    expect(reasons.filter((reason) => reason === "INVALID_CREDENTIALS")).toHaveLength(maxFailures);
    expect(reasons.filter((reason) => reason === "TOO_MANY_ATTEMPTS")).toHaveLength(20 - maxFailures);
    expect(pool.operations - before).toBe(maxFailures);
    const failed = () => listEvents(server.current.address, { userId: id, types: ["authentication.password_failed"] });
    await expect.poll(async () => (await failed()).length, { timeout: 20_000 }).toBe(maxFailures);
  });

  it("wait for those under way, and are told to come back in a second when these do not end", async () => {
    const { email } = await newUser();
    let underWayResults: Promise<PromiseSettledResult<unknown>[]> | undefined;
    await whileBusy(pool, 2, async () => {
      const first = Array.from({ length: maxFailures }, () => signIn(server.current, email, goodPassword));
      underWayResults = Promise.allSettled(first);
      await untilWaiting(pool, maxFailures);
      for (const each of servers) {
        expect(await failure(signIn(each, email, goodPassword))).toEqual({ ...tooMany, retryAfterMs: 1_000 });
      }
      expect(await underWay(server.current, email)).toBe(maxFailures);
    });
    expect(failures((await underWayResults) ?? [])).toEqual([]);
  });

  it("get in when one of those under way has ended", async () => {
    const { email } = await newUser();
    const ended = new AbortController();
    const busy = Array.from({ length: 2 }, () => pool.run(() => once(ended.signal)));
    const first = Array.from({ length: maxFailures }, () => signIn(server.current, email, goodPassword));
    await untilWaiting(pool, maxFailures);
    const next = signIn(servers[1], email, goodPassword);
    ended.abort();
    await Promise.all([...busy, ...first]);
    expect((await next).email).toBe(email);
  });
});

const once = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));

describe("the count of failures", () => {
  it("holds those of the last ten minutes, and says when the oldest leaves it", async () => {
    const { email } = await newUser();
    await fail(email, maxFailures);
    await makeOlder(email, 2, 9 * minute);
    const { retryAfterMs } = await failure(signIn(server.current, email, goodPassword));
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(minute);
    await makeOlder(email, 2, minute);
    await fail(email, 2);
    expect(await failure(signIn(server.current, email, goodPassword))).toEqual(tooMany);
    await makeOlder(email, maxFailures, 10 * minute);
    await signIn(server.current, email, goodPassword);
  });

  it("holds attempts of which a server that died has left no end, from a minute later on", async () => {
    const { email } = await newUser();
    await fail(email, maxFailures);
    const attempts = server.current.db.collection<{ _id: string }>("attempts");
    const { _id } = (await attemptsOf(server.current, email)) as { _id: string };
    await attempts.updateOne({ _id }, { $unset: { "attempts.$[].failed": 1 } });
    expect(await failure(signIn(server.current, email, goodPassword))).toEqual({ ...tooMany, retryAfterMs: 1_000 });
    await makeOlder(email, maxFailures, minute);
    const { retryAfterMs } = await failure(signIn(server.current, email, goodPassword));
    expect(retryAfterMs).toBeGreaterThan(7 * minute);
    await clearFailedAttempts(server.current, email);
    expect((await signIn(server.current, email, goodPassword)).email).toBe(email);
  });

  it("knows emails and addresses by keyed hashes alone, until the database drops it", async () => {
    const [email, ipAddress] = [newEmail(), newAddress()];
    await fail(email.toUpperCase(), 1, ipAddress);
    const document = await attemptsOf(server.current, email);
    const [attempt] = document?.attempts ?? [];
    expect(document).toEqual({
      _id: expect.stringMatching(/^[\w+/]{43}=$/),
      attempts: [{ id: attempt?.id, at: attempt?.at, other: expect.stringMatching(/^[\w+/]{43}=$/), failed: true }],
      expiresAt: new Date((attempt?.at.getTime() ?? 0) + 10 * minute),
    });
    const attempts = server.current.db.collection<{ _id: string }>("attempts");
    expect(await attempts.findOne({ _id: attempt?.other as string })).toEqual({
      _id: attempt?.other,
      attempts: [{ id: attempt?.id, at: expect.any(Date), other: document?._id, failed: true }],
      expiresAt: expect.any(Date),
    });
    const all = JSON.stringify(await attempts.find().toArray());
    expect(all).not.toContain(email);
    expect(all).not.toContain(ipAddress);
    const indexes = await attempts.indexes();
    expect(indexes).toContainEqual(
      expect.objectContaining({ key: { expiresAt: 1 }, name: "expiresAt", expireAfterSeconds: 0 }),
    );
  });

  it("stands beside that of the version before, which neither reads nor is read", async () => {
    const { email } = await newUser();
    const document = await lockedBefore(email);
    await fail(email, 1);
    await signIn(server.current, email, goodPassword);
    expect(await keptBefore(email)).toEqual(document);
  });

  describe.each([
    ["", "an email"],
    ["νικος", "an email that the version before compared by another key"],
  ])("is cleared with that of the version before", (local, name) => {
    it.each<[string, (user: User) => Promise<unknown>]>([
      ["ClearFailedAttempts", ({ email }) => clearFailedAttempts(server.current, email)],
      ["UpdateUser", ({ id }) => updateUser(server.current.users, id, { passwordHash: goodHash })],
      [
        "an import",
        ({ id }) => importRows(server.current.users, upsert("ID"), [row({ id, email: "", passwordHash: goodHash })]),
      ],
    ])(`for ${name}, by %s`, async (_name, clear) => {
      const user = await createUser(server.current.users, { email: local + newEmail() });
      await lockedBefore(user.email);
      await clear(user);
      expect(await keptBefore(user.email)).toBeNull();
    });
  });
});
