import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type HostPort, toAddress } from "../config/parsers.js";
import type { Metrics } from "./metrics.js";

/** Serves metrics over HTTP at `/metrics`. */
export class MetricsServer {
  readonly #server: Server;

  constructor(metrics: Metrics) {
    this.#server = createServer((request, response) => {
      if (request.method !== "GET" || request.url?.split("?")[0] !== "/metrics") {
        response.writeHead(404, { "content-type": "text/plain" }).end("metrics are at /metrics\n");
        return;
      }
      metrics.text().then(
        (text) => response.writeHead(200, { "content-type": metrics.contentType }).end(text),
        () => response.writeHead(500).end(),
      );
    });
    // A scrape is one short request.
    this.#server.requestTimeout = 5_000;
    this.#server.maxConnections = 32;
  }

  /** Starts to answer; returns the address. Rejects when it cannot be had. */
  async listen({ host, port }: HostPort): Promise<string> {
    this.#server.listen(port, host);
    await once(this.#server, "listening");
    return toAddress({ host, port: (this.#server.address() as AddressInfo).port });
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }
}
