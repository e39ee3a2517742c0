import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { ApiKeyServiceClient, ListApiKeysRequest } from "../../gen/ts/roster/v1/api_key_service.js";
import { Order } from "../../gen/ts/roster/v1/list.js";
import { scopes } from "../../gen/ts/method-scopes.js";
import { toTimestamp } from "../../src/rpc/timestamp.js";
import { askingCallers, makeKey, withKey } from "../support/api-keys.js";
import { call, collect, failure } from "../support/call.js";
import { useServer } from "../support/server.js";
import { unusedId } from "../support/users.js";

const log: string[] = [];
const server = useServer({ env: askingCallers, log: (line) => log.push(line) });
const secrets: string[] = [];
let keys: ApiKeyServiceClient;
let adminId: string;

beforeAll(async () => {
  const admin = await makeKey(server.current.db, ["admin"], "operator");
  adminId = admin.key.id;
  secrets.push(admin.secret);
  keys = server.current.client(ApiKeyServiceClient, withKey(admin));
});

const create = async (given: { name: string; scopes: string[]; expiresAt?: Date }) => {
  const request = { ...given, expiresAt: given.expiresAt && toTimestamp(given.expiresAt) };
  const { apiKey, secret } = await call(keys.createApiKey.bind(keys), request);
  if (apiKey === undefined) throw new Error("no key");
  secrets.push(secret);
  return { apiKey, secret };
};
const revoke = async (id: string) => (await call(keys.revokeApiKey.bind(keys), { id })).apiKey;
const list = (given: Partial<ListApiKeysRequest> = {}) =>
  collect(keys.listApiKeys({ ...ListApiKeysRequest.fromPartial({}), ...given }));
const logged = (message: string) => log.map((line) => JSON.parse(line)).filter(({ msg }) => msg === message);

const inAnHour = () => new Date(Date.now() + 3_600_000);

describe("CreateApiKey", () => {
  it("makes a key and shows its secret, of which only a hash is kept", async () => {
    const expiresAt = inAnHour();
    const before = Date.now();
    const { apiKey, secret } = await create({ name: "Billing", scopes: ["users:read", "events:read"], expiresAt });
    expect(apiKey).toEqual({
      id: expect.stringMatching(/^key_[0-9A-HJKMNP-TV-Z]{26}$/),
      name: "Billing",
      scopes: ["users:read", "events:read"],
      createdAt: expect.anything(),
      expiresAt: toTimestamp(expiresAt),
      lastUsedAt: undefined,
      revokedAt: undefined,
    });
    expect(secret).toMatch(/^sk_[0-9A-HJKMNP-TV-Z]{26}_[A-Za-z0-9_-]{43}$/);
    expect(secret.slice(3, 29)).toBe(apiKey.id.slice(4));

    const stored = await server.current.db.collection<{ _id: string }>("apiKeys").findOne({ _id: apiKey.id });
    expect(stored).toEqual({
      _id: apiKey.id,
      name: "Billing",
      scopes: ["users:read", "events:read"],
      createdAt: expect.any(Date),
      expiresAt,
      secretHash: createHash("sha256").update(secret).digest("base64"),
    });
    expect((stored as unknown as { createdAt: Date }).createdAt.getTime()).toBeGreaterThanOrEqual(before);
  });

  it("takes every scope at once, names in any script, and names that another key has", async () => {
    const name = "課金 🧾 ".repeat(36).slice(0, 200);
    const first = await create({ name, scopes: [...scopes] });
    const second = await create({ name, scopes: ["admin"] });
    expect([first.apiKey.name, first.apiKey.scopes]).toEqual([name, [...scopes]]);
    expect(second.apiKey.name).toBe(name);
    expect(second.apiKey.id > first.apiKey.id).toBe(true);
    expect(second.secret.slice(-43)).not.toBe(first.secret.slice(-43));
  });

  const good = { name: "test", scopes: ["admin"] };
  const known = `must be one of ${scopes.join(", ")}`;
  const unprintable = "must not have control characters, bidi overrides or isolates (U+202A-202E, U+2066-2069)";
  const inTheFuture = "must be in the future, and before the year 10000";
  const refused: [name: string, given: Parameters<typeof create>[0], violations: [string, string][]][] = [
    ["no name", { ...good, name: "" }, [["name", "is required"]]],
    ["a long name", { ...good, name: "x".repeat(257) }, [["name", "must be at most 256 characters"]]],
    ["a name that breaks lines", { ...good, name: "a\nb" }, [["name", unprintable]]],
    ["a name that turns what is around it", { ...good, name: "a\u202eb" }, [["name", unprintable]]],
    ["no scope", { ...good, scopes: [] }, [["scopes", "must have 1-8 items, not 0"]]],
    ["an unknown scope", { ...good, scopes: ["admin", "users"] }, [["scopes[1]", known]]],
    ["a scope twice", { ...good, scopes: ["admin", "admin"] }, [["scopes[1]", "is given twice"]]],
    ["an expiry in the past", { ...good, expiresAt: new Date(1_000) }, [["expires_at", inTheFuture]]],
    ["an expiry out of range", { ...good, expiresAt: new Date(8.64e15) }, [["expires_at", inTheFuture]]],
    [
      "everything wrong",
      { name: "", scopes: ["x"] },
      [
        ["name", "is required"],
        ["scopes[0]", known],
      ],
    ],
  ];

  it.each(refused)("refuses %s", async (_name, given, violations) => {
    const { code, reason, violations: seen } = await failure(create(given));
    expect([code, reason]).toEqual(["INVALID_ARGUMENT", "INVALID_REQUEST"]);
    expect(seen.map(({ field, description }) => [field, description])).toEqual(violations);
  });

  it("is logged with who did it, and without the secret", async () => {
    const { apiKey } = await create({ name: "logged", scopes: ["users:write"] });
    expect(logged("API key created").filter(({ id }) => id === apiKey.id)).toEqual([
      {
        level: "info",
        time: expect.any(String),
        id: apiKey.id,
        name: "logged",
        scopes: ["users:write"],
        caller: { id: adminId, name: "operator" },
        msg: "API key created",
      },
    ]);
  });
});

