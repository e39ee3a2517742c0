import { randomUUID } from "node:crypto";
import { Metadata } from "@grpc/grpc-js";
import { createRemoteJWKSet, decodeJwt, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import {
  ProvisionUserRequest,
  type ProvisionUserResponse,
  UserServiceClient,
} from "../../gen/ts/roster/v1/user_service.js";
import type { Server } from "../server.js";

// Milliseconds. All attempts of a call share its deadline.
const callTimeout = 5_000;

const attributeNames = ["preferred_username", "locale", "zoneinfo"];

/** The OpenID Connect connection of an organization. Whoever writes one vouches that the issuer is that organization's. */
export interface Connection {
  /** The `iss` of its ID tokens. No two connections have the same. */
  readonly issuer: string;
  /** The application's client id there. */
  readonly audience: string;
  /** Where the issuer publishes its keys. */
  readonly jwksUri: string;
  readonly connectionId: string;
  readonly organizationId: string;
}

/** Signs people in by the ID tokens of identity providers. */
export class OidcBridge {
  readonly #connections = new Map<string, { connection: Connection; keys: JWTVerifyGetKey }>();
  readonly #users: UserServiceClient;

  constructor(server: Server, connections: readonly Connection[]) {
    for (const connection of connections) {
      const { issuer, jwksUri } = connection;
      if (this.#connections.has(issuer)) throw new Error(`two connections have the issuer ${issuer}`);
      // Keys are fetched when they are first needed, and again when a token names one that is not known.
      this.#connections.set(issuer, { connection, keys: createRemoteJWKSet(new URL(jwksUri)) });
    }
    this.#users = new UserServiceClient(...server);
  }

  /** Checks the token and signs in the person whom it is about. Rejects with what is wrong with it, or a `ServiceError`. */
  async signIn(idToken: string): Promise<ProvisionUserResponse> {
    const { iss: issuer = "" } = decodeJwt(idToken);
    const known = this.#connections.get(issuer);
    if (known === undefined) throw new Error(`no connection has the issuer ${JSON.stringify(issuer)}`);
    const { connection, keys } = known;
    const { payload } = await jwtVerify(idToken, keys, {
      issuer,
      audience: connection.audience,
      algorithms: ["RS256", "ES256"],
      requiredClaims: ["sub", "email", "exp", "iat"],
    });
    if (Array.isArray(payload.aud) && payload.aud.length > 1) throw new Error("the token is for others as well");
    // Many issuers have addresses from the organization's administrator only, and do not say so. Some say it as text.
    if (![undefined, true, "true"].includes(payload.email_verified as string | boolean | undefined)) {
      throw new Error("the issuer has not verified the email");
    }
    return this.#provision(toRequest(connection, payload));
  }

  close(): void {
    this.#users.close();
  }

  #provision(request: ProvisionUserRequest): Promise<ProvisionUserResponse> {
    return new Promise((resolve, reject) => {
      const options = { deadline: Date.now() + callTimeout };
      this.#users.provisionUser(request, new Metadata(), options, (error, response) =>
        error ? reject(error) : resolve(response),
      );
    });
  }
}

const toRequest = ({ connectionId, organizationId }: Connection, claims: JWTPayload): ProvisionUserRequest => {
  const text = (name: string): string => (typeof claims[name] === "string" ? claims[name] : "");
  return ProvisionUserRequest.fromPartial({
    organizationId,
    connectionId,
    // Never the email: it passes from one person to the next.
    idpId: text("sub"),
    email: text("email"),
    firstName: text("given_name"),
    lastName: text("family_name"),
    profilePictureUrl: text("picture"),
    attributes: new Map(attributeNames.filter((name) => text(name) !== "").map((name) => [name, text(name)])),
    // The same in every attempt: a retry gets the answer to the sign-in that an attempt before it made.
    requestId: randomUUID(),
  });
};
