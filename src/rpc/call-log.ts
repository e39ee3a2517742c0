import {
  type Metadata,
  type ServerInterceptor,
  ServerInterceptingCall,
  ServerListenerBuilder,
  status,
} from "@grpc/grpc-js";
import type { Actor } from "../directory/call-context.js";
import type { TraceFields } from "../traces/traces.js";
import { callerOf } from "./authentication/known-callers.js";
import { traceOf } from "./call-trace.js";

/** One call that is over. Never holds anything of its messages but the request id. */
export interface CallRecord extends Partial<TraceFields> {
  /** `/package.Service/Method`. */
  method: string;
  /** Name of the status code. A call that ended without an answer of ours is CANCELLED, whoever ended it. */
  code: string;
  durationMs: number;
  /** Address of the client. */
  peer: string;
  /** Absent where callers are not asked who they are, and of a call that was refused because its caller is not known. */
  caller?: Actor;
  requestId?: string;
}

/** Reports the start of every call and once its end, also of those that never reach a handler. */
export const callLog =
  (begin: (method: string) => void, report: (record: CallRecord) => void): ServerInterceptor =>
  (methodDefinition, nextCall) => {
    begin(methodDefinition.path);
    const started = performance.now();
    let requestId: string | undefined;
    let received: Metadata | undefined;
    let over = false;
    const finish = (code: status) => {
      if (over) return;
      over = true;
      const caller = received && callerOf(received)?.actor;
      report({
        method: methodDefinition.path,
        code: status[code] ?? String(code),
        durationMs: Math.round((performance.now() - started) * 1_000) / 1_000,
        peer: nextCall.getPeer(),
        ...(caller && { caller }),
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
        finish(answer.code ?? status.OK);
        next(answer);
      },
    });
  };
