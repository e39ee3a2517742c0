import { type ClientHttp2Session, connect } from "node:http2";
import { deflateSync, gzipSync } from "node:zlib";
import { ChannelCredentials, Client, type handleUnaryCall, Server, ServerCredentials } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GetUserRequest } from "../../gen/ts/roster/v1/user_service.js";
import type { RosterError } from "../../src/directory/error.js";
import { explainedErrors } from "../../src/rpc/explained-errors.js";
import { failure, sendBytes } from "../support/call.js";
import { openCall } from "../support/half-call.js";
import { frame } from "../support/http2.js";
import { useServer } from "../support/server.js";
import { unusedId } from "../support/users.js";

const lines: string[] = [];
const limit = 64 * 1_024;
const server = useServer({ env: { ROSTER_MAX_REQUEST_SIZE: "64KiB" }, log: (line) => lines.push(line) });

let session: ClientHttp2Session;
beforeAll(() => {
  session = connect(`http://${server.current.address}`);
});
afterAll(() => session.destroy());

const request = Buffer.from(GetUserRequest.encode({ id: unusedId() }).finish());
const whole = frame(request);

/** Puts what is compressed, or said to be, into a frame. */
const compressed = (bytes: Buffer): Buffer => {
  const framed = frame(bytes);
  framed[0] = 1;
  return framed;
};

const gzip = { "grpc-encoding": "gzip" };
const deflate = { "grpc-encoding": "deflate" };
const malformed = { code: "INVALID_ARGUMENT", reason: "MALFORMED_REQUEST", domain: "roster" };
const tooLarge = {
  code: "RESOURCE_EXHAUSTED",
  reason: "MESSAGE_TOO_LARGE",
  message: `the request has more than ${2 * limit} bytes; at most ${limit} are accepted`,
  metadata: { max_bytes: String(limit) },
};
const becomesTooLarge = {
  ...tooLarge,
  message: `the request becomes more than ${limit} bytes when it is decompressed; at most as many are accepted`,
};
const notDecompressed = { ...malformed, message: "the request cannot be read: Failed to decompress message" };
const notOneMessage = { ...malformed, message: "the method takes one request message, and the whole of it" };
const unknownEncoding = {
  code: "UNIMPLEMENTED",
  reason: undefined,
  message: 'Received message compressed with unsupported encoding "br"',
};
const deadlineExceeded = { code: "DEADLINE_EXCEEDED", reason: "DEADLINE_EXCEEDED", domain: "roster" };

const ofAll = ["GetUser", "ListUsers", "ImportUsers"];
const ofOneMessage = ["GetUser", "ListUsers"];

const cases: [name: string, methods: string[], headers: Record<string, string>, bytes: Buffer, answer: object][] = [
  ["gzip that is none", ofAll, gzip, compressed(Buffer.from("nonsense")), notDecompressed],
  ["half of a gzip", ofAll, gzip, compressed(gzipSync(Buffer.alloc(10_000)).subarray(0, 30)), notDecompressed],
  ["deflate that is none", ofAll, deflate, compressed(Buffer.from("nonsense")), notDecompressed],
  ["gzip that unpacks to too much", ofAll, gzip, compressed(gzipSync(Buffer.alloc(10_000_000))), becomesTooLarge],
  [
    "deflate that unpacks to too much",
    ofAll,
    deflate,
    compressed(deflateSync(Buffer.alloc(10_000_000))),
    becomesTooLarge,
  ],
  ["a message of more than twice the limit", ofAll, {}, frame(Buffer.alloc(2 * limit + 1)), tooLarge],
  ["the beginning of a message of 4 GiB", ofAll, {}, Buffer.from([0, 255, 255, 255, 255]), tooLarge],
  ["a compression that nobody knows", ofAll, { "grpc-encoding": "br" }, compressed(request), unknownEncoding],
  ["no message", ofOneMessage, {}, Buffer.alloc(0), notOneMessage],
  ["half a message", ofOneMessage, {}, whole.subarray(0, 10), notOneMessage],
  ["two messages", ofOneMessage, {}, Buffer.concat([whole, whole]), notOneMessage],
  ["a deadline that is none", ofAll, { "grpc-timeout": "abc" }, Buffer.alloc(0), malformed],
  ["a long deadline that is none", ofAll, { "grpc-timeout": "a".repeat(10_000) }, Buffer.alloc(0), malformed],
  ["a deadline that is over", ofAll, { "grpc-timeout": "0m" }, Buffer.alloc(0), deadlineExceeded],
];

const calls = cases.flatMap(([name, methods, ...rest]) => methods.map((method) => [name, method, ...rest] as const));

describe.each(calls)("a request with %s", (_name, method, headers, bytes, expected) => {
  it(`is answered with a reason, which is in the log too: ${method}`, async () => {
    lines.length = 0;
    const { stream, answer } = openCall(session, `/roster.v1.UserService/${method}`, { headers });
    // A call that is to be answered by its deadline stays open.
    if (bytes.length > 0 || !("grpc-timeout" in headers)) stream.end(bytes);
    const seen = await answer;
    expect(seen).toMatchObject(expected);
    expect(seen?.message.length).toBeLessThan(300);
    const records = () => lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === "call");
    await expect.poll(records).toMatchObject([{ code: seen?.code, method: `/roster.v1.UserService/${method}` }]);
  });
});

describe("a watch whose deadline passes", () => {
  it("ends with the reason", async () => {
    const { stream, answer } = openCall(session, "/roster.v1.EventService/WatchEvents", {
      headers: { "grpc-timeout": "200m" },
    });
    stream.end(frame(Buffer.alloc(0)));
    expect(await answer).toMatchObject(deadlineExceeded);
  });
});

const failingPath = "/test.Service/Method";
const cannotEncode = (): Buffer => {
  throw new Error("cannot be encoded");
};
const answer: handleUnaryCall<unknown, unknown> = (_call, callback) => callback(null, {});

/** A server with a method whose response is never encoded. */
const startFailing = async (onInternalError: (path: string, error: RosterError) => void) => {
  const own = new Server({
    interceptors: [explainedErrors({ maxRequestBytes: limit, onInternalError, onLargeRequest: () => {} })],
  });
  const method = {
    path: failingPath,
    requestStream: false,
    responseStream: false,
    requestSerialize: Buffer.from,
    requestDeserialize: Buffer.from,
    responseSerialize: cannotEncode,
    responseDeserialize: Buffer.from,
  };
  own.addService({ method }, { method: answer });
  const port = await new Promise<number>((resolve, reject) => {
    own.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { port, stop: () => own.forceShutdown() };
};

describe("a response that cannot be encoded", () => {
  it("is the server's own fault, and told to it", async () => {
    const causes: unknown[] = [];
    const { port, stop } = await startFailing((_path, { details }) => causes.push(details.cause));
    const client = new Client(`127.0.0.1:${port}`, ChannelCredentials.createInsecure());
    const error = await failure(sendBytes(client, failingPath, Buffer.alloc(1)));
    expect(error).toMatchObject({ code: "INTERNAL", reason: "INTERNAL", message: "internal error" });
    expect(causes).toEqual([new Error("Error serializing response")]);
    client.close();
    stop();
  });
});
