import { once } from "node:events";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { ChannelCredentials } from "@grpc/grpc-js";
import { afterEach, describe, expect, it } from "vitest";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { serveCommand } from "../../src/commands/serve.js";
import { asksForTraces } from "../../src/traces/traces.js";
import { Collector } from "../support/collector.js";
import { freePort } from "../support/ports.js";
import type { Program } from "../support/program.js";
import { useServer } from "../support/server.js";
import { newCaller, startTracedServer } from "../support/traces.js";
import { createUser, everyField, getUser } from "../support/users.js";

const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

const stopLater = <T extends { stop(): Promise<void> }>(started: T): T => {
  stops.push(() => started.stop());
  return started;
};

const start = (env: Readonly<Record<string, string>>): Program => {
  const server = startTracedServer(env);
  stops.push(() => server.kill("SIGKILL"));
  return server;
};

const callerOf = async (server: Program, options = {}) =>
  newCaller(UserServiceClient, await server.listening(), options);

/** The names of the spans that the server had, once it has ended. */
const namesAfterEnd = async (server: Program, collector: Collector): Promise<string[]> => {
  expect((await server.kill("SIGTERM")).code).toBe(0);
  return collector.spans.filter(({ kind }) => kind === "SERVER").map(({ name }) => name.split("/")[1] as string);
};

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" };

describe("traces are asked for", () => {
  it.each<[boolean, string, Record<string, string | undefined>]>([
    [false, "nothing", {}],
    [false, "an empty endpoint", { OTEL_EXPORTER_OTLP_ENDPOINT: "" }],
    [true, "an endpoint", endpoint],
    [true, "an endpoint for traces", { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://127.0.0.1:4318/v1/traces" }],
    [false, "an endpoint for metrics", { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: "http://127.0.0.1:4318/v1/metrics" }],
    [false, "an endpoint, and the SDK disabled", { ...endpoint, OTEL_SDK_DISABLED: "TRUE" }],
    [true, "an endpoint, and the SDK not disabled", { ...endpoint, OTEL_SDK_DISABLED: "false" }],
    [false, "an endpoint, and no exporter", { ...endpoint, OTEL_TRACES_EXPORTER: "none" }],
    [false, "an endpoint, and another exporter", { ...endpoint, OTEL_TRACES_EXPORTER: "zipkin" }],
    [true, "an endpoint, and two exporters", { ...endpoint, OTEL_TRACES_EXPORTER: "console, otlp" }],
  ])("%s: with %s", (asked, _given, env) => {
    expect(asksForTraces(env)).toBe(asked);
  });
});

describe("a server that is not asked for traces", () => {
  const server = useServer();

  it("loads nothing of the SDK", async () => {
    expect(serveCommand).toBeDefined();
    await createUser(server.current.users);
    const loaded = Object.keys(createRequire(import.meta.url).cache);
    expect(loaded.some((file) => file.includes("/node_modules/mongodb/"))).toBe(true);
    expect(loaded.filter((file) => /@opentelemetry\/(?!api\/)/.test(file))).toEqual([]);
  });
});

describe("the standard variables", () => {
  it("choose gRPC, and name the service and its attributes", async () => {
    const collector = stopLater(await Collector.overGrpc());
    const server = start({
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
      OTEL_SERVICE_NAME: "directory",
      OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=test,service.version=1.2.3",
    });
    const { client, traceId } = await callerOf(server);
    await createUser(client);
    const [span] = await collector.find((found) => found.traceId === traceId && found.kind === "SERVER");
    expect(span?.resource).toMatchObject({
      "service.name": "directory",
      "service.version": "1.2.3",
      "deployment.environment.name": "test",
    });
  });

  it("choose the sampler: the caller's decision, and none of its own", async () => {
    const collector = stopLater(await Collector.overHttp());
    const server = start({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
      OTEL_TRACES_SAMPLER_ARG: "0",
    });
    const caller = await callerOf(server);
    const { id } = await createUser(caller.client);
    const alone = new UserServiceClient(await server.listening(), ChannelCredentials.createInsecure());
    await getUser(alone, id);
    expect(await namesAfterEnd(server, collector)).toEqual(["CreateUser"]);
  });

  it.each([
    ["none", undefined],
    ["xray", "OTEL_PROPAGATORS: xray is not supported; tracecontext is"],
  ])("choose how callers tell their context: %s", async (propagators, warning) => {
    const collector = stopLater(await Collector.overHttp());
    const server = start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_PROPAGATORS: propagators });
    const { client, traceId } = await callerOf(server);
    await createUser(client);
    const [span] = await collector.find(({ kind }) => kind === "SERVER");
    expect(span?.parentId).toBe("");
    expect(span?.traceId).not.toBe(traceId);
    if (warning) expect(server.stdout).toContain(warning);
    else expect(server.stdout).not.toContain('"level":"warn"');
  });
});

describe("spans that wait to be sent", () => {
  const patience = { OTEL_BSP_SCHEDULE_DELAY: "60000" };

  it("are sent before the server ends", async () => {
    const collector = stopLater(await Collector.overHttp());
    const server = start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...patience });
    await createUser((await callerOf(server)).client);
    expect(collector.spans).toEqual([]);
    expect(await namesAfterEnd(server, collector)).toEqual(["CreateUser"]);
  });

  it("do not hold up the end when the collector does not answer", async () => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await once(silent, "listening");
    stops.push(async () => silent.close());
    const { port } = silent.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    const server = start({ OTEL_EXPORTER_OTLP_ENDPOINT: url, ROSTER_SHUTDOWN_GRACE: "2s", ...patience });
    await createUser((await callerOf(server)).client);
    const before = Date.now();
    expect((await server.kill("SIGTERM")).code).toBe(0);
    expect(Date.now() - before).toBeLessThan(4_000);
  });
});

describe("a server whose collector is away", () => {
  it("answers calls, says so once, and ends", async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const timeout = { OTEL_EXPORTER_OTLP_TIMEOUT: "100", OTEL_BSP_SCHEDULE_DELAY: "20" };
    const server = start({ OTEL_EXPORTER_OTLP_ENDPOINT: url, ...timeout });
    const { client } = await callerOf(server);
    for (let i = 0; i < 5; i++) {
      const { id } = await createUser(client, everyField());
      expect((await getUser(client, id)).id).toBe(id);
      await sleep(100);
    }
    const { code, stdout } = await server.kill("SIGTERM");
    expect(code).toBe(0);
    expect(stdout.match(/traces cannot be sent: [^"]*ECONNREFUSED/g)).toHaveLength(1);
  });
});
