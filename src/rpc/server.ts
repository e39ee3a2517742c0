import type { ServerHttp2Stream } from "node:http2";
import { setTimeout as sleep } from "node:timers/promises";
import { Server, type ServerCredentials, type ServerInterceptor, type ServerOptions } from "@grpc/grpc-js";
import { ServerReflectionService as ReflectionV1 } from "../../gen/ts/grpc/reflection/v1/reflection.js";
import { ServerReflectionService as ReflectionV1Alpha } from "../../gen/ts/grpc/reflection/v1alpha/reflection.js";
import { HealthService } from "../../gen/ts/health/v1/health.js";
import { ApiKeyServiceService } from "../../gen/ts/roster/v1/api_key_service.js";
import { AuthenticationServiceService } from "../../gen/ts/roster/v1/authentication_service.js";
import { EventServiceService } from "../../gen/ts/roster/v1/event_service.js";
import { OrganizationMembershipServiceService } from "../../gen/ts/roster/v1/organization_membership_service.js";
import { OrganizationServiceService } from "../../gen/ts/roster/v1/organization_service.js";
import { UserServiceService } from "../../gen/ts/roster/v1/user_service.js";
import type { ApiKeys } from "../directory/api-keys/api-keys.js";
import type { Authenticator } from "../directory/authenticator.js";
import type { Bulk } from "../directory/bulk.js";
import type { Directory } from "../directory/directory.js";
import type { Memberships } from "../directory/memberships/memberships.js";
import type { Organizations } from "../directory/organizations/organizations.js";
import type { Provisioner } from "../directory/provisioning/provisioner.js";
import type { Traces } from "../traces/traces.js";
import { within } from "../within.js";
import { Adapter, type AdapterParts } from "./adapter.js";
import { authentication } from "./authentication/authentication.js";
import type { CallerSource } from "./authentication/caller.js";
import { Gate } from "./authentication/gate.js";
import { Needs, type OpenService } from "./authentication/needs.js";
import { OpenCalls } from "./authentication/open-calls.js";
import { screening } from "./authentication/screening.js";
import { type CallRecord, callLog } from "./call-log.js";
import { type ConnectionLimits, type ConnectionReport, Connections } from "./connections.js";
import { callTrace } from "./call-trace.js";
import { compressedRequests } from "./compressed-requests.js";
import { explainedErrors } from "./explained-errors.js";
import { listen } from "./listen.js";
import { type Service, service } from "./service.js";
import { apiKeyService } from "./services/api-key-service.js";
import { authenticationService } from "./services/authentication-service.js";
import { eventService } from "./services/event-service.js";
import { Health, healthService } from "./services/health.js";
import { membershipService } from "./services/membership-service.js";
import { organizationService } from "./services/organization-service.js";
import { reflectionService } from "./services/reflection.js";
import { userService } from "./services/user-service.js";
import { StalledCalls, type StallLimits } from "./stalled-calls.js";

/** What one connection, call or message may take. Times in milliseconds, sizes in bytes. */
export interface Limits extends ConnectionLimits, StallLimits {
  readonly maxRequestBytes: number;
  readonly maxConcurrentStreams: number;
  readonly maxConnectionAgeMs: number;
  readonly keepaliveTimeMs: number;
  readonly keepaliveTimeoutMs: number;
  readonly maxConnectionIdleMs: number;
}

/** How callers are known. */
export interface Callers {
  /** In the order in which they are asked. */
  readonly sources: readonly CallerSource[];
  /** What everybody may call. */
  readonly openServices: ReadonlySet<OpenService>;
}

/** What the server is made of, and who is told of its calls. */
export interface RpcServerParts extends AdapterParts, ConnectionReport {
  readonly directory: Directory;
  readonly authenticator: Authenticator;
  readonly organizations: Organizations;
  readonly memberships: Memberships;
  readonly provisioner: Provisioner;
  readonly bulk: Bulk;
  readonly apiKeys: ApiKeys;
  readonly limits: Limits;
  /** How callers are known. Absent: they are not asked. */
  readonly callers?: Callers | undefined;
  /** Absent where nobody collects traces. */
  readonly traces?: Traces | undefined;
  /** `method`: `/package.Service/Method`. */
  onCallStart(method: string): void;
  onCall(record: CallRecord): void;
}

const servedNames = [
  "roster.v1.UserService",
  "roster.v1.OrganizationService",
  "roster.v1.OrganizationMembershipService",
  "roster.v1.AuthenticationService",
  "roster.v1.EventService",
  "roster.v1.ApiKeyService",
  "grpc.health.v1.Health",
];
const reflectedNames = [
  ...servedNames,
  "grpc.reflection.v1.ServerReflection",
  "grpc.reflection.v1alpha.ServerReflection",
];

// How long clients get to see NOT_SERVING before their watches end.
const announceMs = 50;
// What the last answers need to reach their clients.
const flushMs = 250;

/** The gRPC server: the directory's services, health and reflection. */
export class RpcServer {
  readonly health = new Health(servedNames);
  readonly #server: Server;
  readonly #openCalls: OpenCalls | undefined;
  readonly #adapter: Adapter;
  readonly #connections: Connections;
  readonly #stalledCalls: StalledCalls;

