import { EventEmitter, once } from "node:events";
import * as v1 from "../../../gen/ts/health/v1/health.js";
import { ErrorReason, RosterError } from "../../directory/error.js";
import type { Adapter } from "../adapter.js";
import { type Method, method } from "../service.js";

const Status = v1.HealthCheckResponse_ServingStatus;

/**
 * What the health service says: all services of this server serve, or none does, but for those that are down alone. The
 * empty name is the whole server.
 */
export class Health extends EventEmitter<{ change: [] }> {
  readonly #services: ReadonlySet<string>;
  readonly #down = new Set<string>();
  #serving = false;

  constructor(services: readonly string[]) {
    super();
    this.#services = new Set(["", ...services]);
    this.setMaxListeners(0);
  }

  get services(): Iterable<string> {
    return this.#services;
  }

  set(serving: boolean): void {
    if (serving === this.#serving) return;
    this.#serving = serving;
    this.emit("change");
  }

  /** A service that is down does not serve when the others do; the whole server goes on. */
  setService(service: string, serving: boolean): void {
    const changes = serving ? this.#down.delete(service) : !this.#down.has(service);
    if (!changes) return;
    if (!serving) this.#down.add(service);
    this.emit("change");
  }

  status(service: string): v1.HealthCheckResponse_ServingStatus {
    if (!this.#services.has(service)) return Status.SERVICE_UNKNOWN;
    return this.#serving && !this.#down.has(service) ? Status.SERVING : Status.NOT_SERVING;
  }
}

/** `grpc.health.v1.Health`, after https://github.com/grpc/grpc/blob/master/doc/health-checking.md. */
export const healthService = (health: Health, adapter: Adapter): Record<keyof v1.HealthService, Method> => ({
  check: method(
    v1.HealthCheckRequest,
    v1.HealthCheckResponse,
    adapter.unary(async ({ service }) => {
      const status = health.status(service);
      if (status === Status.SERVICE_UNKNOWN) {
        throw new RosterError(ErrorReason.SERVICE_NOT_FOUND, "this server has no such service", {
          metadata: { service: service.slice(0, 256) },
        });
      }
      return { status };
    }),
  ),
  list: method(
    v1.HealthListRequest,
    v1.HealthListResponse,
    adapter.unary(async () => ({
      statuses: new Map([...health.services].map((service) => [service, { status: health.status(service) }])),
    })),
  ),
  watch: method(
    v1.HealthCheckRequest,
    v1.HealthCheckResponse,
    adapter.serverStream("notice", async function* ({ service }: v1.HealthCheckRequest, { signal }) {
      let last: v1.HealthCheckResponse_ServingStatus | undefined;
      for (;;) {
        const status = health.status(service);
        if (status === last) {
          await once(health, "change", { signal });
          continue;
        }
        yield { status };
        last = status;
      }
    }),
  ),
});
