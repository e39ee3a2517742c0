import { describe, expect, it, vi } from "vitest";
import { KeyUses } from "../../src/directory/api-keys/key-uses.js";
import { mongoApiKeys, ownSessions } from "../../src/mongo/api-keys.js";
import { ErrorReason, RosterError } from "../../src/directory/error.js";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { clock } from "../support/clock.js";
import { askingCallers, makeKey, otherSecret, withKey } from "../support/api-keys.js";
import { call, failure } from "../support/call.js";
import { startProfile } from "../support/database.js";
import { type TestServer, useServer } from "../support/server.js";
import { unusedId } from "../support/users.js";

const server = useServer({ env: askingCallers });

const lastUsed = async (id: string): Promise<Date | undefined> =>
  (await mongoApiKeys(server.current.db, ownSessions(server.current.db)).byId(id))?.lastUsedAt;

const use = async (from: TestServer, key: { secret: string }, times: number) => {
  const users = from.client(UserServiceClient, withKey(key));
  const calls = Array.from({ length: times }, () => failure(call(users.getUser.bind(users), { id: unusedId() })));
  return (await Promise.all(calls)).map(({ reason }) => reason);
};

describe("the last use of a key", () => {
  it("is written once for many calls, at the latest when the server stops, and never set back", async () => {
    const { db } = server.current;
    const key = await makeKey(db, ["admin"]);
    const unused = await makeKey(db, ["admin"]);
    const early = await server.current.another();
    const late = await server.current.another();
    const profile = await startProfile(db);

    const before = Date.now();
    expect(new Set(await use(early, key, 50))).toEqual(new Set(["USER_NOT_FOUND"]));
    const between = Date.now();
    expect(new Set(await use(late, key, 50))).toEqual(new Set(["USER_NOT_FOUND"]));
    expect(await use(late, { secret: otherSecret(unused.secret) }, 1)).toEqual(["INVALID_API_KEY"]);
    await late.stop();
    const written = (await lastUsed(key.key.id)) as Date;
    expect(written.getTime()).toBeGreaterThanOrEqual(between);
    await early.stop();
    expect(await lastUsed(key.key.id)).toEqual(written);
    expect(written.getTime()).toBeGreaterThan(before);
    expect(await lastUsed(unused.key.id)).toBeUndefined();

    const writes = (await profile()).filter(({ op, ns }) => op === "update" && ns === `${db.databaseName}.apiKeys`);
    expect(writes.length).toBe(2);
  });
});

describe("uses that could not be written", () => {
  it("are written with the next ones, each with its latest time", async () => {
    const written: Map<string, Date>[] = [];
    let away = true;
    const uses = new KeyUses(
      {
        async markUsed(times) {
          if (away) throw new RosterError(ErrorReason.DATABASE_UNAVAILABLE, "away");
          written.push(new Map(times));
        },
      },
      clock,
    );
    uses.note("key_1");
    uses.note("key_2");
    await uses.stop();
    const since = Date.now();
    uses.note("key_2");
    away = false;
    await uses.stop();
    await uses.stop();
    expect(written.map((times) => [...times.keys()].toSorted())).toEqual([["key_1", "key_2"]]);
    expect(written[0]?.get("key_2")?.getTime()).toBeGreaterThanOrEqual(since);
  });

  it("do not set back one that came while they were written", async () => {
    const written: Map<string, Date>[] = [];
    const uses = new KeyUses(
      {
        async markUsed(times) {
          written.push(new Map(times));
          if (written.length > 1) return;
          vi.setSystemTime(2_000);
          uses.note("key_1");
          throw new RosterError(ErrorReason.DATABASE_UNAVAILABLE, "away");
        },
      },
      clock,
    );
    vi.useFakeTimers({ now: 1_000, toFake: ["Date"] });
    try {
      uses.note("key_1");
      await uses.stop();
      await uses.stop();
    } finally {
      vi.useRealTimers();
    }
    expect(written.map((times) => times.get("key_1")?.getTime())).toEqual([1_000, 2_000]);
  });
});