  constructor(parts: RpcServerParts) {
    const { limits, callers } = parts;
    this.#adapter = new Adapter(parts);
    this.#stalledCalls = new StalledCalls(limits);
    const needs = new Needs(callers?.openServices);
    const gate = callers && new Gate(callers.sources, needs);
    this.#connections = new Connections(limits, parts, {
      screen: gate && screening(gate, parts),
      isOpen: (path) => needs.of(path) === "nothing",
      closeInTime: (stream) => this.#stalledCalls.closeInTime(stream),
      onGone: (method, peer) => {
        parts.onCallStart(method);
        parts.onCall({ method, code: "CANCELLED", durationMs: 0, peer });
      },
    });
    this.#openCalls = gate && new OpenCalls(gate, () => this.#adapter.streams());
    this.#server = new Server({ ...channelOptions(limits), interceptors: this.#interceptors(parts, gate) });
    this.#connections.guard(this.#server);
    for (const { definition, implementation } of this.#services(parts)) {
      needs.add(definition);
      this.#server.addService(definition, implementation);
    }
  }

  /** Connections that are open. */
  get connections(): number {
    return this.#connections.count;
  }

  /** Starts to answer calls; returns the port. Throws ListenError. */
  async listen(address: string, credentials: ServerCredentials): Promise<number> {
    const port = await listen(this.#server, address, credentials);
    this.#openCalls?.start();
    return port;
  }

  /**
   * Stops within `graceMs`: health turns to NOT_SERVING, connections are told to go away, watches end, other calls finish.
   * Calls that are still open when the grace is nearly over end with UNAVAILABLE.
   */
  async stop(graceMs: number): Promise<void> {
    const forceAt = Date.now() + graceMs;
    this.health.set(false);
    await sleep(Math.min(announceMs, graceMs / 4));
    const drained = new Promise<void>((resolve) => this.#server.tryShutdown(() => resolve()));
    this.#adapter.endWatches();
    const flush = Math.min(flushMs, graceMs / 4);
    await within(drained, forceAt - flush - Date.now());
    this.#adapter.endAll();
    await within(drained, flush);
    this.#openCalls?.stop();
    this.#server.forceShutdown();
    this.#connections.stop();
    this.#stalledCalls.stop();
  }

  /** In the order in which a call meets them. */
  #interceptors(parts: RpcServerParts, gate: Gate | undefined): ServerInterceptor[] {
    const { maxRequestBytes } = parts.limits;
    const onLargeRequest = (stream: ServerHttp2Stream) => this.#connections.countLargeRequest(stream);
    return [
      ...(parts.traces ? [callTrace(parts.traces)] : []),
      callLog(
        (method) => parts.onCallStart(method),
        (record) => parts.onCall(record),
      ),
      this.#stalledCalls.interceptor,
      explainedErrors({
        maxRequestBytes,
        onInternalError: (path, error) => parts.onInternalError(path, error),
        onLargeRequest,
      }),
      compressedRequests({ maxRequestBytes, onLargeRequest }),
      ...(gate
        ? [
            authentication(gate, parts, {
              onKnownCaller: (stream) => this.#connections.noteKnownCaller(stream),
              onRefusedCall: (stream) => this.#connections.countRefusedCall(stream),
            }),
          ]
        : []),
    ];
  }

  #services(parts: RpcServerParts): Service[] {
    const { directory, authenticator, organizations, memberships, provisioner, bulk, apiKeys } = parts;
    const { maxRequestBytes } = parts.limits;
    const adapter = this.#adapter;
    const reflection = reflectionService(reflectedNames, adapter);
    return [
      service(UserServiceService, userService(directory, provisioner, bulk, adapter), maxRequestBytes),
      service(OrganizationServiceService, organizationService(organizations, adapter), maxRequestBytes),
      service(OrganizationMembershipServiceService, membershipService(memberships, adapter), maxRequestBytes),
      service(AuthenticationServiceService, authenticationService(authenticator, adapter), maxRequestBytes),
      service(EventServiceService, eventService(directory, adapter), maxRequestBytes),
      service(ApiKeyServiceService, apiKeyService(apiKeys, adapter), maxRequestBytes),
      service(HealthService, healthService(this.health, adapter), maxRequestBytes),
      service(ReflectionV1, reflection, maxRequestBytes),
      service(ReflectionV1Alpha, reflection, maxRequestBytes),
    ];
  }
}

const channelOptions = (limits: Limits): ServerOptions => ({
  // A larger request is answered with details up to twice the limit, and cut off beyond.
  "grpc.max_receive_message_length": 2 * limits.maxRequestBytes,
  "grpc.max_send_message_length": -1,
  "grpc.max_concurrent_streams": limits.maxConcurrentStreams,
  "grpc.max_connection_age_ms": limits.maxConnectionAgeMs,
  "grpc.max_connection_age_grace_ms": limits.maxConnectionAgeMs,
  "grpc.max_connection_idle_ms": limits.maxConnectionIdleMs,
  "grpc.keepalive_time_ms": limits.keepaliveTimeMs,
  "grpc.keepalive_timeout_ms": limits.keepaliveTimeoutMs,
  "grpc.enable_channelz": 0,
});
