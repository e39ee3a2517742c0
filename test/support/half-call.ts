import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from "node:http2";
import { Metadata } from "@grpc/grpc-js";
import { type SeenError, seenError } from "./call.js";

/** A call of which the test decides what is sent and when. */
export interface HalfCall {
  readonly stream: ClientHttp2Stream;
  /** The status, as soon as it comes; undefined when the stream is closed without. */
  readonly answer: Promise<SeenError | undefined>;
  /** Resolves with the error code when the server has closed the stream. */
  readonly closed: Promise<number>;
}

/** How a call is opened. `read: false` takes nothing of its messages. */
export interface HalfCallOptions {
  readonly read?: boolean;
  /** Headers beside those that every call has. */
  readonly headers?: OutgoingHttpHeaders;
}

/** Opens a call and leaves it open. */
export const openCall = (
  session: ClientHttp2Session,
  path: string,
  { read = true, headers = {} }: HalfCallOptions = {},
): HalfCall => {
  const stream = session.request(
    { ":method": "POST", ":path": path, "content-type": "application/grpc", te: "trailers", ...headers },
    { endStream: false },
  );
  stream.on("error", () => {});
  if (read) stream.resume();
  const closed = new Promise<number>((resolve) => {
    stream.once("close", () => resolve(stream.rstCode ?? constants.NGHTTP2_NO_ERROR));
  });
  const answer = new Promise<SeenError | undefined>((resolve) => {
    const take = (headers: IncomingHttpHeaders) => {
      const code = headers["grpc-status"];
      if (code === undefined) return;
      const details = decodeURI(String(headers["grpc-message"]));
      resolve(seenError({ code: Number(code), details, metadata: Metadata.fromHttp2Headers(headers) }));
    };
    stream.on("response", take);
    stream.on("trailers", take);
    stream.once("close", () => resolve(undefined));
  });
  return { stream, answer, closed };
};
