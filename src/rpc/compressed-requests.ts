import type { ServerHttp2Stream } from "node:http2";
import { promisify } from "node:util";
import { gunzip, gunzipSync, inflate, inflateSync, type ZlibOptions } from "node:zlib";
import {
  Metadata,
  ServerInterceptingCall,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
  status,
} from "@grpc/grpc-js";
import { ErrorReason, RosterError } from "../directory/error.js";
import { Turns } from "../turns.js";
import { UnreadableRequest } from "./codec.js";
import { innermostCall } from "./innermost-call.js";

type Listener = Parameters<ServerInterceptingCall["start"]>[0];

const kib = 1_024;
/** What a compressed request may become, in bytes, where the method says nothing else. */
const usualBytes = 64 * kib;
/** The largest valid requests of these are two thirds of it: metadata and lists of ids make them. */
const largeBytes = 256 * kib;
/** Methods that everybody may call, so that nobody unknown has more inflated. */
const openBytes = 4 * kib;
const openServices = /^\/grpc\.(?:health|reflection)\./;

/** What a compressed request may become, by method, in bytes. */
const bytesOf: Readonly<Record<string, number>> = {
  "/roster.v1.UserService/CreateUser": largeBytes,
  "/roster.v1.UserService/UpdateUser": largeBytes,
  "/roster.v1.UserService/ProvisionUser": largeBytes,
  "/roster.v1.UserService/ListUsers": largeBytes,
  "/roster.v1.OrganizationService/CreateOrganization": largeBytes,
  "/roster.v1.OrganizationService/UpdateOrganization": largeBytes,
  // As much as one that is not compressed.
  "/roster.v1.UserService/ImportUsers": Number.POSITIVE_INFINITY,
};

/** Up to this size a request is inflated at once, one at a time: that takes less than a millisecond. */
const maxBytesAtOnce = largeBytes;
/** Larger ones are inflated beside the event loop, so many at a time of the whole server. */
const maxLargeAtATime = 1;

/** The most bytes that a compressed request of the method may become. */
export const inflatedBytes = (path: string, maxRequestBytes: number): number =>
  Math.min(maxRequestBytes, openServices.test(path) ? openBytes : (bytesOf[path] ?? usualBytes));

/** How requests are inflated. */
interface Encoding {
  readonly atOnce: (bytes: Buffer, options: ZlibOptions) => Buffer;
  readonly beside: (bytes: Buffer, options: ZlibOptions) => Promise<Buffer>;
}

const encodings: Readonly<Record<string, Encoding>> = {
  gzip: { atOnce: gunzipSync, beside: promisify<Buffer, ZlibOptions, Buffer>(gunzip) },
  deflate: { atOnce: inflateSync, beside: promisify<Buffer, ZlibOptions, Buffer>(inflate) },
};

interface CompressedRequestsParts {
  /** Largest request message of any method, in bytes. */
  readonly maxRequestBytes: number;
  /** Is told every call whose request cost more to refuse than to read. */
  onLargeRequest(stream: ServerHttp2Stream): void;
}

/**
 * Inflates compressed requests in place of grpc-js, which inflates all that arrive at once, each up to the largest request
 * of any method. A request is inflated when its method asks for it, so never for a caller who is refused, and to no more
 * than `inflatedBytes`.
 */
export const compressedRequests = (parts: CompressedRequestsParts): ServerInterceptor => {
  const turns = new Turns(maxLargeAtATime);
  return ({ path }, nextCall) =>
    new InflatingCall(nextCall, { ...parts, turns, maxBytes: inflatedBytes(path, parts.maxRequestBytes) });
};

interface InflatingCallParts extends CompressedRequestsParts {
  readonly turns: Turns;
  readonly maxBytes: number;
}

interface Waiting {
  readonly index: number;
  readonly goOn: () => void;
}

class InflatingCall extends ServerInterceptingCall {
  readonly #parts: InflatingCallParts;
  readonly #stream: ServerHttp2Stream;
  #received = 0;
  #asked = 0;
  /** Messages that arrived together with one before, in their order: one at a time is inflated, when it is asked for. */
  #waiting: Waiting[] = [];
  #over: AbortController | undefined;

