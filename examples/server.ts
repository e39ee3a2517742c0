import { readFileSync } from "node:fs";
import {
  type ChannelCredentials,
  type ClientOptions,
  credentials,
  InterceptingCall,
  type Interceptor,
} from "@grpc/grpc-js";
import { serviceConfig } from "../gen/ts/service-config.js";

/** What the constructor of a client takes. */
export type Server = [address: string, credentials: ChannelCredentials, options: ClientOptions];

/**
 * How to call the server at an address: over TLS when ROSTER_CA_FILE has the roots of its certificate, and with the API key
 * in ROSTER_API_KEY, if there is one.
 */
export const serverAt = (address: string, env: NodeJS.ProcessEnv = process.env): Server => {
  const { ROSTER_CA_FILE: caFile, ROSTER_API_KEY: key } = env;
  return [
    address,
    caFile ? credentials.createSsl(readFileSync(caFile)) : credentials.createInsecure(),
    { "grpc.service_config": serviceConfig, interceptors: key ? [apiKey(key)] : [] },
  ];
};

const apiKey =
  (key: string): Interceptor =>
  (options, nextCall) =>
    new InterceptingCall(nextCall(options), {
      start(metadata, listener, next) {
        metadata.set("authorization", `Bearer ${key}`);
        next(metadata, listener);
      },
    });
