import type { IncomingHttpHeaders, ServerHttp2Stream } from "node:http2";
import type { Connection } from "./connection.js";
import type { RefusedCalls } from "./refused-calls.js";
import { answerNotGrpc, isGrpc } from "./spoken-here.js";

/**
 * Finds out whether a call will be refused for its caller, and what is to be answered. Undefined: it will not be, as far as
 * can be told before it is read.
 */
export type Screen = (
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
) => RefusedAnswer | undefined | Promise<RefusedAnswer | undefined>;

/** Answers a call that is refused. */
export type RefusedAnswer = (stream: ServerHttp2Stream) => void;

/** How calls are refused. */
export interface CallParts {
  /** Absent where callers are not asked who they are. */
  readonly screen?: Screen | undefined;
  /** Whether everybody may call the method. */
  isOpen?(path: string): boolean;
  /** Closes a call that was answered, when its client does not do so. */
  closeInTime?(stream: ServerHttp2Stream): void;
  /** Is told of a call that was cancelled before anything could be done for it. `peer`: address and port of its client. */
  onGone?(path: string, peer: string): void;
}

interface IncomingCallsParts extends CallParts {
  /** By path. */
  readonly methods: ReadonlyMap<unknown, unknown>;
  readonly refusedCalls: RefusedCalls;
}

/** Decides which calls grpc-js gets, before anything is done for them. */
export class IncomingCalls {
  readonly #parts: IncomingCallsParts;

  constructor(parts: IncomingCallsParts) {
    this.#parts = parts;
  }

  /** Tells of a call that its client has cancelled before it was received. */
  tellGone({ ip, socket }: Connection, { ":path": path = "" }: IncomingHttpHeaders): void {
    if (this.#parts.methods.has(path)) this.#parts.onGone?.(path, `${ip}:${socket.remotePort}`);
  }

  /** `proceed` gives the call to grpc-js, which answers for methods that do not exist. */
  receive(connection: Connection, stream: ServerHttp2Stream, headers: IncomingHttpHeaders, proceed: () => void): void {
    const { methods, refusedCalls, screen } = this.#parts;
    const { ":path": path = "", "content-type": contentType } = headers;
    const letIn = () => {
      proceed();
      stream.on("data", ({ length }: Buffer) => connection.meter.countData(length));
    };
    const refuse = (answer: RefusedAnswer) => refusedCalls.refuse(connection, stream, () => answer(stream));
    const decide = (answer: RefusedAnswer | undefined) => {
      if (stream.destroyed) return;
      // What is within the budget is refused in the usual way, with a line in the log.
      if (answer === undefined || !connection.address.refusals.isSpent) letIn();
      else refuse(answer);
    };
    if (!isGrpc(contentType)) {
      refuse(answerNotGrpc);
    } else if (!methods.has(path)) {
      refuse(proceed);
    } else if (screen === undefined) {
      connection.isTrusted = true;
      letIn();
    } else if (!connection.isTrusted && this.#parts.isOpen?.(path)) {
      refusedCalls.letIn(connection, stream, letIn);
    } else if (connection.address.refusals.isSpent) {
      const verdict = screen(stream, headers);
      if (verdict instanceof Promise) void verdict.then(decide);
      else decide(verdict);
    } else {
      letIn();
    }
  }
}
