import { X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import { ChannelCredentials, type ChannelOptions } from "@grpc/grpc-js";
import type { ServerTarget } from "./bulk/server-options.js";

/** For servers that are not known by a name: Node.js warns where an IP address is sent as one. */
export const anyName: ChannelOptions = { "grpc.ssl_target_name_override": "localhost" };

/**
 * TLS with a server that shows the first certificate of a PEM text and no other, whatever names and authority it has.
 * `cert` and `key`: what the client shows.
 */
export const onlyCertificate = (
  pem: Buffer,
  cert: Buffer | null,
  key: Buffer | null,
): Omit<ServerTarget, "address"> => {
  const expected = new X509Certificate(pem);
  const context = createSecureContext({
    ca: pem,
    // Else the root would be needed.
    allowPartialTrustChain: true,
    ...(cert && { cert }),
    ...(key && { key }),
  });
  const credentials = ChannelCredentials.createFromSecureContext(context, {
    checkServerIdentity: (_host, { fingerprint256 }) =>
      fingerprint256 === expected.fingerprint256
        ? undefined
        : new Error("the server shows another certificate than the one in its environment"),
  });
  return { credentials, options: anyName };
};
