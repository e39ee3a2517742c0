import { constants, type Http2Server, type ServerHttp2Session, type ServerHttp2Stream } from "node:http2";
import type { Socket } from "node:net";
import { Server as TlsServer } from "node:tls";
import { type Server, status } from "@grpc/grpc-js";
import { AddressBook, type Refusal } from "./address-book.js";
import { shortenDeadline } from "./long-deadlines.js";
import { Probe } from "./probe.js";

/** What connections may take. */
export interface ConnectionLimits {
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
  readonly maxMetadataBytes: number;
}

/** Why the server ended a connection. `frames`: too many frames that say nothing or break the rules of HTTP/2. */
export type Offence =
  | "not_http2"
  | "tls_handshake"
  | "pings"
  | "resets"
  | "large_requests"
  | "unknown_methods"
  | "frames";

/** Is told of the connections that are not as they should be. */
export interface ConnectionReport {
  onConnectionRefused?(refusal: Refusal): void;
  onConnectionEnded?(ended: { readonly offence: Offence; readonly address: string; readonly detail?: string }): void;
  /** From now on connections from the address are refused for some seconds. */
  onShutOut?(address: string, offence: Offence): void;
}

interface Connection {
  readonly session: ServerHttp2Session;
  readonly socket: Socket;
  readonly address: string;
  readonly since: number;
  readonly probe: Probe;
  /** Whether the client has said that it speaks HTTP/2. */
  greeted: boolean;
  /** Of the current second. */
  readonly counts: Record<keyof typeof maxPerSweep, number>;
  /** For what the server has ended it. */
  endedFor: Offence | undefined;
  closedAt: number | undefined;
}

const sweepMs = 1_000;
const greetingMs = 10_000;
// How long a client that was told to go away may keep its end open.
const farewellMs = 5_000;
// Pings: far above what clients need that measure their bandwidth with them.
const maxPerSweep = { pings: 10_000, resets: 100, large_requests: 100 };
const noCounts = { pings: 0, resets: 0, large_requests: 0 };
// The first of nghttp2's fatal errors that tell of the client: too many invalid frames, answers to wait for, or continuations.
const firstFloodError = -902;

