import { type BinaryReader, BinaryWriter } from "@bufbuild/protobuf/wire";
import { ErrorReason, RosterError } from "../directory/error.js";
import { maxFields, maxNumbers, requestReader, TooManyItems } from "./request-reader.js";

/** What ts-proto generates for a message. */
export interface MessageType<T> {
  encode(message: T, writer?: BinaryWriter): BinaryWriter;
  decode(input: BinaryReader, length?: number): T;
}

/** Stands in for a request that could not be read; the adapters answer with its error. */
export class UnreadableRequest {
  constructor(readonly error: RosterError) {}
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const decodeUtf8 = (bytes: Uint8Array): string => utf8.decode(bytes);

/**
 * Decodes requests of at most `maxBytes`. Unlike the generated decoders, refuses strings that are not UTF-8, and more
 * items than any valid request has; and never throws, because grpc-js makes INTERNAL of that.
 */
export const decoder =
  <T>(type: MessageType<T>, maxBytes: number) =>
  (bytes: Buffer | UnreadableRequest): T | UnreadableRequest => {
    // It could not be inflated.
    if (bytes instanceof UnreadableRequest) return bytes;
    if (bytes.length > maxBytes) return new UnreadableRequest(tooLarge(bytes.length, maxBytes));
    try {
      const reader = requestReader(bytes, decodeUtf8);
      const message = type.decode(reader);
      // The generated decoders stop at a tag that ends a group, and ignore what is behind it.
      if (reader.pos < reader.len) return new UnreadableRequest(malformed("the message ends too soon"));
      return message;
    } catch (cause) {
      return new UnreadableRequest(cause instanceof TooManyItems ? tooManyItems() : malformed(cause));
    }
  };

let writer = new BinaryWriter();

/** Encodes responses, all with one writer and its buffer. */
export const encoder =
  <T>(type: MessageType<T>) =>
  (message: T): Buffer => {
    try {
      const bytes = type.encode(message, writer).finish();
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    } catch (error) {
      // It holds half a message now.
      writer = new BinaryWriter();
      throw error;
    }
  };

const malformed = (cause: unknown): RosterError =>
  new RosterError(
    ErrorReason.MALFORMED_REQUEST,
    "the request is not a valid message: broken protobuf or text that is not UTF-8",
    {
      cause,
    },
  );

const tooManyItems = (): RosterError =>
  new RosterError(
    ErrorReason.MALFORMED_REQUEST,
    `the request has too many items: at most ${maxFields} are accepted, with about ${maxNumbers / 2} fields in all`,
  );

const tooLarge = (bytes: number, maxBytes: number): RosterError =>
  new RosterError(ErrorReason.MESSAGE_TOO_LARGE, `the request has ${bytes} bytes; at most ${maxBytes} are accepted`, {
    metadata: { max_bytes: String(maxBytes) },
  });
