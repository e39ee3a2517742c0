import type { Http2Server } from "node:http2";
import type { Socket } from "node:net";
import { Server as TlsServer } from "node:tls";
import type { Address, AddressLimiter, Refusal } from "./address-limiter.js";
import { answerHttp1, isHttp1 } from "./spoken-here.js";

/** How long a client may take to say that it speaks HTTP/2. */
export const greetingMs = 10_000;

const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
// As a list of names, each after its length.
const protocols = Buffer.from("\x02h2\x08http/1.1");

const ignore = (): void => {};

/** Is told of connections that are not let in, or not to HTTP/2. */
export interface IntakeReport {
  onRefused(refusal: Refusal): void;
  onNotHttp2(socket: Socket, address: Address): void;
}

/** Lets clients in to an HTTP/2 server: as many as there may be, and those that speak HTTP/2. Others are answered here. */
export class Intake {
  readonly #addresses: AddressLimiter;
  readonly #report: IntakeReport;

  constructor(addresses: AddressLimiter, report: IntakeReport) {
    this.#addresses = addresses;
    this.#report = report;
  }

  /** To be called once for a server, when it has its own listeners. Throws when this Node.js does not let it. */
  guard(http2Server: Http2Server): void {
    const listeners = http2Server.listeners("connection");
    const handOver = (socket: Socket) => {
      for (const listener of listeners) listener.call(http2Server, socket);
    };
    const isTls = http2Server instanceof TlsServer;
    http2Server.removeAllListeners("connection");
    http2Server.on("connection", (socket: Socket) => {
      const address = this.#open(socket);
      address?.letIn(() => {
        if (socket.destroyed) return false;
        if (isTls) handOver(socket);
        else this.#readGreeting(socket, address, () => handOver(socket));
        return true;
      });
    });
    if (!isTls) return;
    if (!(Reflect.get(http2Server, "ALPNProtocols") instanceof Uint8Array))
      throw new Error("Node.js has no ALPNProtocols");
    // Without a protocol in common the handshake would fail, and the client would not learn why.
    Reflect.set(http2Server, "ALPNProtocols", protocols);
    http2Server.on("unknownProtocol", (socket: Socket) => {
      this.#report.onNotHttp2(socket, this.#addresses.of(socket.remoteAddress ?? ""));
      answerHttp1(socket);
    });
  }

  /** Destroys the socket when it is one too many. */
  #open(socket: Socket): Address | undefined {
    const { remoteAddress: ip } = socket;
    const address = ip === undefined ? undefined : this.#addresses.open(ip);
    if (address === undefined) {
      // Without an address it is closed already.
      if (ip !== undefined) this.#report.onRefused("address_limit");
      socket.destroy();
      return undefined;
    }
    socket.once("close", () => this.#addresses.close(address));
    return address;
  }

  /** Reads what every HTTP/2 client sends first, and leaves it in the socket. */
  #readGreeting(socket: Socket, address: Address, proceed: () => void): void {
    let greeting: Buffer = Buffer.alloc(0);
    const timer = setTimeout(() => socket.destroy(), greetingMs).unref();
    const stop = () => {
      clearTimeout(timer);
      socket.off("readable", read).off("close", stop);
    };
    const read = () => {
      const bytes: Buffer | null = socket.read();
      if (bytes === null) return;
      greeting = greeting.length === 0 ? bytes : Buffer.concat([greeting, bytes]);
      const length = Math.min(greeting.length, preface.length);
      if (preface.compare(greeting, 0, length, 0, length) !== 0) {
        stop();
        this.#report.onNotHttp2(socket, address);
        if (isHttp1(greeting)) answerHttp1(socket);
        else socket.destroy();
      } else if (length === preface.length) {
        stop();
        socket.off("error", ignore).unshift(greeting);
        proceed();
      }
    };
    socket.on("readable", read).on("close", stop).on("error", ignore);
  }
}
