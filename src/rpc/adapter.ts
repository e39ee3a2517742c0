import {
  type handleBidiStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  type ServerDuplexStream,
  status,
} from "@grpc/grpc-js";
import type { RosterError } from "../directory/error.js";
import type { Turns } from "../turns.js";
import { abortable } from "./abortable.js";
import { type CallerShare, CallerShares } from "./caller-shares.js";
import { Call, type ServerCall, shuttingDown } from "./call.js";
import { UnreadableRequest } from "./codec.js";
import { type DatabaseState, inTime } from "./in-time.js";
import { asRosterError, toStatus } from "./status.js";

/** What the adapter needs to know of the rest of the server, and whom it tells of errors. */
export interface AdapterParts extends DatabaseState {
  /** How many calls one caller may have at a time. Absent: any number. */
  readonly maxCallsPerCaller?: number;
  /** How many watches among them. Absent: any number. */
  readonly maxWatchesPerCaller?: number;
  /** Is told every error that is the server's own fault. */
  onInternalError(path: string, error: RosterError): void;
}

/**
 * `lookup`: works from the database and comes to an end. `watch`: stays open without it, and ends with the server; each one
 * costs work with every change. `notice`: as a watch, but costs next to nothing, so that a caller may have any number.
 */
export type StreamKind = "lookup" | "watch" | "notice";

interface OpenCall {
  readonly kind: "unary" | StreamKind;
  share?: CallerShare;
}

type Unary<Request, Response> = (request: Request, call: Call) => Promise<Response>;
type ServerStream<Request, Response> = (request: Request, call: Call) => AsyncGenerator<Response>;
type BidiStream<Request, Response> = (requests: AsyncIterable<Request>, call: Call) => AsyncGenerator<Response>;

/** What server and bidi streams of grpc-js have in common. */
interface WritableCall<Response> extends ServerCall {
  write(message: Response, sent: (error: unknown) => void): unknown;
  end(): unknown;
  emit(event: "error", error: Error): unknown;
}

/**
 * Makes grpc-js handlers of promises and async generators. The one place that knows callbacks, cancellation, deadlines
 * and back-pressure of grpc-js.
 */
export class Adapter {
  readonly #parts: AdapterParts;
  readonly #open = new Map<Call, OpenCall>();
  readonly #shares: CallerShares;
  #closing: "no" | "watches" | "all" = "no";

  constructor(parts: AdapterParts) {
    this.#parts = parts;
    const { maxCallsPerCaller = Number.POSITIVE_INFINITY, maxWatchesPerCaller = Number.POSITIVE_INFINITY } = parts;
    this.#shares = new CallerShares({ maxCalls: maxCallsPerCaller, maxWatches: maxWatchesPerCaller });
  }

