import type { ServiceDefinition } from "@grpc/grpc-js";
import { methodScopes } from "../../../gen/ts/method-scopes.js";
import type { Scope } from "../../directory/api-keys/scope.js";

/** Services beside the API itself that may be left open to everybody. */
export type OpenService = "health" | "reflection";

/** What a caller of a method needs: a scope; to be known; or nothing at all. */
export type Need = Scope | "known" | "nothing";

const packages: Readonly<Record<string, OpenService>> = {
  "grpc.health.v1": "health",
  "grpc.reflection.v1": "reflection",
  "grpc.reflection.v1alpha": "reflection",
};

/** What callers need for each method that is served. */
export class Needs {
  readonly #open: ReadonlySet<OpenService>;
  readonly #needs = new Map<string, Need>();

  /** `open`: what everybody may call. */
  constructor(open: ReadonlySet<OpenService> = new Set()) {
    this.#open = open;
  }

  /** Throws when one of the service's methods does not state a scope. */
  add(service: ServiceDefinition): void {
    for (const { path } of Object.values(service)) this.#needs.set(path, this.#needOf(path));
  }

  of(path: string): Need {
    return this.#needs.get(path) ?? "admin";
  }

  #needOf(path: string): Need {
    const service = packages[path.slice(1, path.lastIndexOf(".", path.lastIndexOf("/")))];
    if (service) return this.#open.has(service) ? "nothing" : "known";
    const scope = methodScopes.get(path);
    if (scope === undefined) throw new Error(`${path} does not state the scope that its callers need`);
    return scope;
  }
}
