import type { ServerHttp2Stream } from "node:http2";
import {
  ServerInterceptingCall,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
  status,
} from "@grpc/grpc-js";
import { ErrorReason, RosterError } from "../directory/error.js";
import { deadlineExceeded } from "./call.js";
import { innermostCall } from "./innermost-call.js";
import { detailsKey, toStatus } from "./status.js";

type Status = Parameters<ServerInterceptingCall["sendStatus"]>[0];

interface ExplainedErrorsParts {
  /** Of which grpc-js takes in twice as many. */
  readonly maxRequestBytes: number;
  /** Is told every error that is the server's own fault. */
  onInternalError(path: string, error: RosterError): void;
  /** Is told every call whose request is larger than what grpc-js takes in. */
  onLargeRequest(stream: ServerHttp2Stream): void;
}

/**
 * Gives the errors that grpc-js makes by itself a reason, and the code that goes with it. The interceptors that a call meets
 * before this one see them like any other answer. UNIMPLEMENTED for a compression that grpc-js does not know stays as it is.
 */
export const explainedErrors = (parts: ExplainedErrorsParts): ServerInterceptor => {
  // A client may ask for any number of these.
  const answers: Answers = {
    tooLarge: toStatus(tooLarge(parts.maxRequestBytes)),
    notOneMessage: toStatus(notOneMessage()),
    late: toStatus(deadlineExceeded()),
  };
  return ({ path }, nextCall) => new ExplainedCall(nextCall, path, parts, answers);
};

type Answers = Readonly<Record<"tooLarge" | "notOneMessage" | "late", Status>>;

class ExplainedCall extends ServerInterceptingCall {
  readonly #path: string;
  readonly #parts: ExplainedErrorsParts;
  readonly #answers: Answers;
  #sending = false;

  constructor(nextCall: ServerInterceptingCallInterface, path: string, parts: ExplainedErrorsParts, answers: Answers) {
    super(nextCall);
    this.#path = path;
    this.#parts = parts;
    this.#answers = answers;
    const innermost = innermostCall(nextCall);
    const send = innermost.sendStatus;
    innermost.sendStatus = (answer) => {
      if (isExplained(answer) || innermost.stream.closed) {
        send.call(innermost, answer);
        return;
      }
      // Once: it comes back here by way of the other interceptors.
      innermost.sendStatus = send;
      const explained = this.#explain(answer);
      super.sendStatus(explained);
      if (explained === answers.tooLarge) parts.onLargeRequest(innermost.stream);
    };
  }

  override sendMessage(message: unknown, callback: () => void): void {
    this.#sending = true;
    super.sendMessage(message, callback);
    this.#sending = false;
  }

  /** Answers of the handler, and of grpc-js where it would call the handler. */
  override sendStatus(answer: Status): void {
    if (isExplained(answer)) super.sendStatus(answer);
    else if (answer.code === status.UNIMPLEMENTED) super.sendStatus(this.#answers.notOneMessage);
    else super.sendStatus(this.#internal(answer));
  }

  #explain(answer: Status): Status {
    switch (answer.code) {
      case status.INTERNAL:
        return this.#sending ? this.#internal(answer) : toStatus(unreadable(answer));
      case status.RESOURCE_EXHAUSTED:
        return this.#answers.tooLarge;
      case status.DEADLINE_EXCEEDED:
        return this.#answers.late;
      case status.UNIMPLEMENTED:
        return answer;
      default:
        return this.#internal(answer);
    }
  }

  #internal({ details }: Status): Status {
    const error = new RosterError(ErrorReason.INTERNAL, "internal error", { cause: new Error(details ?? "") });
    this.#parts.onInternalError(this.#path, error);
    return toStatus(error);
  }
}

const isExplained = ({ code, metadata }: Status): boolean =>
  code === status.OK || code === status.CANCELLED || (metadata?.get(detailsKey).length ?? 0) > 0;

// It may hold what the client has sent, of any length.
const maxCharacters = 200;

/** Its `grpc-timeout` is none, or its compression is broken. */
const unreadable = ({ details }: Status): RosterError =>
  new RosterError(ErrorReason.MALFORMED_REQUEST, `the request cannot be read: ${details?.slice(0, maxCharacters)}`);

const notOneMessage = (): RosterError =>
  new RosterError(ErrorReason.MALFORMED_REQUEST, "the method takes one request message, and the whole of it");

const tooLarge = (maxBytes: number): RosterError =>
  new RosterError(
    ErrorReason.MESSAGE_TOO_LARGE,
    `the request has more than ${2 * maxBytes} bytes; at most ${maxBytes} are accepted`,
    { metadata: { max_bytes: String(maxBytes) } },
  );
