import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StoredApiKey } from "../../src/directory/api-keys/api-key.js";
import { newApiKey } from "../../src/directory/api-keys/create-api-key.js";
import { KnownKeys } from "../../src/directory/api-keys/known-keys.js";
import { ErrorReason, RosterError } from "../../src/directory/error.js";
import { clock, newId } from "../support/clock.js";
import { otherSecret } from "../support/api-keys.js";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "performance"] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** What the database holds, how often it was asked, and whether it answers. */
const knownKeys = () => {
  const { stored, created } = newApiKey({ name: "Billing", scopes: ["users:read", "events:read"] }, clock);
  const database = { key: stored as StoredApiKey | undefined, asked: [] as string[], away: false };
  const uses: string[] = [];
  const keys = new KnownKeys({
    store: {
      async byId(id) {
        database.asked.push(id);
        if (database.away) throw new RosterError(ErrorReason.DATABASE_UNAVAILABLE, "away");
        return id === database.key?.id ? database.key : undefined;
      },
    },
    clock,
    onUse: (id) => uses.push(id),
  });
  return { keys, database, uses, secret: created.secret, id: stored.id };
};

const holderOf = (id: string) => ({
  actor: { id, name: "Billing" },
  scopes: new Set(["users:read", "events:read"]),
});

/** The reason of a refusal, whether it comes at once or later. */
const refusal = async (verify: () => unknown): Promise<string | undefined> => {
  try {
    await verify();
    return undefined;
  } catch (error) {
    return ErrorReason[(error as RosterError).reason];
  }
};

describe("a key that was looked up", () => {
  it("is known at once for a second, then asked for while it is used, and waited for after three", async () => {
    const { keys, database, secret, id, uses } = knownKeys();
    expect(await keys.verify(secret)).toEqual(holderOf(id));
    vi.advanceTimersByTime(999);
    expect(keys.verify(secret)).toEqual(holderOf(id));
    expect(database.asked).toEqual([id]);

    vi.advanceTimersByTime(1);
    for (let i = 0; i < 5; i++) expect(keys.verify(secret)).toEqual(holderOf(id));
    expect(database.asked).toEqual([id, id]);

    await setImmediate();
    vi.advanceTimersByTime(2_999);
    expect(keys.verify(secret)).toEqual(holderOf(id));
    await setImmediate();
    vi.advanceTimersByTime(3_000);
    const verified = keys.verify(secret);
    expect(verified).toBeInstanceOf(Promise);
    expect(await verified).toEqual(holderOf(id));
    expect(database.asked).toEqual([id, id, id, id]);
    expect(uses).toEqual(Array.from({ length: 9 }, () => id));
  });

  it("is refused three seconds after it was revoked, whether it is used or not", async () => {
    const { keys, database, secret } = knownKeys();
    await keys.verify(secret);
    database.key = database.key && { ...database.key, revokedAt: new Date() };
    vi.advanceTimersByTime(3_000);
    expect(await refusal(() => keys.verify(secret))).toBe("API_KEY_REVOKED");
    expect(await refusal(() => keys.verify(otherSecret(secret)))).toBe("INVALID_API_KEY");
  });

  it("is refused from the millisecond of its expiry", async () => {
    const { keys, database, secret, uses } = knownKeys();
    database.key = database.key && { ...database.key, expiresAt: new Date(Date.now() + 500) };
    await keys.verify(secret);
    vi.advanceTimersByTime(499);
    expect(await refusal(() => keys.verify(secret))).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(await refusal(() => keys.verify(secret))).toBe("API_KEY_EXPIRED");
    expect(uses).toHaveLength(2);
  });

  it("stays known for three seconds of a database that is away, and not longer", async () => {
    const { keys, database, secret, id } = knownKeys();
    await keys.verify(secret);
    database.away = true;
    vi.advanceTimersByTime(2_999);
    expect(keys.verify(secret)).toEqual(holderOf(id));
    vi.advanceTimersByTime(1);
    expect(await refusal(() => keys.verify(secret))).toBe("DATABASE_UNAVAILABLE");
    database.away = false;
    expect(await keys.verify(secret)).toEqual(holderOf(id));
  });

  it("is asked for again at its next use, when the database was away", async () => {
    const { keys, database, secret, id } = knownKeys();
    await keys.verify(secret);
    vi.advanceTimersByTime(1_000);
    database.away = true;
    expect(keys.verify(secret)).toEqual(holderOf(id));
    await setImmediate();
    database.away = false;
    expect(keys.verify(secret)).toEqual(holderOf(id));
    await setImmediate();
    expect(database.asked).toEqual([id, id, id]);
    vi.advanceTimersByTime(2_999);
    expect(keys.verify(secret)).toEqual(holderOf(id));
  });

  it("stays revoked when an answer from before comes late", async () => {
    const { stored, created } = newApiKey({ name: "Billing", scopes: ["users:read"] }, clock);
    const answers: ((key: StoredApiKey) => void)[] = [];
    const store = { byId: () => new Promise<StoredApiKey>((resolve) => answers.push(resolve)) };
    const keys = new KnownKeys({ store, clock, onUse: () => {} });
    const verify = () => refusal(() => keys.verify(created.secret));
    const first = verify();
    vi.advanceTimersByTime(1);
    const second = verify();
    answers[1]?.({ ...stored, revokedAt: new Date() });
    expect(await second).toBe("API_KEY_REVOKED");
    answers[0]?.(stored);
    expect(await first).toBe("API_KEY_REVOKED");
    expect(await verify()).toBe("API_KEY_REVOKED");
  });

  it("is not forgotten for an answer that comes late", async () => {
    const { keys, database, secret, id } = knownKeys();
    const { key } = database;
    database.key = undefined;
    const early = refusal(() => keys.verify(secret));
    database.key = key;
    vi.advanceTimersByTime(1);
    const late = keys.verify(secret);
    expect(await early).toBe("INVALID_API_KEY");
    expect(await late).toEqual(holderOf(id));
    expect(keys.verify(secret)).toEqual(holderOf(id));
  });
});

