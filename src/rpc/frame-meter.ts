import type { Socket } from "node:net";

// A million bytes are 70,000 frames that say nothing: some hundredths of a second.
const maxEmptyBytes = 1_000_000;
// What comes late of calls that were answered early or cancelled is nothing to whoever has other calls.
const maxEmptyBytesOfTrusted = 8_000_000;
/** Frames around the messages of a call. */
const bytesOfCall = 1_024;
// Clients say how much they have taken of what they are sent.
const writtenToRead = 8;

/**
 * Measures what a connection sends that carries nothing: frames that change priorities, windows or settings, or that HTTP/2
 * does not know, and padding. Node.js tells of none of them, and so they are what is left of the bytes of the connection
 * when those of calls are taken off.
 */
export class FrameMeter {
  readonly #socket: Socket;
  #carrying = 0;
  #read = 0;
  #written = 0;
  #empty = 0;
  #at = performance.now();

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** A call that was begun, with the bytes of its metadata. */
  countCall(metadataBytes: number): void {
    this.#carrying += bytesOfCall + metadataBytes;
  }

  /** Bytes of requests. */
  countData(bytes: number): void {
    this.#carrying += bytes;
  }

  /**
   * Whether more came than may come in a second. To be asked again and again. `unreadBytes` gives those of requests that
   * have come and were not counted yet.
   */
  isFlooded(isTrusted: boolean, unreadBytes: () => number): boolean {
    const max = isTrusted ? maxEmptyBytesOfTrusted : maxEmptyBytes;
    const { bytesRead, bytesWritten } = this.#socket;
    const now = performance.now();
    const more = bytesRead - this.#read - this.#carrying - (bytesWritten - this.#written) / writtenToRead;
    this.#empty = Math.max(this.#empty + more - (max * (now - this.#at)) / 1_000, 0);
    this.#at = now;
    this.#read = bytesRead;
    this.#written = bytesWritten;
    this.#carrying = 0;
    return this.#empty > max && this.#empty - unreadBytes() > max;
  }
}
