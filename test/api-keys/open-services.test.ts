import { describe, expect, it } from "vitest";
import { askingCallers } from "../support/api-keys.js";
import { seenError } from "../support/call.js";
import { callEmpty } from "../support/methods.js";
import { useServer } from "../support/server.js";

const methods = {
  check: { path: "/grpc.health.v1.Health/Check", kind: "unary" },
  watch: { path: "/grpc.health.v1.Health/Watch", kind: "server_streaming" },
  reflection: { path: "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", kind: "bidi_streaming" },
  olderReflection: { path: "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", kind: "bidi_streaming" },
  getUser: { path: "/roster.v1.UserService/GetUser", kind: "unary" },
  listApiKeys: { path: "/roster.v1.ApiKeyService/ListApiKeys", kind: "server_streaming" },
} as const;

type Name = keyof typeof methods;

const worlds: [name: string, env: Record<string, string>, open: Name[]][] = [
  ["callers are not asked", { ROSTER_AUTHENTICATION: "none" }, Object.keys(methods) as Name[]],
  ["nothing is said of services", askingCallers, ["check", "watch"]],
  [
    "health and reflection are open",
    { ...askingCallers, ROSTER_UNAUTHENTICATED_SERVICES: "health,reflection" },
    ["check", "watch", "reflection", "olderReflection"],
  ],
  ["none is open", { ...askingCallers, ROSTER_UNAUTHENTICATED_SERVICES: "none" }, []],
];

describe.each(worlds)("where %s", (_name, env, open) => {
  const server = useServer({ env });

  it.each(Object.keys(methods) as Name[])("%s without a key", async (name) => {
    const error = await callEmpty(server.current.users, methods[name]);
    const reason = error && seenError(error).reason;
    expect(reason === "CALLER_NOT_AUTHENTICATED" ? "refused" : "let in").toBe(
      open.includes(name) ? "let in" : "refused",
    );
  });

  it.each(open.filter((name) => name !== "getUser" && name !== "listApiKeys"))("%s with a wrong key", async (name) => {
    expect(await callEmpty(server.current.users, methods[name], "Bearer x")).toBeUndefined();
  });
});
