import { constants, type ServerHttp2Stream } from "node:http2";
import { ServerInterceptingCall, type ServerInterceptingCallInterface } from "@grpc/grpc-js";
import type { RosterError } from "../directory/error.js";
import { innermostCall } from "./innermost-call.js";
import { toStatus } from "./status.js";

type Listener = Parameters<ServerInterceptingCall["start"]>[0];
type Status = Parameters<ServerInterceptingCall["sendStatus"]>[0];

/** Calls that wait for their clients since a time, the one that has waited longest first. */
export type Waits = Map<StallableCall, number>;

/** Where a call says what it waits for. */
export interface StallableCallParts {
  /** The calls that wait for the next piece of a request, or for the whole of their one request. */
  readonly requests: Waits;
  /** The calls that wait until a response is taken. */
  readonly responses: Waits;
  /** Whether the method takes a stream of requests. */
  readonly requestStream: boolean;
  /** Bytes of a request that has not come whole; negative when they are no longer held. */
  readonly onReceived: (bytes: number) => void;
  /** Is told when the call has its status. */
  readonly onAnswered: (stream: ServerHttp2Stream) => void;
}

/** A call that says when it waits for its client. */
export class StallableCall extends ServerInterceptingCall {
  readonly #parts: StallableCallParts;
  readonly #stream: ServerHttp2Stream;
  #receivedBytes = 0;
  #over = false;

  constructor(nextCall: ServerInterceptingCallInterface, parts: StallableCallParts) {
    super(nextCall);
    this.#parts = parts;
    this.#stream = innermostCall(nextCall).stream;
    this.#stream.on("data", (chunk: Buffer) => {
      if (!this.#over) this.#receive(chunk.length);
    });
  }

  /** What has come of a request that is not whole, and what has not left of a response. */
  get heldBytes(): number {
    return this.#receivedBytes + this.#stream.writableLength;
  }

  override start(listener: Listener): void {
    const { requests, responses, requestStream } = this.#parts;
    if (!requestStream) requests.set(this, Date.now());
    super.start({
      onReceiveMetadata: (metadata) => listener.onReceiveMetadata(metadata),
      onReceiveMessage: (message) => {
        this.#receive(-this.#receivedBytes);
        if (requestStream) requests.delete(this);
        listener.onReceiveMessage(message);
      },
      onReceiveHalfClose: () => {
        requests.delete(this);
        // Node.js ends what comes of a call that the client has cancelled, too; grpc-js says so when the call is closed.
        if (!this.#stream.closed) listener.onReceiveHalfClose();
      },
      onCancel: () => {
        this.#over = true;
        this.#receive(-this.#receivedBytes);
        requests.delete(this);
        responses.delete(this);
        if (!this.#stream.readableEnded) setImmediate(refuseTheRest, this.#stream);
        listener.onCancel();
      },
    });
  }

  override startRead(): void {
    const { requests, requestStream } = this.#parts;
    if (requestStream && !this.#over) requests.set(this, Date.now());
    super.startRead();
  }

  override sendMessage(message: unknown, callback: () => void): void {
    const { responses } = this.#parts;
    if (!this.#over) responses.set(this, Date.now());
    super.sendMessage(message, () => {
      responses.delete(this);
      callback();
    });
  }

  override sendStatus(status: Status): void {
    super.sendStatus(status);
    this.#parts.onAnswered(this.#stream);
  }

  #receive(bytes: number): void {
    this.#receivedBytes += bytes;
    this.#parts.onReceived(bytes);
  }

  /** Ends the call with this error, and what is still to be sent with it. */
  giveUp(error: RosterError): void {
    const { writableLength } = this.#stream;
    this.sendStatus(toStatus(error));
    // The status would wait behind what the client does not take.
    if (writableLength > 0) this.#stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM);
  }
}

/** Closes an answered call whose request is not whole: the client need not send the rest (RFC 9113, 8.1). */
export const refuseTheRest = (stream: ServerHttp2Stream): void => {
  // nghttp2 forgets what it has not sent of a stream that is to be closed: the status.
  const isSent = stream.session?.state.outboundQueueSize === 0;
  if (isSent && stream.headersSent) stream.close(constants.NGHTTP2_NO_ERROR);
};
