import { constants, type ServerHttp2Stream } from "node:http2";
import { ServerInterceptingCall, type ServerInterceptingCallInterface, type ServerInterceptor } from "@grpc/grpc-js";
import { ErrorReason, RosterError } from "../directory/error.js";
import { innermostCall } from "./innermost-call.js";
import { toStatus } from "./status.js";

/** What the server bears of clients that are slow. */
export interface StallLimits {
  /** Longest wait for the one request of a call. */
  readonly requestTimeoutMs: number;
  /** Longest wait for a client to send, or to take, the next message of a stream. */
  readonly streamIdleTimeoutMs: number;
  /**
   * Most bytes that the server holds, for longer than a second, of requests that have not come whole and of responses that
   * clients do not take. For a shorter time, it holds four times as many bytes of requests.
   */
  readonly maxStalledBytes: number;
}

const sweepMs = 1_000;
// A client that is only a little slow holds nothing up.
const patienceMs = 1_000;
const maxBytesToPatience = 4;
// How long a call may stay open that has its status.
const farewellMs = 5_000;

type Listener = Parameters<ServerInterceptingCall["start"]>[0];
type Status = Parameters<ServerInterceptingCall["sendStatus"]>[0];

/** Calls that wait for their clients, the one that has waited longest first. */
type Waits = Map<StallableCall, number>;

/** Ends the calls of clients that do not send or take what is waited for. */
export class StalledCalls {
  readonly #limits: StallLimits;
  readonly #requests: Waits = new Map();
  readonly #nextRequests: Waits = new Map();
  readonly #responses: Waits = new Map();
  readonly #answered = new Map<ServerHttp2Stream, number>();
  #receivedBytes = 0;
  readonly #ofOthers: StallableCallParts = {
    requests: this.#requests,
    responses: this.#responses,
    requestStream: false,
    onReceived: (bytes) => this.#onReceived(bytes),
    onAnswered: (stream) => this.#onAnswered(stream),
  };
  readonly #ofStreams: StallableCallParts = { ...this.#ofOthers, requests: this.#nextRequests, requestStream: true };
  readonly #timer = setInterval(() => this.#sweep(Date.now()), sweepMs).unref();

  constructor(limits: StallLimits) {
    this.#limits = limits;
  }

  /** Sees every call. */
  readonly interceptor: ServerInterceptor = ({ requestStream }, nextCall) =>
    new StallableCall(nextCall, requestStream ? this.#ofStreams : this.#ofOthers);

  stop(): void {
    clearInterval(this.#timer);
  }

  #onReceived(bytes: number): void {
    this.#receivedBytes += bytes;
    const max = maxBytesToPatience * this.#limits.maxStalledBytes;
    // With room for more to come: not every call is looked at for every piece.
    if (bytes > 0 && this.#receivedBytes > max) this.#makeRoom(Date.now(), 0.75 * max);
  }

  #onAnswered(stream: ServerHttp2Stream): void {
    if (stream.destroyed || this.#answered.has(stream)) return;
    this.#answered.set(stream, Date.now());
    stream.once("close", () => this.#answered.delete(stream));
  }

  #sweep(now: number): void {
    const { requestTimeoutMs, streamIdleTimeoutMs } = this.#limits;
    endWaits(this.#requests, now - requestTimeoutMs, () => tooSlow("send its request", requestTimeoutMs));
    endWaits(this.#nextRequests, now - streamIdleTimeoutMs, () =>
      tooSlow("send the next request", streamIdleTimeoutMs),
    );
    endWaits(this.#responses, now - streamIdleTimeoutMs, () => tooSlow("take the next response", streamIdleTimeoutMs));
    this.#makeRoom(now - patienceMs, this.#limits.maxStalledBytes);
    this.#close(now);
  }

  /** Ends those of the calls that wait since `before` which hold bytes longest, until they hold no more than `maxBytes`. */
  #makeRoom(before: number, maxBytes: number): void {
    const holding = [this.#requests, this.#nextRequests, this.#responses]
      .flatMap((waits) => [...waits])
      .filter(([call, since]) => since <= before && call.heldBytes > 0)
      .toSorted(([, one], [, other]) => one - other);
    let held = holding.reduce((sum, [call]) => sum + call.heldBytes, 0);
    for (const [call] of holding) {
      if (held <= maxBytes) return;
      held -= call.heldBytes;
      call.giveUp(overloaded());
    }
  }

  #close(now: number): void {
    for (const [stream, since] of this.#answered) {
      if (since > now - farewellMs) return;
      // The client takes nothing at all, not even that the stream is closed.
      if (stream.closed) stream.session?.destroy();
      else stream.close(stream.writableFinished ? constants.NGHTTP2_NO_ERROR : constants.NGHTTP2_CANCEL);
    }
  }
}

const endWaits = (waits: Waits, before: number, error: () => RosterError): void => {
  for (const [call, since] of waits) {
    if (since > before) return;
    call.giveUp(error());
  }
};

interface StallableCallParts {
  readonly requests: Waits;
  readonly responses: Waits;
  readonly requestStream: boolean;
  /** Bytes of a request that has not come whole; negative when they are no longer held. */
  readonly onReceived: (bytes: number) => void;
  readonly onAnswered: (stream: ServerHttp2Stream) => void;
}

/** A call that says when it waits for its client. */
class StallableCall extends ServerInterceptingCall {
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

  giveUp(error: RosterError): void {
    const { writableLength } = this.#stream;
    this.sendStatus(toStatus(error));
    // The status would wait behind what the client does not take.
    if (writableLength > 0) this.#stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM);
  }
}

/** Closes an answered call whose request is not whole: the client need not send the rest (RFC 9113, 8.1). */
const refuseTheRest = (stream: ServerHttp2Stream): void => {
  // nghttp2 forgets what it has not sent of a stream that is to be closed: the status.
  const isSent = stream.session?.state.outboundQueueSize === 0;
  if (isSent && stream.headersSent) stream.close(constants.NGHTTP2_NO_ERROR);
};

const tooSlow = (what: string, limitMs: number): RosterError =>
  new RosterError(ErrorReason.DEADLINE_EXCEEDED, `the client did not ${what} within ${limitMs / 1_000} s`);

const overloaded = (): RosterError =>
  new RosterError(ErrorReason.OVERLOADED, "too many clients are slow to send or to take messages", {
    retryAfterMs: 1_000,
  });
