import { ServerCredentials } from "@grpc/grpc-js";
import type { SecureContextOptions } from "node:tls";

const handshakeTimeoutMs = 10_000;

/** TLS of a gRPC server, for which certificates can be replaced while it runs. */
export class TlsCredentials extends ServerCredentials {
  /** `requireCertificate`: only clients that show a certificate of the context's `ca` get a connection. */
  constructor(context: SecureContextOptions, requireCertificate: boolean) {
    const client = { requestCert: requireCertificate, rejectUnauthorized: requireCertificate };
    super({ ...client, handshakeTimeout: handshakeTimeoutMs }, context);
  }

  /** Connections from now on get this context; those that are open stay as they are. */
  use(context: SecureContextOptions): void {
    this.updateSecureContextOptions(context);
  }

  override _equals(other: ServerCredentials): boolean {
    return this === other;
  }
}
