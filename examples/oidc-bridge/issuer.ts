import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

/** A stand-in for an identity provider: gives everybody an ID token that says what they ask for. For trying and testing. */
export class Issuer {
  readonly url: string;
  readonly #server: Server;
  readonly #privateKey: CryptoKey;

  private constructor(server: Server, privateKey: CryptoKey) {
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.#server = server;
    this.#privateKey = privateKey;
  }

  /** Serves its keys at `/jwks`, and at `/token?aud=...&sub=...` a token with these claims, on loopback. */
  static async start(port = 0): Promise<Issuer> {
    const { publicKey, privateKey } = await generateKeyPair("ES256");
    const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "1", alg: "ES256", use: "sig" }] });
    const server = createServer();
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    const issuer = new Issuer(server, privateKey);
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
      if (pathname === "/jwks") response.end(keys);
      else
        issuer.token(Object.fromEntries(searchParams)).then(
          (token) => response.end(token),
          () => response.destroy(),
        );
    });
    return issuer;
  }

  /** A token of this issuer with these claims, good for five minutes unless they say otherwise. */
  token(claims: JWTPayload): Promise<string> {
    const token = new SignJWT({ iss: this.url, exp: Math.floor(Date.now() / 1_000) + 300, ...claims });
    return token.setProtectedHeader({ alg: "ES256", kid: "1" }).setIssuedAt().sign(this.#privateKey);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}
