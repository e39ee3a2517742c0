import { Server, ServerCredentials } from "@grpc/grpc-js";
import { HealthService } from "../../gen/ts/health/v1/health.js";
import { Adapter, type AdapterParts } from "./adapter.js";
import { compressedRequests } from "./compressed-requests.js";
import { Connections } from "./connections.js";
import { listen } from "./listen.js";
import { service } from "./service.js";
import { type Health, healthService } from "./services/health.js";

const maxRequestBytes = 4_096;
const connectionLimits = { maxConnections: 1_000, maxConnectionsPerAddress: 100, maxMetadataBytes: 8_192 };

/** Answers `grpc.health.v1.Health` and nothing else, in plaintext: for probes that know no TLS or have no certificate. */
export class HealthServer {
  readonly #server: Server;
  readonly #connections = new Connections(connectionLimits);

  constructor(health: Health, parts: AdapterParts) {
    this.#server = new Server({
      "grpc.max_receive_message_length": maxRequestBytes,
      "grpc.max_concurrent_streams": 16,
      "grpc.max_connection_idle_ms": 60_000,
      "grpc.keepalive_time_ms": 60_000,
      "grpc.keepalive_timeout_ms": 20_000,
      "grpc.enable_channelz": 0,
      interceptors: [compressedRequests({ maxRequestBytes, onLargeRequest: () => {} })],
    });
    this.#connections.guard(this.#server);
    const { definition, implementation } = service(
      HealthService,
      healthService(health, new Adapter(parts)),
      maxRequestBytes,
    );
    this.#server.addService(definition, implementation);
  }

  /** Starts to answer; returns the port. Throws ListenError. */
  listen(address: string): Promise<number> {
    return listen(this.#server, address, ServerCredentials.createInsecure());
  }

  stop(): void {
    this.#server.forceShutdown();
    this.#connections.stop();
  }
}
