import { constants, type ServerHttp2Session, type ServerHttp2Stream } from "node:http2";
import type { Socket } from "node:net";
import type { Address } from "./address-limiter.js";
import { FrameMeter } from "./frame-meter.js";
import { Probe } from "./probe.js";

/** Why the server ended a connection. `frames`: too many frames that say nothing or break the rules of HTTP/2. */
export type Offence =
  | "not_http2"
  | "tls_handshake"
  | "pings"
  | "resets"
  | "large_requests"
  | "refused_calls"
  | "frames";

// Of one second. Pings: far above what clients need that measure their bandwidth with them.
const maxPerSecond = { pings: 10_000, resets: 100, large_requests: 100, settings: 1_000 };
const offences = { pings: "pings", resets: "resets", large_requests: "large_requests", settings: "frames" } as const;
const noCounts = { pings: 0, resets: 0, large_requests: 0, settings: 0 };
const shortlyMs = 1_000;

/** An HTTP/2 connection of a client, and what it has done. */
export class Connection {
  readonly since = Date.now();
  readonly probe: Probe;
  readonly meter: FrameMeter;
  /** Whether the client has said that it speaks HTTP/2. */
  isGreeted = false;
  /** Whether a call of a caller who is known came over it. */
  isTrusted = false;
  /** Calls that are held back because of the budget of the address. */
  heldCalls = 0;
  /** For what the server has ended it. */
  endedFor: Offence | undefined;
  closedAt: number | undefined;
  readonly #streams = new Set<ServerHttp2Stream>();
  readonly #counts = { ...noCounts };

  constructor(
    readonly session: ServerHttp2Session,
    readonly socket: Socket,
    readonly ip: string,
    readonly address: Address,
  ) {
    this.probe = new Probe(session, socket);
    this.meter = new FrameMeter(socket);
    session.on("remoteSettings", () => {
      this.isGreeted = true;
      this.count("settings");
    });
    session.on("ping", () => this.count("pings"));
  }

  /** Counts a call until it is closed, with the bytes of its metadata. */
  open(stream: ServerHttp2Stream, metadataBytes: number): void {
    this.meter.countCall(metadataBytes);
    this.#streams.add(stream);
    const openedAt = performance.now();
    stream.once("close", () => {
      if (!this.#streams.delete(stream)) return;
      // To end what has been open for long, many watches at a time, is no abuse.
      if (!stream.aborted || performance.now() - openedAt > shortlyMs || this.session.destroyed) return;
      this.count("resets");
    });
  }

  /** Lets the client cancel a call without counting it. */
  letCancel(stream: ServerHttp2Stream): void {
    this.#streams.delete(stream);
  }

  /** Counts something in this second, and ends the connection when that is too much. */
  count(what: keyof typeof maxPerSecond): void {
    this.#counts[what] += 1;
    if (this.#counts[what] > maxPerSecond[what]) this.end(offences[what]);
  }

  /** To be called each second. */
  forgetCounts(): void {
    Object.assign(this.#counts, noCounts);
  }

  /** Ends the connection when it is flooded by frames that say nothing. To be called again and again. */
  checkFrames(): void {
    if (this.session.destroyed || !this.meter.isFlooded(this.isTrusted, () => this.#unreadBytes())) return;
    this.end("frames");
  }

  end(offence: Offence): void {
    if (this.session.destroyed) return;
    this.endedFor = offence;
    this.session.destroy(new Error(offence), constants.NGHTTP2_ENHANCE_YOUR_CALM);
  }

  #unreadBytes(): number {
    let bytes = 0;
    for (const { readableLength } of this.#streams) bytes += readableLength;
    return bytes;
  }
}