describe("RevokeApiKey", () => {
  it("revokes once, and afterwards returns the key as it is", async () => {
    const { apiKey } = await create({ name: "short-lived", scopes: ["users:read"] });
    const revoked = await revoke(apiKey.id);
    expect(revoked).toEqual({ ...apiKey, revokedAt: expect.anything() });
    expect(await revoke(apiKey.id)).toEqual(revoked);
    const lines = logged("API key revoked").filter(({ id }) => id === apiKey.id);
    expect(lines).toEqual([
      expect.objectContaining({ name: "short-lived", caller: { id: adminId, name: "operator" } }),
    ]);
  });

  it("tells that there is no such key", async () => {
    const id = unusedId().replace("user_", "key_");
    const { code, reason, metadata, resource } = await failure(revoke(id));
    expect({ code, reason, metadata, resource }).toEqual({
      code: "NOT_FOUND",
      reason: "API_KEY_NOT_FOUND",
      metadata: { id },
      resource: { type: "api_key", name: id },
    });
  });

  it.each([
    ["", "is required"],
    ["user_01JD0000000000000000000000", "must be key_ and a ULID of 26 characters"],
  ])("refuses the id '%s'", async (id, description) => {
    expect((await failure(revoke(id))).violations).toEqual([{ field: "id", description }]);
  });
});

describe("ListApiKeys", () => {
  it("lists every key in pages, in both directions, as they were told", async () => {
    const { apiKey: first } = await create({ name: "first", scopes: ["admin"] });
    const made = [first];
    for (const name of ["second", "third"]) made.push((await create({ name, scopes: ["admin"] })).apiKey);
    const revoked = await revoke(made[1]?.id ?? "");

    const [page, ...more] = await list({ order: Order.ASC, after: first.id, pageSize: 10 });
    expect(more).toEqual([]);
    expect(page?.apiKeys).toEqual([revoked, made[2]]);
    expect(page?.listMetadata).toEqual({ before: revoked?.id, after: undefined });

    const newest = await list({ pageSize: 2, limit: 3 });
    expect(newest.map(({ apiKeys }) => apiKeys)).toEqual([[made[2], revoked], [first]]);
    const [before] = await list({ pageSize: 1, before: first.id });
    expect(before?.apiKeys).toEqual([revoked]);
    const ids = (await list()).flatMap(({ apiKeys }) => apiKeys.map(({ id }) => id));
    expect(ids).toEqual(ids.toSorted().toReversed());
    expect(ids).toContain(adminId);
  });

  it("refuses what other lists refuse", async () => {
    const { violations } = await failure(
      list({ pageSize: 1_001, after: "user_01JD0000000000000000000000", limit: -1 }),
    );
    expect(violations.map(({ field }) => field)).toEqual(["page_size", "limit", "after"]);
  });
});

describe("the secrets of all these keys", () => {
  it("are in no document and in no line of the log", async () => {
    const { db } = server.current;
    const collections = await db.listCollections().toArray();
    const documents = await Promise.all(collections.map(({ name }) => db.collection(name).find().toArray()));
    const written = JSON.stringify(documents) + log.join("");
    expect(secrets.length).toBeGreaterThan(5);
    for (const secret of secrets) expect(written).not.toContain(secret.slice(-43));
    expect(written).toContain(adminId);
  });
});
