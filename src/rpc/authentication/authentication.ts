import {
  type Metadata,
  type ServerInterceptor,
  ServerInterceptingCall,
  type ServerListener,
  status,
} from "@grpc/grpc-js";
import type { AdapterParts } from "../adapter.js";
import { inTime } from "../in-time.js";
import { asRosterError, toStatus } from "../status.js";
import { certificateNames } from "./certificate-names.js";
import type { Gate } from "./gate.js";

/** After this time a call whose request comes only now is asked once more who makes it. */
const askAgainMs = 1_000;

/** Lets calls through to their handlers when the gate admits them, and answers the others. */
export const authentication =
  (gate: Gate, parts: AdapterParts): ServerInterceptor =>
  ({ path, requestStream }, nextCall) => {
    const startedAt = Date.now();
    let metadata: Metadata;
    let admittedAt = 0;

    const names = () => certificateNames(nextCall);
    const refuse = (thrown: unknown) => {
      const error = asRosterError(thrown);
      const answer = toStatus(error);
      if (answer.code === status.INTERNAL) parts.onInternalError(path, error);
      nextCall.sendStatus(answer);
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
        proceed();
        return;
      }
      const admitted = admission;
      inTime(
        parts,
        { startedAt, deadline: Number(nextCall.getDeadline()) },
        () => admitted,
        () => {},
      ).then(proceed, refuse);
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
