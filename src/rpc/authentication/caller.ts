import type { Metadata, ServerInterceptingCall } from "@grpc/grpc-js";
import type { Scope } from "../../directory/api-keys/scope.js";
import type { Actor } from "../../directory/call-context.js";

/** What is known of a connection's client: with TLS, its certificate. */
export type AuthContext = ReturnType<ServerInterceptingCall["getAuthContext"]>;

/** A service that calls, and what it may do. */
export interface Caller {
  readonly actor: Actor;
  readonly scopes: ReadonlySet<Scope>;
}

/** One way for callers to show who they are. */
export interface CallerSource {
  /**
   * Whoever makes a call with this metadata; undefined when the call shows nothing that this source knows. Throws a
   * RosterError, or rejects with it, to refuse the call. Is asked again and again while a call stays open.
   * `certificateNames` gives the subject alternative names in the client's certificate, if it has one.
   */
  identify(
    metadata: Metadata,
    certificateNames: () => string | undefined,
  ): Promise<Caller | undefined> | Caller | undefined;
}
