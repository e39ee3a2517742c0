import type { Client } from "@grpc/grpc-js";
import { beforeAll, describe, expect, it } from "vitest";
import { methodScopes, type Scope, scopes } from "../../gen/ts/method-scopes.js";
import { apiKeysIn, askingCallers, bearer, makeExpiredKey, makeKey, otherSecret } from "../support/api-keys.js";
import { seenError } from "../support/call.js";
import { callEmpty, servedMethods, type ServedMethod } from "../support/methods.js";
import { useServer } from "../support/server.js";

const server = useServer({ env: { ...askingCallers, ROSTER_UNAUTHENTICATED_SERVICES: "none" } });

type Refusal = readonly [code: string, reason: string, metadata: Record<string, string>];

/** What is sent as `authorization`, and the refusal of whoever sends that. */
const refused: { name: string; authorization: string | undefined; refusal: Refusal }[] = [];
const secrets = {} as Record<Scope, string>;

beforeAll(async () => {
  const { db } = server.current;
  for (const scope of scopes) secrets[scope] = (await makeKey(db, [scope])).secret;
  const expired = await makeExpiredKey(db, ["admin"]);
  const revoked = await makeKey(db, ["admin"]);
  await apiKeysIn(db).revoke(revoked.key);
  const unknown = "sk_01JD0000000000000000000000_0123456789012345678901234567890123456789abc";
  const invalid = ["UNAUTHENTICATED", "INVALID_API_KEY", {}] as const;
  const rows: [name: string, authorization: string | undefined, refusal: Refusal][] = [
    ["no key", undefined, ["UNAUTHENTICATED", "CALLER_NOT_AUTHENTICATED", {}]],
    ["an empty key", "", invalid],
    ["a key without Bearer", secrets.admin, invalid],
    ["another scheme", `Basic ${secrets.admin}`, invalid],
    ["something behind the key", `${bearer(secrets.admin)} x`, invalid],
    ["a key cut short", bearer(secrets.admin.slice(0, -1)), invalid],
    ["an unknown key", bearer(unknown), invalid],
    ["a wrong secret", bearer(otherSecret(secrets.admin)), invalid],
    ["a wrong secret of a revoked key", bearer(otherSecret(revoked.secret)), invalid],
    ["an expired key", bearer(expired.secret), ["UNAUTHENTICATED", "API_KEY_EXPIRED", { id: expired.key.id }]],
    ["a revoked key", bearer(revoked.secret), ["UNAUTHENTICATED", "API_KEY_REVOKED", { id: revoked.key.id }]],
  ];
  refused.push(...rows.map(([name, authorization, refusal]) => ({ name, authorization, refusal })));
});

const client = (): Client => server.current.users;

/** What became of a call: the refusal, or that it was none. */
const outcome = async (method: ServedMethod, authorization?: string): Promise<Refusal | "let in"> => {
  const error = await callEmpty(client(), method, authorization);
  if (error === undefined) return "let in";
  const { code, reason = "", metadata } = seenError(error);
  return ["UNAUTHENTICATED", "PERMISSION_DENIED"].includes(code) ? [code, reason, metadata] : "let in";
};

const roster = servedMethods.filter(({ path }) => path.startsWith("/roster.v1."));
const others = servedMethods.filter(({ path }) => !path.startsWith("/roster.v1."));

describe.each(servedMethods)("$path", (method) => {
  it("refuses whoever is not known", async () => {
    const seen = await Promise.all(
      refused.map(async ({ name, authorization }) => [name, await outcome(method, authorization)]),
    );
    expect(seen).toEqual(refused.map(({ name, refusal }) => [name, refusal]));
  });
});

describe.each(roster)("$path", (method) => {
  it("lets in those with its scope or admin, and refuses all others", async () => {
    const seen = await Promise.all(
      scopes.map(async (scope) => [scope, await outcome(method, bearer(secrets[scope]))] as const),
    );
    const denied = ["PERMISSION_DENIED", "PERMISSION_DENIED", { scope: method.scope }];
    expect(seen).toEqual(
      scopes.map((scope) => [scope, scope === method.scope || scope === "admin" ? "let in" : denied]),
    );
  });
});

describe.each(others)("$path", (method) => {
  it("lets in everybody who has a key", async () => {
    const seen = await Promise.all(scopes.map((scope) => outcome(method, bearer(secrets[scope]))));
    expect(seen).toEqual(scopes.map(() => "let in"));
  });
});

describe("the scopes of methods", () => {
  it("are stated for every method of roster.v1, and no other", () => {
    expect(new Map(roster.map(({ path, scope }) => [path, scope]))).toEqual(methodScopes);
    expect(others.map(({ scope }) => scope)).toEqual(others.map(() => ""));
    expect(roster.length).toBeGreaterThan(30);
    expect(others.length).toBeGreaterThan(4);
  });
});
