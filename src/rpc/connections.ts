import {
  constants,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2";
import type { Socket } from "node:net";
import { Server as TlsServer } from "node:tls";
import type { Server } from "@grpc/grpc-js";
import { type Address, AddressLimiter, type Refusal } from "./address-limiter.js";
import { Connection, type Offence } from "./connection.js";
import { type CallParts, IncomingCalls } from "./incoming-calls.js";
import { greetingMs, Intake } from "./intake.js";
import { shortenDeadline } from "./long-deadlines.js";
import { type RefusedCallReport, RefusedCalls } from "./refused-calls.js";

/** What connections may take. */
export interface ConnectionLimits {
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
  readonly maxMetadataBytes: number;
}

/** Is told of the connections that are not as they should be. */
export interface ConnectionReport extends RefusedCallReport {
  onConnectionRefused?(refusal: Refusal): void;
  onConnectionEnded?(ended: { readonly offence: Offence; readonly address: string; readonly detail?: string }): void;
  /** From now on new connections from the address have to wait. */
  onAddressSlowed?(address: string, offence: Offence): void;
}

type StreamListener = (
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  flags: number,
  rawHeaders: string[],
) => void;

const sweepMs = 1_000;
const framesMs = 100;
// How long a client that was told to go away may keep its end open.
const farewellMs = 5_000;
// Milliseconds of work, roughly.
const penaltyWithoutSession = 1;
const penaltyOfSession = 50;
// The first of nghttp2's fatal errors that tell of the client: too many invalid frames, answers to wait for, or continuations.
const firstFloodError = -902;
const protocolError = -505;

/**
 * Guards the connections of a grpc-js server, which has few options for it: limits their number and the calls that are
 * refused, and ends those whose client does not speak HTTP/2 or floods them. Where that happens again and again, new
 * connections from the same address wait; a call of a caller who is known never does.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #report: ConnectionReport;
  readonly #addresses: AddressLimiter;
  readonly #refusedCalls: RefusedCalls;
  readonly #callParts: CallParts;
  readonly #open = new Map<ServerHttp2Session, Connection>();
  readonly #ofStream = new WeakMap<ServerHttp2Stream, Connection>();
  readonly #timers = [
    setInterval(() => this.#tick(), AddressLimiter.tickMs).unref(),
    setInterval(() => this.#checkFrames(), framesMs).unref(),
    setInterval(() => this.#sweep(Date.now()), sweepMs).unref(),
  ];

  constructor(limits: ConnectionLimits, report: ConnectionReport = {}, callParts: CallParts = {}) {
    this.#limits = limits;
    this.#report = report;
    this.#callParts = callParts;
    this.#addresses = new AddressLimiter(limits.maxConnectionsPerAddress);
    this.#refusedCalls = new RefusedCalls(report, callParts.closeInTime ?? ((stream) => stream.close()));
  }

  /** Guards every address that the server is bound to after this. Throws when this grpc-js does not let it. */
  guard(server: Server): void {
    const create: unknown = Reflect.get(server, "createHttp2Server");
    const methods: unknown = Reflect.get(server, "handlers");
    if (typeof create !== "function" || !(methods instanceof Map)) {
      throw new Error("grpc-js does not have what it could be guarded by");
    }
    Reflect.set(server, "createHttp2Server", (...args: unknown[]) => {
      const http2Server: Http2Server = create.apply(server, args);
      this.#guardHttp2(http2Server, methods);
      return http2Server;
    });
  }

  /** How many are open. */
  get count(): number {
    return this.#open.size;
  }

  /** Counts a call whose request is larger than what grpc-js takes in: to refuse it costs more than a usual call. */
  countLargeRequest(stream: ServerHttp2Stream): void {
    this.#connectionOf(stream)?.count("large_requests");
  }

  /** Counts a call that was refused for its caller. */
  countRefusedCall(stream: ServerHttp2Stream): void {
    this.#connectionOf(stream)?.address.refusals.spend();
  }

  /** Notes that a caller who is known has made a call that it may make. */
  noteKnownCaller(stream: ServerHttp2Stream): void {
    const connection = this.#connectionOf(stream);
    if (connection !== undefined) connection.isTrusted = true;
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  #guardHttp2(http2Server: Http2Server, methods: ReadonlyMap<unknown, unknown>): void {
    http2Server.maxConnections = this.#limits.maxConnections;
    http2Server.on("drop", () => this.#report.onConnectionRefused?.("server_limit"));
    // A session does not give away its socket; it is made while the server tells of the socket.
    let current: Socket;
    const ready = http2Server instanceof TlsServer ? "secureConnection" : "connection";
    http2Server.prependListener(ready, (socket: Socket) => {
      current = socket;
    });
    const intake = new Intake(this.#addresses, {
      onRefused: (refusal) => this.#report.onConnectionRefused?.(refusal),
      onNotHttp2: ({ remoteAddress: ip = "" }, address) => {
        this.#recordViolation({ offence: "not_http2", address: ip }, address, penaltyWithoutSession);
      },
    });
    intake.guard(http2Server);
    http2Server.on("session", (session) => this.#begin(session, current));
    http2Server.on("sessionError", (error: SessionError, session: ServerHttp2Session) => {
      const connection = this.#open.get(session);
      if (connection === undefined) return;
      const { ip, address } = connection;
      const offence = offenceOf(connection, error);
      if (offence === undefined) return;
      this.#recordViolation({ offence, address: ip, detail: error.message }, address, penaltyOfSession);
    });
    http2Server.on("tlsClientError", (error: SessionError, { remoteAddress: ip = "" }: Socket) => {
      // A client that is gone, as those that only try the port.
      if (error.code === "ECONNRESET") return;
      const ended = { offence: "tls_handshake", address: ip, detail: error.code ?? error.message } as const;
      this.#recordViolation(ended, this.#addresses.of(ip), penaltyWithoutSession);
    });
    http2Server.updateSettings({ maxHeaderListSize: this.#limits.maxMetadataBytes });
    const calls = new IncomingCalls({ ...this.#callParts, methods, refusedCalls: this.#refusedCalls });
    const listeners = http2Server.listeners("stream") as StreamListener[];
    http2Server.removeAllListeners("stream");
    http2Server.on("stream", ((stream, headers, flags, rawHeaders) => {
      // When the connection is ended, all its calls have the error, also those that nobody takes up.
      stream.on("error", () => {});
      const connection = this.#connectionOf(stream);
      if (connection === undefined) {
        stream.close(constants.NGHTTP2_REFUSED_STREAM);
        return;
      }
      // Its client has cancelled it in the same breath. grpc-js would wait for an end that has been.
      if (stream.destroyed) {
        connection.count("resets");
        calls.tellGone(connection, headers);
        return;
      }
      const bytes = metadataBytes(rawHeaders);
      connection.open(stream, bytes);
      // Node.js does the same, but only once the client has acknowledged the settings.
      if (bytes > this.#limits.maxMetadataBytes) {
        stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM);
        connection.count("large_requests");
        return;
      }
      calls.receive(connection, stream, headers, () => {
        shortenDeadline(stream, headers);
        for (const listener of listeners) listener.call(http2Server, stream, headers, flags, rawHeaders);
      });
    }) as StreamListener);
  }

  #recordViolation(
    ended: Parameters<NonNullable<ConnectionReport["onConnectionEnded"]>>[0],
    address: Address,
    penalty: number,
  ): void {
    this.#report.onConnectionEnded?.(ended);
    if (address.recordViolation(penalty)) this.#report.onAddressSlowed?.(ended.address, ended.offence);
  }

  #begin(session: ServerHttp2Session, socket: Socket): void {
    const { remoteAddress: ip = "" } = socket;
    const connection = new Connection(session, socket, ip, this.#addresses.of(ip));
    this.#open.set(session, connection);
    // Before the server is told of it: a stream that is closed does not know its session any more.
    session.prependListener("stream", (stream) => this.#ofStream.set(stream, connection));
    socket.once("close", () => setImmediate(() => this.#open.delete(session)));
  }

  #connectionOf(stream: ServerHttp2Stream): Connection | undefined {
    return this.#ofStream.get(stream);
  }

  #tick(): void {
    this.#addresses.tick();
    this.#refusedCalls.tick();
  }

  /** Those of known callers are checked less often: there are many. */
  #checkFrames(): void {
    for (const connection of this.#open.values()) if (!connection.isTrusted) connection.checkFrames();
  }

  #sweep(now: number): void {
    for (const connection of this.#open.values()) {
      const { session, socket } = connection;
      connection.forgetCounts();
      if (session.destroyed) {
        connection.closedAt ??= now;
        if (now - connection.closedAt >= farewellMs) socket.destroy();
      } else if (!connection.isGreeted && now - connection.since >= greetingMs) {
        session.destroy();
      } else if (connection.probe.isGivenUp()) {
        connection.end("not_http2");
      } else if (connection.isTrusted) {
        connection.checkFrames();
      }
    }
  }
}

/** As HTTP/2 counts a list of headers, in which names and values alternate: 32 bytes more for each pair (RFC 9113, 6.5.2). */
const metadataBytes = (rawHeaders: readonly string[]): number =>
  rawHeaders.reduce((bytes, text) => bytes + text.length + 16, 0);

interface SessionError extends Error {
  readonly code?: string;
  readonly errno?: number;
}

/**
 * That a client is gone is no offence, and what good clients send at their end may be an error to nghttp2. Who opens more
 * calls than there may be, while those that are refused are held back, is told so by such an error.
 */
const offenceOf = (connection: Connection, { errno, ...error }: SessionError): Offence | undefined => {
  const { endedFor, isGreeted, isTrusted, address } = connection;
  if (endedFor !== undefined) return endedFor;
  if (!isGreeted && !("syscall" in error)) return "not_http2";
  if (errno !== undefined && errno <= firstFloodError) return "frames";
  return errno === protocolError && !isTrusted && address.refusals.isSpent ? "refused_calls" : undefined;
};
