import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { HashingPool } from "../../src/passwords/index.js";
import {
  attemptsOf,
  credentialOf,
  goodPassword,
  hashMessage,
  signIn,
  type Vector,
  vectorsOf,
  verifyPassword,
} from "../support/authentication.js";
import { untilWaiting, whileBusy } from "../support/busy-pool.js";
import { answers, failure, failures } from "../support/call.js";
import { goodHash } from "../support/password-refusals.js";
import { type TestServer, useServer } from "../support/server.js";
import { createUser, deleteUser, getUser, idsOf, listPages, newEmail, newKey, updateUser } from "../support/users.js";

const pool = new HashingPool({ concurrency: 2, maxQueue: 4 });
const server = useServer({ env: { ROSTER_BCRYPT_COST: "10" }, pool });

const overloaded = {
  code: "RESOURCE_EXHAUSTED",
  message: "too many passwords are being hashed",
  reason: "HASHING_OVERLOADED",
  domain: "roster",
  metadata: {},
  violations: [],
  resource: undefined,
  retryAfterMs: expect.any(Number),
};

/** The pool's two places and the four of its queue are taken, and none of them becomes free before the work is done. */
const whileFull = (work: () => Promise<unknown>) => whileBusy(pool, 6, work);

const newUser = () => createUser(server.current.users, { password: goodPassword });

describe("while every place to hash and to wait is taken", () => {
  const calls: [name: string, run: (server: TestServer, user: { id: string; email: string }) => Promise<unknown>][] = [
    ["CreateUser with a password", ({ users }) => createUser(users, { password: goodPassword, requestId: newKey() })],
    [
      "UpdateUser with a password",
      ({ users }, { id }) => updateUser(users, id, { password: "staple of another kind" }),
    ],
    ["AuthenticateWithPassword", (current, { email }) => signIn(current, email, goodPassword)],
    ["AuthenticateWithPassword of an unknown email", (current) => signIn(current, newEmail(), goodPassword)],
    ["VerifyPassword", (current, { id }) => verifyPassword(current, id, goodPassword)],
  ];

  it.each(calls)("%s is refused at once, and changes nothing", async (_name, run) => {
    const user = await newUser();
    const [credential, users] = [await credentialOf(server.current, user.id), await countOf("users")];
    await whileFull(async () => {
      const error = await failure(run(server.current, user));
      expect(error).toEqual(overloaded);
      expect(error.retryAfterMs).toBeGreaterThanOrEqual(100);
      expect(error.retryAfterMs).toBeLessThanOrEqual(30_000);
    });
    expect(await getUser(server.current.users, user.id)).toEqual(user);
    expect(await credentialOf(server.current, user.id)).toEqual(credential);
    expect(await countOf("users")).toBe(users);
    expect(await attemptsOf(server.current, user.email)).toBeNull();
  });

  it("other calls go on", async () => {
    const { users } = server.current;
    const user = await newUser();
    await whileFull(async () => {
      expect(await getUser(users, user.id)).toEqual(user);
      expect(idsOf(await listPages(users, { email: user.email }))).toEqual([user.id]);
      const created = await createUser(users, { passwordHash: goodHash });
      expect((await updateUser(users, created.id, { name: "New", passwordHash: goodHash })).revision).toBe(2n);
      expect(await deleteUser(users, created.id)).toEqual({});
    });
  });

  it("a repeated request gets its first answer", async () => {
    const request = { email: newEmail(), requestId: newKey(), password: goodPassword };
    const first = await createUser(server.current.users, request);
    await whileFull(async () => expect(await createUser(server.current.users, request)).toEqual(first));
  });
});

describe("while a dear verification runs and more of them wait", () => {
  it("others sign in, also where passwords are checked one at a time", async () => {
    const single = new HashingPool({ concurrency: 1, maxQueue: 16 });
    const other = await server.current.another({ pool: single });
    const end = new AbortController();
    const ended = once(end.signal, "abort");
    const dear = Array.from({ length: 3 }, () => single.run(() => ended, { isDear: true }));
    const user = await newUser();
    expect((await signIn(other, user.email, goodPassword)).id).toBe(user.id);
    expect(await verifyPassword(other, user.id, "wrong")).toBe(false);
    end.abort();
    await Promise.all(dear);
  });
});

describe("many calls at once", () => {
  it("are answered as far as there is room, and the others are refused", async () => {
    const results = await Promise.allSettled(Array.from({ length: 40 }, newUser));
    expect(answers(results).length).toBeGreaterThanOrEqual(6);
    expect(failures(results).length).toBeGreaterThan(0);
    for (const error of failures(results)) expect(error).toEqual(overloaded);
    for (const { id } of answers(results)) expect(await credentialOf(server.current, id)).not.toBeNull();
  });

  it("that wait are answered when there is room again", async () => {
    const user = await newUser();
    let waiting: Promise<unknown> | undefined;
    await whileBusy(pool, 5, async () => {
      waiting = signIn(server.current, user.email, goodPassword);
      await untilWaiting(pool, 4);
    });
    expect(await waiting).toMatchObject({ id: user.id, lastSignInAt: expect.any(Object) });
  });
});

describe("a sign-in whose hash is to be replaced", () => {
  it("is made without that when there is no room to make the new one, and the next one replaces it", async () => {
    const [{ password, ...vector }] = vectorsOf("plain") as [Vector];
    const user = await createUser(server.current.users, { passwordHash: hashMessage(vector) });
    const imported = await credentialOf(server.current, user.id);
    const small = await server.current.another({ pool: new SoonFullPool({ concurrency: 1, maxQueue: 0 }) });
    expect((await signIn(small, user.email, password)).id).toBe(user.id);
    expect(await credentialOf(server.current, user.id)).toEqual(imported);
    expect((await signIn(server.current, user.email, password)).id).toBe(user.id);
    expect(await credentialOf(server.current, user.id)).toMatchObject({ password: { imported: false } });
  });
});

/** A pool that another job takes as soon as its first one is done. */
class SoonFullPool extends HashingPool {
  override async run<T>(job: () => Promise<T>, options = {}): Promise<T> {
    const result = await super.run(job, options);
    void super.run(() => new Promise(() => {})).catch(() => {});
    return result;
  }
}

const countOf = (collection: string): Promise<number> => server.current.db.collection(collection).countDocuments();
