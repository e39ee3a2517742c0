import { readFileSync } from "node:fs";
import { ChannelCredentials, Metadata } from "@grpc/grpc-js";
import { HealthCheckResponse_ServingStatus, HealthClient } from "../../gen/ts/health/v1/health.js";
import { asksCallers } from "../config/asks-callers.js";
import { type Config, ConfigError, loadConfig } from "../config/config.js";
import { settings } from "../config/settings.js";
import { takeGrpcLog } from "../grpc-log.js";
import { CommandError } from "./command-error.js";
import { sendApiKey } from "./send-api-key.js";
import { anyName, onlyCertificate } from "./only-certificate.js";
import type { Program } from "./index.js";
import { localAddress } from "./local-address.js";

const timeoutMs = 3_000;

/** `roster healthcheck`: exit code 0 when the server of the same environment serves. */
export const healthcheckCommand: Program = {
  async run() {
    takeGrpcLog();
    try {
      const status = await ask(clientOf(loadConfig(process.env)));
      process.stdout.write(`${status}\n`);
      return status === "SERVING" ? 0 : 1;
    } catch (error) {
      const message =
        error instanceof ConfigError || error instanceof CommandError
          ? error.message
          : `no answer: ${(error as Error).message}`;
      process.stderr.write(`roster: ${message}\n`);
      return 1;
    }
  },
};

const clientOf = (config: Config): HealthClient => {
  const { healthListen, listen, tlsCertFile, tlsClientCaFile, unauthenticatedServices } = config;
  const plaintext = ChannelCredentials.createInsecure();
  if (healthListen !== undefined) return new HealthClient(localAddress(healthListen), plaintext);
  if (tlsClientCaFile !== undefined) {
    throw new ConfigError(
      `${settings.healthListen.variable} must be set: with ${settings.tlsClientCaFile.variable} ` +
        `${settings.listen.variable} answers no check without a client certificate`,
    );
  }
  const address = localAddress(listen);
  if (!asksCallers(config) || unauthenticatedServices.has("health")) {
    return new HealthClient(address, tlsCertFile === undefined ? plaintext : unverified(), anyName);
  }
  const credentials =
    tlsCertFile === undefined ? plaintext : onlyCertificate(readFileSync(tlsCertFile), null, null).credentials;
  return new HealthClient(address, credentials, { ...anyName, interceptors: sendApiKey() });
};

/**
 * TLS with whatever certificate the server shows. Nothing secret is sent, and a server that goes on with the certificate it
 * has, while its files hold one that cannot be used, must not be found ill for it.
 */
const unverified = (): ChannelCredentials =>
  ChannelCredentials.createSsl(null, null, null, { rejectUnauthorized: false });

const ask = (client: HealthClient): Promise<string> =>
  new Promise<string>((resolve, reject) => {
    client.check({ service: "" }, new Metadata(), { deadline: Date.now() + timeoutMs }, (error, response) => {
      if (error) reject(error);
      else resolve(HealthCheckResponse_ServingStatus[response.status] ?? "UNKNOWN");
    });
  }).finally(() => client.close());
