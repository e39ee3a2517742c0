import {
  type Metadata,
  type ServerInterceptor,
  ServerInterceptingCall,
  ServerListenerBuilder,
  status,
} from "@grpc/grpc-js";
import type { Actor } from "../directory/call-context.js";
import { ErrorReason, type RosterError } from "../directory/error.js";
import type { TraceFields } from "../traces/traces.js";
import { callerOf } from "./authentication/known-callers.js";
import { traceOf } from "./call-trace.js";
import { errorOf } from "./status.js";

/** One call that is over. Never holds anything of its messages but the request id. */
export interface CallRecord extends Partial<TraceFields> {
  /** `/package.Service/Method`. */
  method: string;
  /** Name of the status code. A call that was closed before it had an answer is CANCELLED, whoever closed it. */
  code: string;
  /** Why it failed: what the client gets as the reason. Absent of a call that went well, or was CANCELLED without an answer. */
  reason?: string;
  durationMs: number;
  /** Address of the client. */
  peer: string;
  /** Absent where callers are not asked who they are, and of a call that was refused because its caller is not known. */
  caller?: Actor;
  /** The id of the key with which the call was refused because it is no longer valid. */
  apiKeyId?: string;
  requestId?: string;
}

const refusedKeyOf = ({ reason, details }: RosterError): Pick<CallRecord, "apiKeyId"> | undefined => {
  const isNoLongerValid = reason === ErrorReason.API_KEY_EXPIRED || reason === ErrorReason.API_KEY_REVOKED;
  const id = details.metadata?.["id"];
  return isNoLongerValid && id !== undefined ? { apiKeyId: id } : undefined;
};

/** Reports the start of every call and once its end, also of those that never reach a handler. */
export const callLog =
  (begin: (method: string) => void, report: (record: CallRecord) => void): ServerInterceptor =>
  (methodDefinition, nextCall) => {
    begin(methodDefinition.path);
    const started = performance.now();
    // Not to be had any more from a call that is closed.
    const peer = nextCall.getPeer();
    let requestId: string | undefined;
    let received: Metadata | undefined;
    let over = false;
    const finish = (code: status, error?: RosterError) => {
      if (over) return;
      over = true;
      const caller = received && callerOf(received)?.actor;
      report({
        method: methodDefinition.path,
        code: status[code] ?? String(code),
        ...(error && { reason: ErrorReason[error.reason] }),
        durationMs: Math.round((performance.now() - started) * 1_000) / 1_000,
        peer,
        ...(caller && { caller }),
        ...(error && refusedKeyOf(error)),
        ...(requestId && { requestId }),
        ...traceOf(nextCall),
      });
    };
    const listener = new ServerListenerBuilder()
      .withOnReceiveMetadata((metadata, next) => {
        received = metadata;
        next(metadata);
      })
      .withOnReceiveMessage((message: { requestId?: unknown }, next) => {
        const given = message?.requestId;
        // Longer ones are refused later; a log line is no place for them.
        if (typeof given === "string") requestId = given.slice(0, 64);
        next(message);
      })
      .withOnCancel(() => finish(status.CANCELLED))
      .build();
    return new ServerInterceptingCall(nextCall, {
      start: (next) => next(listener),
      sendStatus: (answer, next) => {
        finish(answer.code ?? status.OK, errorOf(answer.metadata));
        next(answer);
      },
    });
  };
