import type { ServerHttp2Session } from "node:http2";
import type { Socket } from "node:net";

/**
 * Finds out whether nghttp2 has given a connection up, after bytes that are not HTTP/2: it has said so to the client, then
 * neither reads nor writes, and does not tell Node.js, so that even the client's end of the connection goes unseen. What
 * shows it is a ping that stays where it is while the socket could take it: sent once after each time that bytes came.
 */
export class Probe {
  readonly #session: ServerHttp2Session;
  readonly #socket: Socket;
  #bytesRead = 0;
  #ping: "due" | "sent" | "passed" = "due";

  constructor(session: ServerHttp2Session, socket: Socket) {
    this.#session = session;
    this.#socket = socket;
  }

  /** To be asked now and then. */
  isGivenUp(): boolean {
    const { bytesRead } = this.#socket;
    if (this.#bytesRead !== bytesRead) {
      this.#bytesRead = bytesRead;
      this.#ping = "due";
    } else if (this.#ping === "due") {
      this.#ping = this.#session.ping(() => {}) ? "sent" : "passed";
    } else if (this.#ping === "sent" && !isBlocked(this.#socket)) {
      if ((this.#session.state.outboundQueueSize ?? 0) > 0) return true;
      this.#ping = "passed";
    }
    return false;
  }
}

/** Whether the client's end of the socket takes no bytes at the moment. */
const isBlocked = (socket: object): boolean => {
  const { _handle: handle } = socket as { _handle?: { writeQueueSize?: number } | null };
  return handle?.writeQueueSize !== 0;
};