/**
 * Guards the connections of a grpc-js server, which has few options for it: limits their number, and ends those whose client
 * does not speak HTTP/2 or floods them. Who does so again and again is not let in for a while.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #report: ConnectionReport;
  readonly #addresses: AddressBook;
  readonly #open = new Map<ServerHttp2Session, Connection>();
  readonly #timer = setInterval(() => this.#sweep(Date.now()), sweepMs).unref();

  constructor(limits: ConnectionLimits, report: ConnectionReport = {}) {
    this.#limits = limits;
    this.#report = report;
    this.#addresses = new AddressBook(limits.maxConnectionsPerAddress);
  }

  /** Guards every address that the server is bound to after this. Throws when this grpc-js does not let it. */
  guard(server: Server): void {
    const create: unknown = Reflect.get(server, "createHttp2Server");
    if (typeof create !== "function") throw new Error("grpc-js does not have what it could be guarded by");
    Reflect.set(server, "createHttp2Server", (...args: unknown[]) => {
      const http2Server: Http2Server = create.apply(server, args);
      this.#guardHttp2(http2Server);
      return http2Server;
    });
  }

  /** How many are open. */
  get count(): number {
    return this.#open.size;
  }

  /** Counts a call whose request is larger than what grpc-js takes in: to refuse it costs more than a usual call. */
  countLargeRequest(stream: ServerHttp2Stream): void {
    const connection = this.#connectionOf(stream);
    if (connection !== undefined) count(connection, "large_requests");
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #guardHttp2(http2Server: Http2Server): void {
    http2Server.maxConnections = this.#limits.maxConnections;
    http2Server.on("drop", () => this.#report.onConnectionRefused?.("server_limit"));
    const listeners = http2Server.listeners("connection");
    http2Server.removeAllListeners("connection");
    http2Server.on("connection", (socket: Socket) => {
      if (this.#letIn(socket)) for (const listener of listeners) listener.call(http2Server, socket);
      else socket.destroy();
    });
    // A session does not give away its socket; it is made while the server tells of the socket.
    let current: Socket;
    const ready = http2Server instanceof TlsServer ? "secureConnection" : "connection";
    http2Server.prependListener(ready, (socket: Socket) => {
      current = socket;
    });
    http2Server.on("session", (session) => this.#begin(session, current));
    http2Server.on("sessionError", (error: SessionError, session: ServerHttp2Session) => {
      const connection = this.#open.get(session);
      if (connection === undefined) return;
      const { address } = connection;
      const offence = offenceOf(connection, error);
      if (offence === undefined) return;
      this.#report.onConnectionEnded?.({ offence, address, detail: error.message });
      if (this.#addresses.blame(address)) this.#report.onShutOut?.(address, offence);
    });
    http2Server.on("tlsClientError", (error: SessionError, { remoteAddress: address = "" }: Socket) => {
      // A client that is gone, as those that only try the port.
      if (error.code === "ECONNRESET") return;
      this.#report.onConnectionEnded?.({ offence: "tls_handshake", address, detail: error.code ?? error.message });
    });
    const { maxMetadataBytes } = this.#limits;
    http2Server.updateSettings({ maxHeaderListSize: maxMetadataBytes });
    const handlers = http2Server.listeners("stream");
    http2Server.removeAllListeners("stream");
    http2Server.on("stream", (stream: ServerHttp2Stream, headers, flags, rawHeaders: string[] = []) => {
      // Node.js does the same, but only once the client has acknowledged the settings.
      if (metadataBytes(rawHeaders) > maxMetadataBytes) {
        stream.on("error", () => {});
        stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM);
        return;
      }
      shortenDeadline(stream, headers);
      for (const handle of handlers) handle.call(http2Server, stream, headers, flags, rawHeaders);
      this.#watch(stream);
    });
  }

  #letIn(socket: Socket): boolean {
    const { remoteAddress: address } = socket;
    // It is closed already.
    if (address === undefined) return false;
    const refusal = this.#addresses.admit(socket, address);
    if (refusal !== undefined) this.#report.onConnectionRefused?.(refusal);
    return refusal === undefined;
  }

  #begin(session: ServerHttp2Session, socket: Socket): void {
    const connection: Connection = {
      session,
      socket,
      address: socket.remoteAddress ?? "",
      since: Date.now(),
      greeted: false,
      probe: new Probe(session, socket),
      counts: { ...noCounts },
      endedFor: undefined,
      closedAt: undefined,
    };
    this.#open.set(session, connection);
    socket.once("close", () => setImmediate(() => this.#open.delete(session)));
    session.once("remoteSettings", () => {
      connection.greeted = true;
    });
    session.on("ping", () => count(connection, "pings"));
  }

  #connectionOf(stream: ServerHttp2Stream): Connection | undefined {
    const session = stream.session as ServerHttp2Session | undefined;
    return session && this.#open.get(session);
  }

  #watch(stream: ServerHttp2Stream): void {
    const connection = this.#connectionOf(stream);
    if (connection === undefined) return;
    if (isUnknownMethod(stream) && this.#addresses.countUnknownMethod(connection.address)) {
      end(connection, "unknown_methods");
    }
    const openedAt = performance.now();
    stream.once("close", () => {
      // To end what has been open for long, many watches at a time, is no abuse.
      if (!stream.aborted || performance.now() - openedAt > sweepMs || connection.session.destroyed) return;
      count(connection, "resets");
    });
  }

  #sweep(now: number): void {
    this.#addresses.sweep(now);
    for (const connection of this.#open.values()) {
      const { session } = connection;
      Object.assign(connection.counts, noCounts);
      if (session.destroyed) {
        connection.closedAt ??= now;
        if (now - connection.closedAt >= farewellMs) connection.socket.destroy();
      } else if (!connection.greeted && now - connection.since >= greetingMs) {
        session.destroy();
      } else if (connection.probe.isGivenUp()) {
        end(connection, "not_http2");
      }
    }
  }
}

/**
 * Whether grpc-js has answered that there is no such method, or that this is not gRPC, where no interceptor sees it. Calls
 * of methods that there are may have an answer as soon, when their caller is refused.
 */
const isUnknownMethod = ({ headersSent, sentHeaders }: ServerHttp2Stream): boolean =>
  headersSent &&
  (String(sentHeaders["grpc-status"]) === String(status.UNIMPLEMENTED) ||
    sentHeaders[":status"] === constants.HTTP_STATUS_UNSUPPORTED_MEDIA_TYPE);

/** As HTTP/2 counts a list of headers, in which names and values alternate: 32 bytes more for each pair (RFC 9113, 6.5.2). */
const metadataBytes = (rawHeaders: readonly string[]): number =>
  rawHeaders.reduce((bytes, text) => bytes + text.length + 16, 0);

interface SessionError extends Error {
  readonly code?: string;
  readonly errno?: number;
}

/** That a client is gone is no offence, and what good clients send at their end may be an error to nghttp2. */
const offenceOf = ({ endedFor, greeted }: Connection, error: SessionError): Offence | undefined => {
  if (endedFor !== undefined) return endedFor;
  if (!greeted && !("syscall" in error)) return "not_http2";
  return error.errno !== undefined && error.errno <= firstFloodError ? "frames" : undefined;
};

const count = (connection: Connection, what: keyof typeof maxPerSweep): void => {
  connection.counts[what] += 1;
  if (connection.counts[what] > maxPerSweep[what]) end(connection, what);
};

const end = (connection: Connection, offence: Offence): void => {
  connection.endedFor = offence;
  connection.session.destroy(new Error(offence), constants.NGHTTP2_ENHANCE_YOUR_CALM);
};
