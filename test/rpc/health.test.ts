import { describe, expect, it } from "vitest";
import {
  type HealthCheckResponse,
  HealthCheckResponse_ServingStatus as Status,
  HealthClient,
} from "../../gen/ts/health/v1/health.js";
import { call, failure } from "../support/call.js";
import { useServer } from "../support/server.js";

const server = useServer();

const client = () => server.current.client(HealthClient);
const check = (service: string) => {
  const health = client();
  return call(health.check.bind(health), { service });
};

const services = ["", "roster.v1.UserService", "grpc.health.v1.Health"];

describe("health", () => {
  it.each(services)("says that %j serves", async (service) => {
    expect(await check(service)).toEqual({ status: Status.SERVING });
  });

  it.each(["roster.v1.Nothing", "roster.v1", "UserService", " "])("does not know %j", async (service) => {
    expect(await failure(check(service))).toEqual({
      code: "NOT_FOUND",
      message: "this server has no such service",
      reason: "SERVICE_NOT_FOUND",
      domain: "roster",
      metadata: { service },
      violations: [],
      resource: undefined,
      retryAfterMs: undefined,
    });
  });

  it("lists all services", async () => {
    const health = client();
    const { statuses } = await call(health.list.bind(health), {});
    expect([...statuses.keys()]).toEqual(expect.arrayContaining(services));
    expect(new Set([...statuses.values()].map(({ status }) => status))).toEqual(new Set([Status.SERVING]));
  });

  it.each([
    ...services.map((service) => [service, Status.SERVING] as const),
    ["roster.v1.Nothing", Status.SERVICE_UNKNOWN] as const,
  ])("tells a watch of %j its state at once, and keeps the watch open", async (service, status) => {
    const watch = client().watch({ service });
    const states: Status[] = [];
    watch.on("data", (response: HealthCheckResponse) => states.push(response.status));
    let ended = false;
    watch.on("error", () => {
      ended = true;
    });
    await expect.poll(() => states).toEqual([status]);
    expect(await check("")).toEqual({ status: Status.SERVING });
    expect(states).toEqual([status]);
    expect(ended).toBe(false);
    watch.cancel();
  });
});
