import { constants, type Http2Server, type ServerHttp2Session, type ServerHttp2Stream } from "node:http2";
import type { Socket } from "node:net";
import { Server as TlsServer } from "node:tls";
import type { Server } from "@grpc/grpc-js";
import { AddressBook } from "./address-book.js";

/** What connections may take. */
export interface ConnectionLimits {
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
  readonly maxMetadataBytes: number;
}

interface Connection {
  readonly socket: Socket;
  readonly address: string;
  readonly since: number;
  /** Whether the client has said that it speaks HTTP/2. */
  greeted: boolean;
  bytesRead: number;
  probe: "due" | "sent" | "passed";
  /** Of the current second. */
  pings: number;
  resets: number;
  /** For what the server has ended it. */
  endedFor: string | undefined;
  closedAt: number | undefined;
}

const sweepMs = 1_000;
const greetingMs = 10_000;
// How long a client that was told to go away may keep its end open.
const farewellMs = 5_000;
const refusedMs = 1_000;
// Far above what clients need that measure their bandwidth with pings.
const maxPingsPerSweep = 10_000;
const maxResetsPerSweep = 100;
// NGHTTP2_ERR_FLOODED: more frames wait to be sent, as answers to the client's, than there is reason for.
const flooded = -904;

/**
 * Guards the connections of a grpc-js server, which has few options for it: limits their number, and ends those whose client
 * does not speak HTTP/2 or floods them. Who does so again and again is not let in for a while.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #addresses: AddressBook;
  readonly #open = new Map<ServerHttp2Session, Connection>();
  readonly #timer = setInterval(() => this.#sweep(Date.now()), sweepMs).unref();

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
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

  stop(): void {
    clearInterval(this.#timer);
  }

  #guardHttp2(http2Server: Http2Server): void {
    http2Server.maxConnections = this.#limits.maxConnections;
    const listeners = http2Server.listeners("connection");
    http2Server.removeAllListeners("connection");
    http2Server.on("connection", (socket: Socket) => {
      if (this.#addresses.admit(socket)) for (const listener of listeners) listener.call(http2Server, socket);
      else socket.destroy();
    });
    // A session does not give away its socket; it is made while the server tells of the socket.
    let current: Socket;
    const ready = http2Server instanceof TlsServer ? "secureConnection" : "connection";
    http2Server.prependListener(ready, (socket: Socket) => {
      current = socket;
    });
    http2Server.on("session", (session) => this.#begin(session, current));
    http2Server.on("sessionError", (error: { errno?: number }, session: ServerHttp2Session) => {
      const connection = this.#open.get(session);
      // That a client is gone is no misbehaviour, and what good clients send at their end may be an error to nghttp2.
      const speaksNoHttp2 = connection?.greeted === false && !("syscall" in error);
      if (connection?.endedFor !== undefined || speaksNoHttp2 || error.errno === flooded) {
        this.#addresses.blame(connection?.address ?? "");
      }
    });
    http2Server.on("stream", (stream: ServerHttp2Stream) => this.#watch(stream));
  }

  #begin(session: ServerHttp2Session, socket: Socket): void {
    const connection: Connection = {
      socket,
      address: socket.remoteAddress ?? "",
      since: Date.now(),
      greeted: false,
      bytesRead: 0,
      probe: "due",
      pings: 0,
      resets: 0,
      endedFor: undefined,
      closedAt: undefined,
    };
    this.#open.set(session, connection);
    socket.once("close", () => setImmediate(() => this.#open.delete(session)));
    session.settings({ maxHeaderListSize: this.#limits.maxMetadataBytes });
    session.once("remoteSettings", () => {
      connection.greeted = true;
    });
    session.on("ping", () => {
      connection.pings += 1;
      if (connection.pings > maxPingsPerSweep) end(session, connection, "too many pings");
    });
  }

  #watch(stream: ServerHttp2Stream): void {
    const session = stream.session as ServerHttp2Session | undefined;
    const connection = session && this.#open.get(session);
    if (session === undefined || connection === undefined) return;
    // grpc-js has refused it, and waits for the client to close it.
    if (stream.headersSent) setTimeout(() => stream.close(constants.NGHTTP2_NO_ERROR), refusedMs).unref();
    const openedAt = performance.now();
    stream.once("close", () => {
      // To end what has been open for long, many watches at a time, is no abuse.
      if (!stream.aborted || performance.now() - openedAt > sweepMs || session.destroyed) return;
      connection.resets += 1;
      if (connection.resets > maxResetsPerSweep) end(session, connection, "too many resets");
    });
  }

  #sweep(now: number): void {
    this.#addresses.sweep(now);
    for (const [session, connection] of this.#open) {
      connection.pings = 0;
      connection.resets = 0;
      if (session.destroyed) {
        connection.closedAt ??= now;
        if (now - connection.closedAt >= farewellMs) connection.socket.destroy();
      } else if (!connection.greeted && now - connection.since >= greetingMs) {
        session.destroy();
      } else if (isGivenUp(session, connection)) {
        end(session, connection, "not HTTP/2");
      }
    }
  }
}

const end = (session: ServerHttp2Session, connection: Connection, reason: string): void => {
  connection.endedFor = reason;
  session.destroy(new Error(reason), constants.NGHTTP2_ENHANCE_YOUR_CALM);
};

/**
 * Whether nghttp2 has given the connection up, after bytes that are not HTTP/2: it has said so to the client, then neither
 * reads nor writes, and does not tell Node.js, so that even the client's end of the connection goes unseen. What shows it
 * is a ping that stays where it is while the socket could take it: sent once after each time that bytes came.
 */
const isGivenUp = (session: ServerHttp2Session, connection: Connection): boolean => {
  const { socket } = connection;
  if (connection.bytesRead !== socket.bytesRead) {
    connection.bytesRead = socket.bytesRead;
    connection.probe = "due";
  } else if (connection.probe === "due") {
    connection.probe = session.ping(() => {}) ? "sent" : "passed";
  } else if (connection.probe === "sent" && !isBlocked(socket)) {
    if ((session.state.outboundQueueSize ?? 0) > 0) return true;
    connection.probe = "passed";
  }
  return false;
};

/** Whether the client's end of the socket takes no bytes at the moment. */
const isBlocked = (socket: object): boolean => {
  const { _handle: handle } = socket as { _handle?: { writeQueueSize?: number } | null };
  return handle?.writeQueueSize !== 0;
};
