import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Connection, OidcBridge } from "../../examples/oidc-bridge/bridge.js";
import { Issuer } from "../../examples/oidc-bridge/issuer.js";
import { serverAt } from "../../examples/server.js";
import { ProvisionUserResponse_Outcome as Outcome } from "../../gen/ts/roster/v1/user_service.js";
import { FlakyServer } from "../clients/flaky-server.js";
import { failure } from "../support/call.js";
import { allEvents } from "../support/events.js";
import { newDomain } from "../support/organizations.js";
import { insertOrganization, listIdentities } from "../support/provisioning.js";
import { useServer } from "../support/server.js";
import { newKey } from "../support/users.js";

const server = useServer();
const domain = newDomain();
const audience = "the-application";
let issuer: Issuer;
let connection: Connection;
let bridge: OidcBridge;

beforeAll(async () => {
  issuer = await Issuer.start();
  connection = {
    issuer: issuer.url,
    audience,
    jwksUri: `${issuer.url}/jwks`,
    connectionId: "conn_1",
    organizationId: await insertOrganization(server.current.db, { [domain]: "verified" }),
  };
  bridge = new OidcBridge(serverAt(server.current.address), [connection]);
});

afterAll(async () => {
  bridge.close();
  await issuer.stop();
});

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");

const claimsOf = (sub: string, more = {}) => ({ aud: audience, sub, email: `${sub}@${domain}`, ...more });

describe("the OIDC bridge", () => {
  it("signs somebody in for the first time, and again", async () => {
    const sub = newKey();
    const first = await bridge.signIn(
      await issuer.token(
        claimsOf(sub, {
          email_verified: true,
          given_name: "Ada",
          family_name: "Byron",
          picture: "https://example.com/ada.png",
          locale: "en-GB",
          nonce: "1",
        }),
      ),
    );
    expect(first).toMatchObject({
      outcome: Outcome.CREATED,
      user: {
        email: `${sub}@${domain}`,
        emailVerified: true,
        firstName: "Ada",
        lastName: "Byron",
        profilePictureUrl: "https://example.com/ada.png",
      },
      organizationMembership: { organizationId: connection.organizationId, role: "member" },
    });
    const changed = { email: `countess@${domain}`, family_name: "Lovelace", locale: "en-GB" };
    const again = await bridge.signIn(await issuer.token(claimsOf(sub, changed)));
    expect(again).toMatchObject({
      outcome: Outcome.EXISTING_IDENTITY,
      user: { id: first.user?.id, email: `${sub}@${domain}`, firstName: "Ada", lastName: "Lovelace" },
    });
    expect(await listIdentities(server.current.users, first.user?.id as string)).toMatchObject([
      { connectionId: "conn_1", idpId: sub, email: `countess@${domain}`, attributes: new Map([["locale", "en-GB"]]) },
    ]);
  });

  it("passes on what the server refuses", async () => {
    const elsewhere = newDomain();
    const token = await issuer.token(claimsOf(newKey(), { email: `ada@${elsewhere}` }));
    expect(await failure(bridge.signIn(token))).toMatchObject({
      code: "FAILED_PRECONDITION",
      reason: "DOMAIN_NOT_VERIFIED",
      metadata: { domain: elsewhere },
    });
  });

  it("makes one sign-in of several attempts", async () => {
    const { flaky, address } = await FlakyServer.start(server.current.address);
    const retrying = new OidcBridge(serverAt(address), [connection]);
    try {
      const { outcome, user } = await retrying.signIn(await issuer.token(claimsOf(newKey())));
      expect(flaky.refused).toBe(1);
      expect(outcome).toBe(Outcome.CREATED);
      const events = await allEvents(server.current, { userId: user?.id as string });
      expect(events.filter(({ type }) => type === "authentication.sso_succeeded")).toHaveLength(1);
    } finally {
      retrying.close();
      flaky.stop();
    }
  });
});

const refused = async (token: string, message: RegExp) => {
  await expect(bridge.signIn(token)).rejects.toThrow(message);
  expect(await server.current.db.collection("identities").countDocuments({ idpId: "eve" })).toBe(0);
};

describe("a token that the bridge does not believe", () => {
  const past = Math.floor(Date.now() / 1_000) - 60;

  it.each<[string, object, RegExp]>([
    ["for another application", { aud: "another" }, /unexpected "aud"/],
    ["for others as well", { aud: [audience, "another"] }, /for others as well/],
    ["that has expired", { exp: past }, /"exp" claim timestamp check failed/],
    ["that never expires", { exp: undefined }, /missing required "exp"/],
    ["of an issuer that has no connection", { iss: "http://127.0.0.1:1" }, /no connection has the issuer/],
    ["without an issuer", { iss: undefined }, /no connection has the issuer/],
    ["without a subject", { sub: undefined }, /missing required "sub"/],
    ["without an email", { email: undefined }, /missing required "email"/],
    ["with an email that the issuer has not verified", { email_verified: false }, /not verified the email/],
    ["with one that it says so of in text", { email_verified: "false" }, /not verified the email/],
  ])("%s", async (_, claims, message) => {
    await refused(await issuer.token(claimsOf("eve", claims)), message);
  });

  it("signed by somebody else", async () => {
    const other = await Issuer.start();
    try {
      await refused(await other.token(claimsOf("eve", { iss: issuer.url })), /signature verification failed/);
    } finally {
      await other.stop();
    }
  });

  it("that is not signed, or no token at all", async () => {
    const claims = claimsOf("eve", { iss: issuer.url, exp: past + 600, iat: past });
    await refused(`${encode({ alg: "none" })}.${encode(claims)}.`, /"alg"/);
    await refused("eve", /JWT/);
  });
});

it("the bridge does not start with two connections of one issuer", () => {
  expect(() => new OidcBridge(serverAt("127.0.0.1:1"), [connection, connection])).toThrow(
    /two connections have the issuer/,
  );
});
