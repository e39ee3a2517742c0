import {
  type Metadata,
  type ServerInterceptor,
  ServerInterceptingCall,
  type ServerListener,
  status,
} from "@grpc/grpc-js";
import type { ServerHttp2Stream } from "node:http2";
import type { AdapterParts } from "../adapter.js";
import { innermostCall } from "../innermost-call.js";
import { inTime } from "../in-time.js";
import { asRosterError, toStatus } from "../status.js";
import { certificateNames } from "./certificate-names.js";
import type { Gate } from "./gate.js";
import { callerOf } from "./known-callers.js";
import { isRefusal } from "./screening.js";

/** After this time a call whose request comes only now is asked once more who makes it. */
const askAgainMs = 1_000;

/** Is told which calls the gate has admitted, and which it has refused. */
export interface AuthenticationReport {
  onKnownCaller(stream: ServerHttp2Stream): void;
  onRefusedCall(stream: ServerHttp2Stream): void;
}

/** Lets calls through to their handlers when the gate admits them, and answers the others. */
export const authentication =
  (gate: Gate, parts: AdapterParts, report: AuthenticationReport): ServerInterceptor =>
  ({ path, requestStream }, nextCall) => {
    const startedAt = Date.now();
    let metadata: Metadata;
    let admittedAt = 0;

    const names = () => certificateNames(nextCall);
    const refuse = (thrown: unknown) => {
      const error = asRosterError(thrown);
      const answer = toStatus(error);
      if (answer.code === status.INTERNAL) parts.onInternalError(path, error);
      if (isRefusal(error)) report.onRefusedCall(innermostCall(nextCall).stream);
      nextCall.sendStatus(answer);
    };
    const admit = (proceed: () => void) => {
      if (callerOf(metadata) !== undefined) report.onKnownCaller(innermostCall(nextCall).stream);
      proceed();
    };
    const admitThen = (proceed: () => void) => {
      let admission: Promise<void> | undefined;
      try {
        admission = gate.admit(path, metadata, names);
      } catch (error) {
        refuse(error);
        return;
      }
      admittedAt = performance.now();
      if (admission === undefined) {
        admit(proceed);
        return;
      }
      const admitted = admission;
      inTime(
        parts,
        { startedAt, deadline: Number(nextCall.getDeadline()) },
        () => admitted,
        () => {},
      ).then(() => admit(proceed), refuse);
    };

    const listener: ServerListener = {
      onReceiveMetadata(received, next) {
        metadata = received;
        admitThen(() => next(received));
      },
      onReceiveHalfClose(next) {
        // A handler that takes one request starts now, however long ago the call began.
        if (!requestStream && performance.now() - admittedAt > askAgainMs) admitThen(next);
        else next();
      },
    };
    return new ServerInterceptingCall(nextCall, { start: (next) => next(listener) });
  };
