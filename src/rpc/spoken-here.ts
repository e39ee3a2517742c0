import { constants, type OutgoingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import type { Socket } from "node:net";

const text =
  "This server speaks gRPC: HTTP/2 with the content type application/grpc. It speaks no HTTP/1.1, gRPC-Web or JSON.\n";
const unsupported = constants.HTTP_STATUS_UNSUPPORTED_MEDIA_TYPE;
const answer = [
  `HTTP/1.1 ${unsupported} Unsupported Media Type`,
  "content-type: text/plain",
  `content-length: ${text.length}`,
  "connection: close",
  "",
  text,
].join("\r\n");
const headers: OutgoingHttpHeaders = {
  ":status": unsupported,
  "content-type": "text/plain",
  "content-length": text.length,
  accept: "application/grpc",
};
// What a client may still send, and how long, that does not close its end when it has the answer.
const maxRestBytes = 65_536;
const farewellMs = 1_000;

/** Answers a client of HTTP/1.1, whatever it has asked for, and closes its connection. */
export const answerHttp1 = (socket: Socket): void => {
  const timer = setTimeout(() => socket.destroy(), farewellMs).unref();
  socket.once("close", () => clearTimeout(timer)).on("error", () => {});
  let rest = maxRestBytes;
  // Bytes that nobody has read would have the system take the answer back.
  socket.on("data", ({ length }: Buffer) => {
    rest -= length;
    if (rest < 0) socket.destroy();
  });
  socket.end(answer);
};

/** Whether these bytes may begin a request of HTTP/1. */
export const isHttp1 = (bytes: Buffer): boolean => http1Methods.test(bytes.toString("latin1", 0, 8));

const http1Methods = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE) ?/;

/** Whether a call is gRPC with the messages of protobuf. */
export const isGrpc = (contentType: string | undefined): boolean =>
  contentType === "application/grpc" ||
  (contentType !== undefined && /^application\/grpc(\+proto)?(;|$)/.test(contentType));

/** Answers what is not gRPC with 415. */
export const answerNotGrpc = (stream: ServerHttp2Stream): void => {
  // There is no body for HEAD.
  const endStream = stream.writableEnded;
  stream.respond(headers, { endStream });
  if (!endStream) stream.end(text);
};
