import type { Metadata } from "@grpc/grpc-js";
import type { Actor, CallContext } from "../directory/call-context.js";
import { ErrorReason, RosterError } from "../directory/error.js";
import type { AuthContext } from "./authentication/caller.js";
import { callerOf } from "./authentication/known-callers.js";

/** What the adapters need of a grpc-js server call. */
export interface ServerCall {
  readonly metadata: Metadata;
  readonly cancelled: boolean;
  getPath(): string;
  getPeer(): string;
  getAuthContext(): AuthContext;
  getDeadline(): Date | number;
  on(event: "cancelled", listener: () => void): unknown;
}

/** One call, as a handler sees it. */
export class Call implements CallContext {
  /** In milliseconds since 1970. */
  readonly startedAt = Date.now();
  /** When the client stops waiting, in milliseconds since 1970; Infinity when it set no deadline. */
  readonly deadline: number;
  readonly actor: Actor | undefined;
  // Most calls are over before anybody asks for their signal.
  #controller: AbortController | undefined;
  #aborted: RosterError | undefined;
  #finished = false;

  constructor(readonly source: ServerCall) {
    this.actor = callerOf(source.metadata)?.actor;
    this.deadline = Number(source.getDeadline());
    source.on("cancelled", () => {
      // It comes after every call, those that went well too.
      if (!this.#finished) this.abort(Date.now() >= this.deadline ? deadlineExceeded() : cancelled());
    });
  }

  /** Whom the call counts for: the caller's id, or the client's address where callers are not asked who they are. */
  get caller(): string {
    return this.actor?.id ?? this.source.getPeer().replace(/:\d+$/, "");
  }

  /** Aborted, with the RosterError to answer with, when nobody waits for the call's work any more. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#aborted) this.#controller.abort(this.#aborted);
    }
    return this.#controller.signal;
  }

  abort(reason: RosterError): void {
    if (this.#finished || this.#aborted) return;
    this.#aborted = reason;
    this.#controller?.abort(reason);
  }

  /** The answer was given: nothing aborts the call any more. */
  finish(): void {
    this.#finished = true;
  }
}

/** The caller's deadline has passed. What the call was to change may be changed or not. */
export const deadlineExceeded = (): RosterError =>
  new RosterError(ErrorReason.DEADLINE_EXCEEDED, "the deadline passed before the work was done");

/** The call ends because this server stops; it may be sent to another one. */
export const shuttingDown = (): RosterError =>
  new RosterError(ErrorReason.SHUTTING_DOWN, "this server is shutting down", { retryAfterMs: 100 });

const cancelled = (): RosterError => new RosterError(ErrorReason.CANCELLED, "the client cancelled the call");
