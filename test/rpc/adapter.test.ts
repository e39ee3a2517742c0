import { EventEmitter, once } from "node:events";
import { connect } from "node:http2";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Metadata, Server, ServerCredentials } from "@grpc/grpc-js";
import { describe, expect, it } from "vitest";
import { databaseUnavailable } from "../../src/mongo/error.js";
import { Adapter } from "../../src/rpc/adapter.js";
import { listen } from "../../src/rpc/listen.js";
import { openCall } from "../support/half-call.js";
import { frame } from "../support/http2.js";

const newAdapter = () =>
  new Adapter({ databaseAwaySince: () => undefined, databaseUnavailable, onInternalError: () => {} });

/** The call of a stream, as grpc-js gives it to a handler. */
const streamCall = ({ peer = "127.0.0.1:1", takesAll = true } = {}) => {
  const sent: unknown[] = [];
  const taken: ((error?: Error) => void)[] = [];
  let outcome: (outcome: string) => void;
  const ended = new Promise<string>((resolve) => {
    outcome = resolve;
  });
  const grpcCall = {
    metadata: new Metadata(),
    request: {},
    getPath: () => "/test.Service/List",
    getPeer: () => peer,
    getDeadline: () => Number.POSITIVE_INFINITY,
    on: () => {},
    write(message: unknown, onTaken: () => void) {
      sent.push(message);
      if (takesAll) setImmediate(onTaken);
      else taken.push(onTaken);
    },
    end: () => outcome("ended"),
    emit: (_event: string, error: Error) => outcome(error.message),
  };
  return {
    grpcCall: grpcCall as never,
    sent,
    /** How it ended. */
    ended,
    /** The client takes a message, or is gone. */
    take: (error?: Error) => taken.shift()?.(error),
  };
};

/** Long enough for whatever does not wait for something. */
const aWhile = async () => {
  for (let turns = 0; turns < 20; turns++) await nextTurn();
};

describe("pages of lists that are made at a time", () => {
  it.each([
    ["of one caller", 1, { first: 4, further: 2 }],
    ["of two callers", 2, { first: 8, further: 4 }],
  ])("are few: %s", async (_name, callers, expected) => {
    const adapter = newAdapter();
    const running = { first: 0, further: 0 };
    const most = { first: 0, further: 0 };
    const make = async (kind: keyof typeof running) => {
      running[kind] += 1;
      most[kind] = Math.max(most[kind], running[kind]);
      await nextTurn();
      running[kind] -= 1;
      return kind;
    };
    const list = adapter.serverStream("lookup", async function* () {
      yield await make("first");
      for (let page = 2; page <= 4; page++) yield await make("further");
    });
    const calls = Array.from({ length: 20 }, (_, i) => streamCall({ peer: `127.0.0.${i % callers}:${i}` }));
    for (const call of calls) list(call.grpcCall);
    expect(await Promise.all(calls.map(({ ended }) => ended))).toEqual(calls.map(() => "ended"));
    for (const { sent } of calls) expect(sent).toEqual(["first", "further", "further", "further"]);
    expect(most).toEqual(expected);
  });

  it("wait for the client: one until the first is taken, then two that are not taken", async () => {
    let made = 0;
    const call = streamCall({ takesAll: false });
    const list = newAdapter().serverStream("lookup", async function* () {
      while (made < 100) yield ++made;
    });
    list(call.grpcCall);
    await aWhile();
    expect([made, call.sent]).toEqual([1, [1]]);
    call.take();
    await aWhile();
    expect([made, call.sent]).toEqual([3, [1, 2, 3]]);
    call.take();
    await aWhile();
    expect([made, call.sent]).toEqual([4, [1, 2, 3, 4]]);
    call.take(new Error("gone"));
    expect(await call.ended).toBe("internal error");
  });
});

describe("requests of a stream", () => {
  it("are not taken in many ahead, whatever their size", async () => {
    let takenIn = 0;
    const method = {
      path: "/test.Service/Import",
      requestStream: true,
      responseStream: true,
      requestSerialize: Buffer.from,
      requestDeserialize: () => ++takenIn,
      responseSerialize: () => Buffer.alloc(0),
      responseDeserialize: Buffer.from,
    };
    const server = new Server();
    const handler = newAdapter().bidiStream("lookup", async function* (requests) {
      for await (const request of requests) {
        yield request;
        await new Promise(() => {});
      }
    });
    server.addService({ method }, { method: handler });
    const port = await listen(server, "127.0.0.1:0", ServerCredentials.createInsecure());
    const session = connect(`http://127.0.0.1:${port}`).on("error", () => {});
    const { stream } = openCall(session, method.path, { read: false });
    stream.write(Buffer.concat(Array.from({ length: 10 }, () => frame(Buffer.alloc(100_000)))));
    await once(stream, "data");
    await aWhile();
    expect(takenIn).toBeLessThanOrEqual(3);
    session.destroy();
    server.forceShutdown();
  });
});

describe("a stream that is ended", () => {
  it("sends nothing of what was being made", async () => {
    const adapter = newAdapter();
    const call = streamCall();
    const work = new EventEmitter();
    const stream = adapter.bidiStream("lookup", async function* () {
      yield "before";
      await once(work, "done");
      yield "behind";
    });
    stream(call.grpcCall);
    await aWhile();
    adapter.endAll();
    work.emit("done");
    expect(await call.ended).toBe("this server is shutting down");
    await aWhile();
    expect(call.sent).toEqual(["before"]);
  });

  it("lets go of what makes its messages", async () => {
    const call = streamCall({ takesAll: false });
    let isOver = false;
    const list = newAdapter().serverStream("lookup", async function* () {
      try {
        for (let page = 1; page <= 100; page++) yield "message";
      } finally {
        isOver = true;
      }
    });
    list(call.grpcCall);
    await aWhile();
    call.take(new Error("gone"));
    await call.ended;
    await aWhile();
    expect(isOver).toBe(true);
  });
});

describe("a server that ends watches", () => {
  it.each(["watch", "lookup"] as const)("ends those that begin later, too, and nothing else: %s", async (kind) => {
    const adapter = newAdapter();
    adapter.endWatches();
    const call = streamCall();
    const stream = adapter.serverStream(kind, async function* () {
      yield "message";
    });
    stream(call.grpcCall);
    expect(await call.ended).toBe(kind === "watch" ? "this server is shutting down" : "ended");
  });
});