  constructor(nextCall: ServerInterceptingCallInterface, parts: InflatingCallParts) {
    super(nextCall);
    this.#parts = parts;
    const innermost = innermostCall(nextCall);
    this.#stream = innermost.stream;
    innermost.decompressMessage = (message, encoding) => {
      const index = this.#received++;
      return message[0] === 1 ? this.#inflate(index, message.subarray(5), encoding) : message.subarray(5);
    };
  }

  override start(listener: Listener): void {
    super.start({
      onReceiveMetadata: (metadata) => listener.onReceiveMetadata(metadata),
      onReceiveMessage: (message) => listener.onReceiveMessage(message),
      onReceiveHalfClose: () => listener.onReceiveHalfClose(),
      onCancel: () => {
        this.#waiting = [];
        this.#over?.abort();
        listener.onCancel();
      },
    });
  }

  override startRead(): void {
    this.#asked += 1;
    super.startRead();
    while (this.#waiting[0] && this.#waiting[0].index < this.#asked) this.#waiting.shift()?.goOn();
  }

  async #inflate(index: number, bytes: Buffer, name: string): Promise<Buffer | UnreadableRequest> {
    const encoding = Object.hasOwn(encodings, name) ? encodings[name] : undefined;
    if (encoding === undefined) {
      if (name !== "identity") throw unknownEncoding(name);
      return new UnreadableRequest(unreadable("a message is marked as compressed, without a grpc-encoding"));
    }
    if (index >= this.#asked) await new Promise<void>((goOn) => this.#waiting.push({ index, goOn }));
    if (bytes.length === 0) return bytes;
    const { maxBytes } = this.#parts;
    // No compression makes anything twice as large.
    if (bytes.length > 2 * maxBytes || sizeIn(bytes, name) > maxBytes) return new UnreadableRequest(tooLarge(maxBytes));
    try {
      if (maxBytes <= maxBytesAtOnce) return encoding.atOnce(bytes, { maxOutputLength: maxBytes });
      return await this.#inTurn(() => encoding.beside(bytes, { maxOutputLength: maxBytes, chunkSize: 64 * kib }));
    } catch (error) {
      if ((error as { code?: unknown }).code !== "ERR_BUFFER_TOO_LARGE") {
        return new UnreadableRequest(unreadable("Failed to decompress message"));
      }
      if (maxBytes > maxBytesAtOnce) this.#parts.onLargeRequest(this.#stream);
      return new UnreadableRequest(tooLarge(maxBytes));
    }
  }

  #inTurn(work: () => Promise<Buffer>): Promise<Buffer> {
    this.#over ??= new AbortController();
    return this.#parts.turns.take(work, { signal: this.#over.signal });
  }
}

/** The size that a gzip says it becomes, in its last four bytes (RFC 1952), or 0: most that are too large need no inflating. */
const sizeIn = (bytes: Buffer, encoding: string): number => {
  if (encoding !== "gzip" || bytes.length < 18 || bytes.readUInt16BE() !== 0x1f8b) return 0;
  const size = bytes.readUInt32LE(bytes.length - 4);
  // What breaks off ends in anything. Nothing becomes more than 1,032 times as much.
  return size <= 1_032 * bytes.length ? size : 0;
};

const unreadable = (reason: string): RosterError =>
  new RosterError(ErrorReason.MALFORMED_REQUEST, `the request cannot be read: ${reason}`);

const tooLarge = (maxBytes: number): RosterError =>
  new RosterError(
    ErrorReason.MESSAGE_TOO_LARGE,
    `the request becomes more than ${maxBytes} bytes when it is decompressed; at most as many are accepted`,
    { metadata: { max_bytes: String(maxBytes) } },
  );

// What grpc-js says of it, and what gRPC wants beside: the encodings that are known.
const unknownEncoding = (name: string) => {
  const metadata = new Metadata();
  metadata.set("grpc-accept-encoding", ["identity", ...Object.keys(encodings)].join(","));
  const details = `Received message compressed with unsupported encoding "${name.slice(0, 100)}"`;
  return { code: status.UNIMPLEMENTED, details, metadata };
};
