import { constants, type ServerHttp2Stream } from "node:http2";
import type { ServerInterceptor } from "@grpc/grpc-js";
import { ErrorReason, RosterError } from "../directory/error.js";
import { refuseTheRest, StallableCall, type StallableCallParts, type Waits } from "./stallable-call.js";

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

/** Ends the calls of clients that do not send or take what is waited for. */
export class StalledCalls {
  readonly #limits: StallLimits;
  /** Calls whose one request has not come whole. */
  readonly #requests: Waits = new Map();
  /** Streams that wait for their next request. */
  readonly #nextRequests: Waits = new Map();
  /** Calls whose response is not taken. */
  readonly #responses: Waits = new Map();
  /** Calls that have their status and are still open, with the time of the status. */
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

  /** Closes a call that has its status and is not in `interceptor`'s care. */
  closeInTime(stream: ServerHttp2Stream): void {
    this.#onAnswered(stream);
    setImmediate(refuseTheRest, stream);
  }

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

const tooSlow = (what: string, limitMs: number): RosterError =>
  new RosterError(ErrorReason.DEADLINE_EXCEEDED, `the client did not ${what} within ${limitMs / 1_000} s`);

const overloaded = (): RosterError =>
  new RosterError(ErrorReason.OVERLOADED, "too many clients are slow to send or to take messages", {
    retryAfterMs: 1_000,
  });
