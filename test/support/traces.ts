import { randomBytes, randomUUID } from "node:crypto";
import { ChannelCredentials, type ClientOptions, Metadata } from "@grpc/grpc-js";
import { afterAll, beforeAll, inject } from "vitest";
import { Collector } from "./collector.js";
import { Program } from "./program.js";

/** Runs a server that the environment tells where to send traces. */
export const startTracedServer = (env: Readonly<Record<string, string>>): Program =>
  new Program(["serve"], {
    ...process.env,
    MONGODB_URI: inject("mongodbUri"),
    ROSTER_DATABASE: `test-${randomUUID().slice(0, 8)}`,
    ROSTER_LISTEN: "127.0.0.1:0",
    ROSTER_BCRYPT_COST: "10",
    OTEL_BSP_SCHEDULE_DELAY: "50",
    ...env,
  });

/** A server and the collector that it sends its traces to: started before the first test of a file, stopped after its last. */
export const useTracedServer = () => {
  const started = {} as { collector: Collector; server: Program; address: string };
  beforeAll(async () => {
    started.collector = await Collector.overHttp();
    started.server = startTracedServer({ OTEL_EXPORTER_OTLP_ENDPOINT: started.collector.url });
    started.address = await started.server.listening();
  });
  afterAll(async () => {
    await started.server?.kill("SIGTERM");
    await started.collector?.stop();
  });
  return started;
};

/** A caller who is in a trace and tells so in every call. */
export const newCaller = <T>(
  type: new (address: string, credentials: ChannelCredentials, options: ClientOptions) => T,
  address: string,
  { sampled = true } = {},
) => {
  const traceId = randomBytes(16).toString("hex");
  const spanId = randomBytes(8).toString("hex");
  const metadata = new Metadata();
  metadata.set("traceparent", `00-${traceId}-${spanId}-0${Number(sampled)}`);
  metadata.set("tracestate", "vendor=value");
  const client = new type(address, ChannelCredentials.createInsecure(), {
    callInvocationTransformer: (call) => {
      call.metadata?.merge(metadata);
      return call;
    },
  });
  return { traceId, spanId, metadata, client };
};

/** The lines that the server has written about calls. */
export const callLines = ({ stdout }: Program): Record<string, unknown>[] =>
  stdout
    .split("\n")
    .filter((line) => line.includes('"msg":"call"'))
    .map((line) => JSON.parse(line));
