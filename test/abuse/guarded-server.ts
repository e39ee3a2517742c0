import { EventEmitter, once } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  ServerInterceptingCall,
  type ServerInterceptor,
  status,
} from "@grpc/grpc-js";
import { afterEach, beforeEach, vi } from "vitest";
import { type ConnectionLimits, Connections } from "../../src/rpc/connections.js";
import type { Screen } from "../../src/rpc/incoming-calls.js";
import { explainedErrors } from "../../src/rpc/explained-errors.js";
import { innermostCall } from "../../src/rpc/innermost-call.js";
import { listen } from "../../src/rpc/listen.js";
import { RawConnection, callHeaders, endStream, frame, message, types } from "./raw-http2.mjs";

/** The methods of a guarded server. The second one may be called by everybody. */
export const path = "/test.Service/Method";
export const openPath = "/test.Service/OpenMethod";
const empty = (): Buffer => Buffer.alloc(0);
/** Its request, of a stream whose headers are sent. */
export const emptyRequest = (id: number): Buffer => frame(types.data, endStream, id, message(empty()));
/** A header of callers who are known, where callers are asked who they are. */
export const known = { "x-known": "1" };

export interface GuardedServerOptions extends Partial<ConnectionLimits> {
  /** Whether callers are asked who they are. */
  readonly isAsking?: boolean;
}

/** Starts guarded servers for the tests of a file, for which time passes when a test says so: `vi.advanceTimersByTime`. */
export const useGuardedServers = (): typeof start => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  });
  const stops: (() => void)[] = [];
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
    vi.useRealTimers();
  });
  return (options) => start(options, stops);
};

/** A guarded server with one method, what was told of its connections, and a connection to it. */
const start = async ({ isAsking, ...limits }: GuardedServerOptions = {}, stops: (() => void)[] = []) => {
  const told: string[] = [];
  const refused = { dear: 0, cheap: 0 };
  const screen: Screen = (_stream, headers) =>
    headers["x-known"] === undefined && headers[":path"] !== openPath
      ? (stream) => {
          refused.cheap += 1;
          stream.respond({ ":status": 200, "grpc-status": status.UNAUTHENTICATED }, { endStream: true });
        }
      : undefined;
  const connections = new Connections(
    { maxConnections: 100, maxConnectionsPerAddress: 100, maxMetadataBytes: 8_192, ...limits },
    {
      onConnectionEnded: ({ offence }) => told.push(offence),
      onConnectionRefused: (refusal) => told.push(refusal),
      onExcessRefusal: (outcome) => told.push(outcome),
      onAddressSlowed: () => told.push("address slowed"),
    },
    isAsking ? { screen, isOpen: (method) => method === openPath } : {},
  );
  const askCaller: ServerInterceptor = ({ path: called }, nextCall) =>
    new ServerInterceptingCall(nextCall, {
      start: (next) =>
        next({
          onReceiveMetadata(metadata, proceed) {
            const { stream } = innermostCall(nextCall);
            if (called === openPath) {
              proceed(metadata);
              return;
            }
            if (metadata.get("x-known").length > 0) {
              connections.noteKnownCaller(stream);
              proceed(metadata);
              return;
            }
            refused.dear += 1;
            connections.countRefusedCall(stream);
            nextCall.sendStatus({ code: status.UNAUTHENTICATED, details: "who calls?" });
          },
        }),
    });
  const server = new Server({
    interceptors: [
      explainedErrors({
        maxRequestBytes: 1_024,
        onInternalError: () => {},
        onLargeRequest: (stream) => connections.countLargeRequest(stream),
      }),
      ...(isAsking ? [askCaller] : []),
    ],
    "grpc.max_receive_message_length": 2_048,
    "grpc.max_concurrent_streams": 256,
  });
  connections.guard(server);
  const handled = new EventEmitter();
  const answer: handleUnaryCall<unknown, unknown> = (_call, callback) => {
    callback(null, {});
    handled.emit("call");
  };
  const coders = { requestSerialize: empty, requestDeserialize: empty, responseSerialize: empty };
  const method = { path, requestStream: false, responseStream: false, ...coders, responseDeserialize: empty };
  server.addService({ method, open: { ...method, path: openPath } }, { method: answer, open: answer });
  const address = `127.0.0.1:${await listen(server, "127.0.0.1:0", ServerCredentials.createInsecure())}`;
  const connect = (hello?: Buffer) => {
    const connection = new RawConnection(address, hello);
    stops.push(() => connection.socket.destroy());
    return connection;
  };
  stops.push(() => {
    server.forceShutdown();
    connections.stop();
  });
  const connection = connect();
  let id = -1;
  /** Resolves when a call of a known caller over a connection was answered, or the connection is over. */
  const call = async (over = connection, stream = (id += 2)) => {
    const answered = once(handled, "call");
    await over.write(Buffer.concat([callHeaders(stream, path, { more: known }), emptyRequest(stream)]));
    await Promise.race([answered, over.over]);
    await nextTurn();
  };
  return {
    told,
    /** Calls that were refused by the method's own way, and before it. */
    refused,
    connection,
    connect,
    count: () => connections.count,
    call,
    /** Sends something many times over, and waits until the server has seen it all. */
    async send(times: number, frames: (id: number) => Buffer) {
      for (let sent = 0; sent < times && !connection.isOver; sent++) {
        id += 2;
        await connection.write(frames(id));
        // Reads the answers.
        if (sent % 100 === 99) await nextTurn();
      }
      await call();
    },
  };
};
