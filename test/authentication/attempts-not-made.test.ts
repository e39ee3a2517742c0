import { beforeEach, describe, expect, it } from "vitest";
import { HashingPool } from "../../src/passwords/index.js";
import {
  attemptsOf,
  authentication,
  failuresOf,
  goodPassword,
  signIn,
  verifyPassword,
} from "../support/authentication.js";
import { untilWaiting, whileBusy } from "../support/busy-pool.js";
import { eventually, failure, failures } from "../support/call.js";
import { useMongod } from "../support/mongod.js";
import { useServer } from "../support/server.js";
import { createUser } from "../support/users.js";

const pool = new HashingPool({ concurrency: 1, maxQueue: 1 });
const mongod = useMongod();
const server = useServer(() => ({ mongodbUri: mongod.current.uri, env: { ROSTER_BCRYPT_COST: "10" }, pool }));

const newUser = () => createUser(server.current.users, { password: goodPassword });

/** How many attempts count for an email. */
const countOf = async (email: string): Promise<number> =>
  (await attemptsOf(server.current, email))?.attempts.length ?? 0;

// A connection that one test took away is no matter of the next.
beforeEach(async () => {
  const user = await eventually(newUser);
  await eventually(() => signIn(server.current, user.email, goodPassword));
});

describe("an attempt does not count when", () => {
  it("there is no place to hash", async () => {
    const { email, id } = await newUser();
    await whileBusy(pool, 2, async () => {
      for (let i = 0; i < 12; i++) {
        for (const attempt of [signIn(server.current, email, "wrong"), verifyPassword(server.current, id, "wrong")]) {
          expect(await failure(attempt)).toMatchObject({ code: "RESOURCE_EXHAUSTED", reason: "HASHING_OVERLOADED" });
        }
      }
    });
    expect(await countOf(email)).toBe(0);
    expect((await signIn(server.current, email, goodPassword)).id).toBe(id);
  });

  it("the last place is taken while it is on its way", async () => {
    const { email } = await newUser();
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => signIn(server.current, email, "wrong")));
    const reasons = failures(results).map(({ reason }) => reason);
    const checked = reasons.filter((reason) => reason === "INVALID_CREDENTIALS").length;
    expect(reasons.filter((reason) => reason === "HASHING_OVERLOADED")).toHaveLength(8 - checked);
    expect(checked).toBeLessThan(8);
    expect(await countOf(email)).toBe(checked);
  });

  it("the caller leaves before the password is checked", async () => {
    const { email } = await newUser();
    await whileBusy(pool, 1, async () => {
      const request = { email, password: "wrong", ipAddress: undefined, userAgent: undefined };
      const left = new Promise((_resolve, reject) => {
        const call = authentication(server.current).authenticateWithPassword(request, (error) => reject(error));
        void untilWaiting(pool, 1).then(() => call.cancel());
      });
      expect(await failure(left)).toMatchObject({ code: "CANCELLED" });
      await untilWaiting(pool, 0);
      await expect.poll(() => countOf(email)).toBe(0);
    });
  });

  const faults: [name: string, collection: string, command: string][] = [
    ["the count cannot be read", "attempts", "findAndModify"],
    ["the user cannot be read", "users", "find"],
    ["the credential cannot be read", "credentials", "find"],
  ];

  it.each(faults)("the database is away: %s", async (_name, collection, command) => {
    const { email } = await newUser();
    const namespace = `${server.current.db.databaseName}.${collection}`;
    const data = { failCommands: [command], namespace, closeConnection: true };
    await mongod.current.whileFailing(data, "alwaysOn", async () => {
      const error = await failure(signIn(server.current, email, "wrong"));
      expect(error).toMatchObject({ code: "UNAVAILABLE", reason: "DATABASE_UNAVAILABLE", retryAfterMs: 1_000 });
    });
    await expect.poll(() => countOf(email)).toBe(0);
  });
});

describe("an attempt whose event cannot be written", () => {
  it("counts when the password was wrong, and not when it was right", async () => {
    const { email } = await newUser();
    const data = { failCommands: ["commitTransaction"], errorCode: 8_000 };
    await mongod.current.whileFailing(data, "alwaysOn", async () => {
      expect(await failure(signIn(server.current, email, "wrong"))).toMatchObject({ reason: "INTERNAL" });
      expect(await failure(signIn(server.current, email, goodPassword))).toMatchObject({ reason: "INTERNAL" });
    });
    expect([await failuresOf(server.current, email), await countOf(email)]).toEqual([1, 1]);
  });
});
