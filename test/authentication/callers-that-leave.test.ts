import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { HashingPool, type JobOptions } from "../../src/passwords/index.js";
import {
  attemptsOf,
  authentication,
  credentialOf,
  failuresOf,
  goodPassword,
  hashMessage,
  oneOfEach,
  signIn,
  type Vector,
} from "../support/authentication.js";
import { eventually, failure } from "../support/call.js";
import { listEvents } from "../support/events.js";
import { useMongod } from "../support/mongod.js";
import { type TestServer, useServer } from "../support/server.js";
import { createUser, getUser } from "../support/users.js";

/** A pool whose jobs begin, and go on when they are let. */
class HeldPool extends HashingPool {
  #held: Promise<void> = Promise.resolve();
  #release = () => {};
  #begun = () => {};

  /** Holds jobs from now on. Resolves when one has begun. */
  hold(): Promise<void> {
    this.#held = new Promise((resolve) => {
      this.#release = resolve;
    });
    return new Promise((resolve) => {
      this.#begun = resolve;
    });
  }

  release(): void {
    this.#release();
  }

  override run<T>(job: () => Promise<T>, options?: JobOptions): Promise<T> {
    return super.run(async () => {
      this.#begun();
      await this.#held;
      return job();
    }, options);
  }
}

const pool = new HeldPool({ concurrency: 2 });
const mongod = useMongod();
const server = useServer(() => ({ mongodbUri: mongod.current.uri, env: { ROSTER_BCRYPT_COST: "10" }, pool }));

/** Of polls: how long what comes may take on a busy machine. */
const patience = { timeout: 20_000 };

const newUser = () => createUser(server.current.users, { password: goodPassword });

/** A call that is left when it is told to be; resolves when its client is gone. */
const leave = (
  method: "authenticateWithPassword" | "verifyPassword",
  request: { email: string; id: string; password: string },
  from: TestServer = server.current,
) => {
  const client = authentication(from);
  const { email, id: userId, password } = request;
  const more = { password, ipAddress: undefined, userAgent: undefined };
  const cancelled = new AbortController();
  const left = new Promise((resolve, reject) => {
    const done = (error: unknown) => (error ? reject(error) : resolve(undefined));
    const call =
      method === "verifyPassword"
        ? client.verifyPassword({ userId, ...more }, done)
        : client.authenticateWithPassword({ email, ...more }, done);
    cancelled.signal.addEventListener("abort", () => call.cancel());
  });
  return async () => {
    cancelled.abort();
    expect(await failure(left)).toMatchObject({ code: "CANCELLED" });
    // The server hears of it on the same connection before it is asked for this.
    await getUser(from.users, userId);
    await sleep(50);
  };
};

const typesOf = async (userId: string): Promise<string[]> =>
  (await listEvents(server.current.address, { userId }))
    .map(({ type }) => type)
    .filter((type) => type.startsWith("auth"));

// A connection that one test took away is no matter of the next.
beforeEach(async () => {
  const user = await eventually(newUser);
  await eventually(() => signIn(server.current, user.email, goodPassword));
});

describe("a verification that has begun when its caller leaves", () => {
  const methods = [
    ["authenticateWithPassword", "password"],
    ["verifyPassword", "reauthentication"],
  ] as const;

  it.each(methods)("counts and is told when the password is wrong: %s", async (method, type) => {
    const user = await newUser();
    const begun = pool.hold();
    const cancel = leave(method, { ...user, password: "wrong" });
    await begun;
    await cancel();
    expect(await failuresOf(server.current, user.email)).toBe(0);
    pool.release();
    await expect.poll(() => failuresOf(server.current, user.email), patience).toBe(1);
    await expect.poll(() => typesOf(user.id), patience).toEqual([`authentication.${type}_failed`]);
  });

  it.each(methods)("is a success when the password is right: %s", async (method, type) => {
    const user = await newUser();
    await failure(signIn(server.current, user.email, "wrong"));
    const begun = pool.hold();
    const cancel = leave(method, { ...user, password: goodPassword });
    await begun;
    await cancel();
    pool.release();
    await expect.poll(async () => (await attemptsOf(server.current, user.email))?.attempts, patience).toEqual([]);
    await expect
      .poll(() => typesOf(user.id), patience)
      .toEqual(["authentication.password_failed", `authentication.${type}_succeeded`]);
    const { lastSignInAt } = await getUser(server.current.users, user.id);
    expect(lastSignInAt === undefined).toBe(method === "verifyPassword");
  });

  it("replaces the hash, if that is to be replaced", async () => {
    const [{ password, ...vector }] = oneOfEach("plain") as [Vector];
    const user = await createUser(server.current.users, { passwordHash: hashMessage(vector) });
    const begun = pool.hold();
    const cancel = leave("authenticateWithPassword", { ...user, password });
    await begun;
    await cancel();
    pool.release();
    await expect
      .poll(() => credentialOf(server.current, user.id), patience)
      .toMatchObject({ password: { algorithm: "bcrypt", imported: false } });
  });

  it("cannot be tried more often than others", async () => {
    const user = await newUser();
    for (let i = 0; i < 10; i++) {
      const begun = pool.hold();
      const cancel = leave("authenticateWithPassword", { ...user, password: `wrong ${i}` });
      await begun;
      await cancel();
      pool.release();
      await expect.poll(() => failuresOf(server.current, user.email), patience).toBe(i + 1);
    }
    expect(await failure(signIn(server.current, user.email, goodPassword))).toMatchObject({
      reason: "TOO_MANY_ATTEMPTS",
    });
  });

  it.each([
    ["wrong", 1, "authentication.password_failed"],
    [goodPassword, 0, "authentication.password_succeeded"],
  ])("counts, though the commit takes longer than the caller waits: %s", async (password, count, type) => {
    const user = await newUser();
    const data = { failCommands: ["commitTransaction"], blockConnection: true, blockTimeMS: 1_000 };
    await mongod.current.whileFailing(data, "alwaysOn", async () => {
      const client = authentication(server.current);
      const request = { email: user.email, password, ipAddress: undefined, userAgent: undefined };
      const left = new Promise((_resolve, reject) => {
        const call = client.authenticateWithPassword(request, (error) => reject(error));
        void untilCommit(pool.operations).then(() => call.cancel());
      });
      expect(await failure(left)).toMatchObject({ code: "CANCELLED" });
    });
    await expect.poll(() => typesOf(user.id), patience).toEqual([type]);
    expect(await failuresOf(server.current, user.email)).toBe(count);
  });

  it("counts, though the server stops", async () => {
    const stopping = await server.current.another({ env: { ROSTER_BCRYPT_COST: "10", ROSTER_SHUTDOWN_GRACE: "10s" } });
    const user = await newUser();
    const begun = pool.hold();
    const cancel = leave("authenticateWithPassword", { ...user, password: "wrong" }, stopping);
    await begun;
    await cancel();
    const stopped = stopping.stop();
    // Nothing else is open at that server, so that it is soon done with all calls.
    await sleep(400);
    pool.release();
    await stopped;
    expect(await failuresOf(server.current, user.email)).toBe(1);
    await expect.poll(() => typesOf(user.id), patience).toEqual(["authentication.password_failed"]);
  });
});

/** Resolves when one more job of the pool is done: the commit follows. */
const untilCommit = async (before: number): Promise<void> => {
  while (pool.operations === before || pool.running > 0) await sleep(5);
  await sleep(50);
};
