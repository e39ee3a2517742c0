import type { Metadata } from "@grpc/grpc-js";
import { callerNotAuthenticated, permissionDenied } from "../../directory/api-keys/errors.js";
import type { Caller, CallerSource } from "./caller.js";
import { noteCaller } from "./known-callers.js";
import type { Need, Needs } from "./needs.js";

type CertificateNames = Parameters<CallerSource["identify"]>[1];
type Identified = Caller | undefined | Promise<Caller | undefined>;

/** Asks who makes a call, and refuses those who may not make it. */
export class Gate {
  readonly #sources: readonly CallerSource[];
  readonly #needs: Needs;

  /** `sources` in the order in which they are asked. */
  constructor(sources: readonly CallerSource[], needs: Needs) {
    this.#sources = sources;
    this.#needs = needs;
  }

  /**
   * Lets a call in; at once when its caller was known lately. Throws, or rejects with, the RosterError that refuses it. May
   * be asked again for the same call.
   */
  admit(path: string, metadata: Metadata, certificateNames: CertificateNames): Promise<void> | undefined {
    const need = this.#needs.of(path);
    if (need === "nothing") return undefined;
    const caller = this.#identify(0, metadata, certificateNames);
    if (caller instanceof Promise) return caller.then((known) => check(known, need, metadata));
    check(caller, need, metadata);
    return undefined;
  }

  #identify(first: number, metadata: Metadata, certificateNames: CertificateNames): Identified {
    for (let i = first; i < this.#sources.length; i++) {
      const caller = this.#sources[i]?.identify(metadata, certificateNames);
      if (caller instanceof Promise) {
        return caller.then((known) => known ?? this.#identify(i + 1, metadata, certificateNames));
      }
      if (caller) return caller;
    }
    return undefined;
  }
}

const check = (caller: Caller | undefined, need: Exclude<Need, "nothing">, metadata: Metadata): void => {
  if (caller === undefined) throw callerNotAuthenticated();
  noteCaller(metadata, caller);
  if (need === "known" || caller.scopes.has(need) || caller.scopes.has("admin")) return;
  throw permissionDenied(need);
};
