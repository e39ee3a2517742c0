import { credentials, Metadata } from "@grpc/grpc-js";
import { HealthCheckResponse_ServingStatus, HealthClient } from "../../gen/ts/health/v1/health.js";
import { ConfigError, loadConfig } from "../config/config.js";
import { sendApiKey } from "./api-key.js";
import type { Program } from "./index.js";

const timeoutMs = 3_000;

/** `roster healthcheck`: exit code 0 when the server at ROSTER_LISTEN serves. */
export const healthcheck: Program = {
  async run() {
    try {
      const { host, port } = loadConfig(process.env).listen;
      const status = await check(`${host.includes(":") ? `[${host}]` : host}:${port}`);
      process.stdout.write(`${status}\n`);
      return status === "SERVING" ? 0 : 1;
    } catch (error) {
      const message = error instanceof ConfigError ? error.message : `no answer: ${(error as Error).message}`;
      process.stderr.write(`roster: ${message}\n`);
      return 1;
    }
  },
};

const check = (address: string): Promise<string> => {
  const client = new HealthClient(address, credentials.createInsecure(), { interceptors: sendApiKey() });
  return new Promise<string>((resolve, reject) => {
    client.check({ service: "" }, new Metadata(), { deadline: Date.now() + timeoutMs }, (error, response) => {
      if (error) reject(error);
      else resolve(HealthCheckResponse_ServingStatus[response.status] ?? "UNKNOWN");
    });
  }).finally(() => client.close());
};