describe("an id that nobody has", () => {
  it("is asked for once in three seconds", async () => {
    const { keys, database, secret } = knownKeys();
    const { key } = database;
    database.key = undefined;
    for (let i = 0; i < 5; i++) expect(await refusal(() => keys.verify(secret))).toBe("INVALID_API_KEY");
    vi.advanceTimersByTime(2_999);
    expect(await refusal(() => keys.verify(secret))).toBe("INVALID_API_KEY");
    expect(database.asked).toHaveLength(1);

    vi.advanceTimersByTime(1);
    database.key = key;
    expect(await refusal(() => keys.verify(secret))).toBeUndefined();
    expect(database.asked).toHaveLength(2);
  });

  it("pushes no key out, however many there are of them", async () => {
    const { keys, database, secret, id } = knownKeys();
    await keys.verify(secret);
    const garbage = Array.from({ length: 12_000 }, () => `sk_${newId("key").slice(4)}${secret.slice(29)}`);
    for (const unknown of garbage) await refusal(() => keys.verify(unknown));
    expect(database.asked).toHaveLength(12_001);
    expect(keys.verify(secret)).toEqual(holderOf(id));
    // The latest are remembered, the first are not.
    await refusal(() => keys.verify(garbage.at(-1) ?? ""));
    expect(database.asked).toHaveLength(12_001);
    await refusal(() => keys.verify(garbage[0] ?? ""));
    expect(database.asked).toHaveLength(12_002);
  });
});

describe("what is not a secret", () => {
  const [ulid, random] = ["01JD0000000000000000000000", "0123456789012345678901234567890123456789abc"];
  it.each([
    "",
    "x",
    `sk_${ulid}`,
    `sk_${ulid}_${random.slice(1)}`,
    `sk_${ulid}_${random}x`,
    `sk_${ulid.toLowerCase()}_${random}`,
    `sk_8${ulid.slice(1)}_${random}`,
    `sk_${ulid}_${random.slice(1)}=`,
    `key_${ulid}_${random}`,
    ` sk_${ulid}_${random}`,
  ])("is refused without a look: '%s'", async (secret) => {
    const { keys, database } = knownKeys();
    expect(await refusal(() => keys.verify(secret))).toBe("INVALID_API_KEY");
    expect(database.asked).toEqual([]);
  });
});
