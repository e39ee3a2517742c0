import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { CreateUserRequest } from "../../gen/ts/roster/v1/user_service.js";
import { SecretKey } from "../../src/directory/secret-key.js";
import type { Mutation } from "../../src/directory/commit/mutation.js";
import { ErrorReason } from "../../src/directory/error.js";
import { MongoCommitter } from "../../src/mongo/commit/committer.js";
import type { SessionPool } from "../../src/mongo/commit/session-pool.js";
import { WriteConflict } from "../../src/mongo/commit/write.js";
import { call, failure, seenError } from "../support/call.js";
import { useMongod } from "../support/mongod.js";
import { useServer } from "../support/server.js";
import { clock } from "../support/clock.js";
import { createUser, getUser, newEmail } from "../support/users.js";

const mongod = useMongod();
const server = useServer(() => ({ mongodbUri: mongod.current.uri }));

const committerOn = (sessions: SessionPool) =>
  new MongoCommitter({
    database: { db: server.current.db, clock },
    sessions,
    secretKey: new SecretKey(Buffer.alloc(32)),
    events: { commit: (_isAlone, make) => make(false) },
    onCommit: () => {},
  });

const slowCommit = { failCommands: ["commitTransaction"], blockConnection: true, blockTimeMS: 1_000 };

describe("a change that waits for a commit", () => {
  it("is not made when its caller goes away", async () => {
    const { users } = server.current;
    const emails = [newEmail(), newEmail()] as const;
    const error = await mongod.current.whileFailing(slowCommit, { times: 2 }, async () => {
      // As many commits as there are at a time.
      const first = createUser(users);
      await sleep(100);
      const second = createUser(users);
      await sleep(100);
      const request = CreateUserRequest.fromPartial({ email: emails[0] });
      const cancelled = new Promise((resolve) => {
        const waiting = users.createUser(request, resolve);
        setTimeout(() => waiting.cancel(), 200);
      });
      await Promise.all([first, second]);
      return cancelled;
    });
    expect(seenError(error).code).toBe("CANCELLED");
    const other = await createUser(users, { email: emails[1] });
    expect(await getUser(users, other.id)).toEqual(other);
    expect((await failure(call(users.getUserByEmail.bind(users), { email: emails[0] }))).reason).toBe("USER_NOT_FOUND");
  });

  it("shares it with the others that wait", async () => {
    const { users, db } = server.current;
    const count = async () => {
      const { metrics } = await db.admin().command({ serverStatus: 1 });
      return Number(metrics.commands.commitTransaction.total);
    };
    const before = await count();
    const created = await Promise.all(Array.from({ length: 100 }, () => createUser(users)));
    expect(created).toHaveLength(100);
    expect((await count()) - before).toBeLessThan(20);
  });

  it("has no more transactions under way than lanes while it keeps meeting others", async () => {
    let running = 0;
    let most = 0;
    const meets = async () => {
      running += 1;
      most = Math.max(most, running);
      await sleep(1);
      running -= 1;
      throw new WriteConflict();
    };
    const sessions = { use: meets } as never;
    const committer = committerOn(sessions);
    const leave = new AbortController();
    setMaxListeners(0, leave.signal);
    const callers = Array.from({ length: 128 }, (_, i) => {
      const mutation: Mutation<void> = { lookups: [{ table: "users", key: "id", value: `${i}` }], apply: () => {} };
      return committer.run(mutation, { signal: leave.signal });
    });
    for (const caller of callers) caller.catch(() => {});
    await sleep(1_000);
    leave.abort(new Error("the callers leave"));
    expect([1, 2]).toContain(most);
    expect(new Set((await Promise.allSettled(callers)).map(({ status }) => status))).toEqual(new Set(["rejected"]));
  });

  it("is refused with OVERLOADED when ten thousand wait already", async () => {
    const never = { use: () => new Promise<never>(() => {}) };
    const committer = committerOn(never as never);
    const mutation: Mutation<string> = { lookups: [], apply: () => "done" };
    const leave = new AbortController();
    setMaxListeners(0, leave.signal);
    const waiting = Array.from({ length: 10_000 }, () => committer.run(mutation, { signal: leave.signal }));
    for (const promise of waiting) promise.catch(() => {});
    await expect(committer.run(mutation, { signal: leave.signal })).rejects.toMatchObject({
      reason: ErrorReason.OVERLOADED,
      details: { retryAfterMs: 1_000 },
    });
    leave.abort(new Error("the callers leave"));
    const results = await Promise.allSettled(waiting);
    expect(new Set(results.map((result) => result.status))).toEqual(new Set(["rejected"]));
  });
});
