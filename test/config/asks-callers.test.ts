import { describe, expect, it } from "vitest";
import { asksCallers } from "../../src/config/asks-callers.js";
import { loadConfig } from "../../src/config/config.js";

const tls = { ROSTER_TLS_CERT_FILE: "server.pem", ROSTER_TLS_KEY_FILE: "server.key" };
const everywhere = { ROSTER_LISTEN: "0.0.0.0:50051", ...tls };

const cases: [name: string, env: Record<string, string>, asked: boolean][] = [
  ["on a loopback address", {}, false],
  ["on a loopback address where it is required", { ROSTER_AUTHENTICATION: "required" }, true],
  ["on a loopback address with TLS", tls, true],
  ["on a loopback address with TLS where it is not wanted", { ...tls, ROSTER_AUTHENTICATION: "none" }, false],
  ["on any other address", everywhere, true],
  ["on any other address where it is required", { ...everywhere, ROSTER_AUTHENTICATION: "required" }, true],
];

describe("whether callers are asked who they are", () => {
  it.each(cases)("%s", (_name, env, asked) => {
    expect(asksCallers(loadConfig(env))).toBe(asked);
  });

  it.each(["0.0.0.0", "[::]", "10.0.0.1", "roster.internal"])("cannot be switched off on %s", (host) => {
    expect(() => loadConfig({ ...tls, ROSTER_LISTEN: `${host}:50051`, ROSTER_AUTHENTICATION: "none" })).toThrow(
      "ROSTER_AUTHENTICATION must be required where ROSTER_LISTEN is not a loopback address: " +
        "everybody who reaches it could do everything",
    );
  });

  it("cannot be switched off where certificates have scopes", () => {
    const scopes = { ROSTER_TLS_CLIENT_CA_FILE: "ca.pem", ROSTER_TLS_CLIENT_SCOPES: "DNS:a=users:read" };
    expect(() => loadConfig({ ...tls, ...scopes, ROSTER_AUTHENTICATION: "none" })).toThrow(
      "ROSTER_AUTHENTICATION must be required where ROSTER_TLS_CLIENT_SCOPES is set: else everybody may do everything",
    );
  });
});