  unary<Request, Response>(handler: Unary<Request, Response>): handleUnaryCall<Request, Response> {
    return (grpcCall, callback) => {
      const call = this.#begin(grpcCall, "unary");
      this.#answerInTime(call, async () => {
        this.#count(call);
        return handler(readable(grpcCall.request), call);
      }).then(
        (response) => {
          this.#end(call);
          callback(null, response);
        },
        (error) => callback(this.#fail(call, grpcCall.getPath(), error)),
      );
    };
  }

  serverStream<Request, Response>(
    kind: StreamKind,
    handler: ServerStream<Request, Response>,
  ): handleServerStreamingCall<Request, Response> {
    return (grpcCall) => {
      void this.#stream(grpcCall, kind, kind === "lookup", (call) => handler(readable(grpcCall.request), call));
    };
  }

  bidiStream<Request, Response>(
    kind: StreamKind,
    handler: BidiStream<Request, Response>,
  ): handleBidiStreamingCall<Request, Response> {
    return (grpcCall) => {
      void this.#stream(grpcCall, kind, false, (call) => handler(allReadable(grpcCall, call), call));
    };
  }

  /** The streams that are open. */
  *streams(): Generator<Call> {
    for (const [call, { kind }] of this.#open) if (kind !== "unary") yield call;
  }

  /** Ends the watches, now and from now on: their clients are told to go to another server. */
  endWatches(): void {
    this.#close("watches");
  }

  /** The same for every call. */
  endAll(): void {
    this.#close("all");
  }

  #close(what: "watches" | "all"): void {
    this.#closing = what;
    for (const [call, { kind }] of this.#open) if (what === "all" || isWatch(kind)) call.abort(shuttingDown());
  }

  #begin(grpcCall: ServerCall, kind: "unary" | StreamKind): Call {
    const call = new Call(grpcCall);
    this.#open.set(call, { kind });
    if (this.#closing === "all" || (this.#closing === "watches" && isWatch(kind))) call.abort(shuttingDown());
    return call;
  }

  /** Counts a call to its caller. Throws TOO_MANY_CALLS. */
  #count(call: Call): CallerShare {
    const open = this.#open.get(call);
    const share = this.#shares.open(call.caller, open?.kind === "watch");
    if (open) open.share = share;
    return share;
  }

  /** `isList`: it and its pages wait for their turns among the caller's other lists (`CallerShare`). */
  async #stream<Response>(
    grpcCall: WritableCall<Response>,
    kind: StreamKind,
    isList: boolean,
    start: (call: Call) => AsyncGenerator<Response>,
  ): Promise<void> {
    const call = this.#begin(grpcCall, kind);
    let messages: AsyncGenerator<Response> | undefined;
    let lists: Turns | undefined;
    try {
      const share = this.#count(call);
      if (isList) {
        await this.#answerInTime(call, () => share.lists.begin(call));
        lists = share.lists;
      }
      messages = start(call);
      const next = messages.next.bind(messages);
      const make = () => (isList || isWatch(kind) ? abortable(next(), call.signal) : this.#answerInTime(call, next));
      // Encodes it, too.
      const makeAndSend = async () => {
        const message = await make();
        // Nothing is sent behind the answer that a call was ended with.
        call.signal.throwIfAborted();
        return message.done ? undefined : { sent: send(grpcCall, message.value, call.signal) };
      };
      // The wait for the turn counts as well.
      const inTurn = (pages: Turns) => this.#answerInTime(call, () => pages.take(makeAndSend, call));
      await (isList ? sendPages(inTurn, share) : sendAll(makeAndSend));
      this.#end(call);
      grpcCall.end();
    } catch (error) {
      // A generator that waits for something returns when that is over; the client does not wait for it.
      messages?.return(undefined).catch(() => {});
      grpcCall.emit("error", this.#fail(call, grpcCall.getPath(), error));
    } finally {
      lists?.end();
    }
  }

  #end(call: Call): void {
    call.finish();
    const { share, kind } = this.#open.get(call) ?? {};
    if (share) this.#shares.close(share, kind === "watch");
    this.#open.delete(call);
  }

  #fail(call: Call, path: string, thrown: unknown) {
    const error = asRosterError(thrown);
    const answer = toStatus(error);
    if (answer.code === status.INTERNAL) this.#parts.onInternalError(path, error);
    this.#end(call);
    return { ...answer, name: error.name, message: answer.details };
  }

  #answerInTime<T>(call: Call, work: () => Promise<T>): Promise<T> {
    return inTime(this.#parts, call, work, (error) => call.abort(error));
  }
}

/** Whether it stays open without the database, until the server ends. */
const isWatch = (kind: OpenCall["kind"]): boolean => kind === "watch" || kind === "notice";

/** The request, or the error that stands in for one that could not be read. */
const readable = <Request>(request: Request | UnreadableRequest): Request => {
  if (request instanceof UnreadableRequest) throw request.error;
  return request;
};

async function* allReadable<Request>(
  grpcCall: ServerDuplexStream<Request, unknown>,
  call: Call,
): AsyncGenerator<Request> {
  readOneAhead(grpcCall);
  // By default the end of the requests would destroy the stream, with answers still to come.
  const requests = grpcCall.iterator({ destroyOnReturn: false });
  for (;;) {
    const request = await abortable(requests.next(), call.signal);
    if (request.done) return;
    yield readable(request.value);
  }
}

/** Keeps the stream from taking in sixteen messages ahead, whatever their size. There is no option for it. */
const readOneAhead = (grpcCall: object): void => {
  const { _readableState: state } = grpcCall as { _readableState?: { highWaterMark: number } };
  if (state) state.highWaterMark = 1;
};

/** A message on its way. */
interface Sending {
  /** Resolves when it has left for the client. */
  readonly sent: Promise<void>;
}

/** Makes and sends messages until there is none. At most two wait in the stream: one on its way, and one behind it. */
const sendAll = async (makeAndSend: () => Promise<Sending | undefined>): Promise<void> => {
  let sent: Promise<void> | undefined;
  for (let message = await makeAndSend(); message !== undefined; message = await makeAndSend()) {
    await sent;
    sent = message.sent;
  }
  await sent;
};

/** The same for the pages of a list. No second page is made before the client has taken the first one. */
const sendPages = async (
  inTurn: (pages: Turns) => Promise<Sending | undefined>,
  { firstPages, furtherPages }: CallerShare,
): Promise<void> => {
  const first = await inTurn(firstPages);
  if (first === undefined) return;
  await first.sent;
  await sendAll(() => inTurn(furtherPages));
};

/** Resolves when the message has left for the client. Rejects when the call is aborted before that. */
const send = <Response>(grpcCall: WritableCall<Response>, message: Response, signal: AbortSignal): Promise<void> => {
  const written = new Promise<void>((resolve, reject) => {
    grpcCall.write(message, (error: unknown) => (error ? reject(error) : resolve()));
  });
  const sent = abortable(written, signal);
  // Awaited one message later.
  sent.catch(() => {});
  return sent;
};
