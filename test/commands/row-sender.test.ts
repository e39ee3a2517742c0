import { ChannelCredentials, Server, ServerCredentials, type ServerDuplexStream, status } from "@grpc/grpc-js";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { ImportOptions, ImportResult_Outcome, ImportRow } from "../../gen/ts/roster/v1/import.js";
import {
  type ImportUsersRequest,
  type ImportUsersResponse,
  UserServiceClient,
  UserServiceService,
} from "../../gen/ts/roster/v1/user_service.js";
import { connect } from "../../src/commands/bulk/client.js";
import { batches } from "../../src/commands/import/batches.js";
import { RowSender, type SettledBatch } from "../../src/commands/import/row-sender.js";
import type { SourceRow } from "../../src/commands/import/source-row.js";

type Call = ServerDuplexStream<ImportUsersRequest, ImportUsersResponse>;

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** A client of a server that treats imports in this way. */
const clientOf = async (importUsers: (call: Call) => void): Promise<UserServiceClient> => {
  const server = new Server();
  const { path, ...definition } = UserServiceService.importUsers;
  server.addService({ importUsers: { path, ...definition } }, { importUsers });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const client = connect({ address: `127.0.0.1:${port}`, credentials: ChannelCredentials.createInsecure() });
  cleanups.push(() => {
    client.close();
    server.forceShutdown();
  });
  return client;
};

/** Answers each row, from the first on; ends the call behind this many. */
const answering = (limit = Number.POSITIVE_INFINITY) => {
  return (call: Call) => {
    let row = 0n;
    call.on("data", ({ rows }: ImportUsersRequest) => {
      const results = rows.slice(0, limit - Number(row)).map(() => ({
        row: ++row,
        outcome: ImportResult_Outcome.CREATED,
        userId: "user_1",
        error: undefined,
      }));
      if (results.length > 0) call.write({ results });
      if (Number(row) >= limit) call.emit("error", { code: status.INTERNAL, details: "broken" });
    });
    call.on("end", () => call.end());
  };
};

const row = ImportRow.fromPartial({ email: "a@example.com" });

/** So many rows; every tenth cannot be sent. */
async function* source(count: number, taken: (number: number) => void = () => {}): AsyncGenerator<SourceRow> {
  for (let number = 1; number <= count; number += 1) {
    taken(number);
    yield number % 10 === 0
      ? { number, rejection: { reason: "UNREADABLE_ROW", message: "" }, json: {} }
      : { number, row };
  }
}

async function* broken(count: number): AsyncGenerator<SourceRow> {
  yield* source(count);
  throw new Error("the source broke");
}

const send = (client: UserServiceClient, rows: AsyncIterable<SourceRow>, signal = new AbortController().signal) =>
  new RowSender(client.importUsers()).send(
    ImportOptions.fromPartial({}),
    batches(rows, () => 0, signal),
  );

const numbers = (settled: readonly SettledBatch[]) =>
  settled.flatMap(({ rows }) => rows.map(({ row: { number } }) => number));
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe("the rows of an import", () => {
  it("come back in the order of the source, those that were not sent between the others", async () => {
    const settled: SettledBatch[] = [];
    for await (const batch of send(await clientOf(answering()), source(12_345))) settled.push(batch);
    expect(numbers(settled)).toEqual(upTo(12_345));
    const unsent = settled.flatMap(({ rows }) => rows.filter((each) => !("result" in each)));
    expect(unsent).toHaveLength(1_234);
  });

  it("are not read further than a few messages when the server does not answer", async () => {
    let read = 0;
    const rows = source(100_000, (number) => {
      read = number;
    });
    const client = await clientOf((call) => call.resume());
    const first = send(client, rows).next();
    first.catch(() => {});
    // Eight batches of 500 under way, one that waits, and the row that told that it is full.
    await expect.poll(() => read).toBe(9 * 500 + 1);
    for (let i = 0; i < 100; i += 1) await turn();
    expect(read).toBe(9 * 500 + 1);
  });

  it("are not read further when nobody takes the results", async () => {
    let read = 0;
    const rows = source(100_000, (number) => {
      read = number;
    });
    const sending = send(await clientOf(answering()), rows);
    await sending.next();
    await expect.poll(() => read).toBe(10 * 500 + 1);
    for (let i = 0; i < 100; i += 1) await turn();
    expect(read).toBe(10 * 500 + 1);
    await sending.return(undefined);
  });

  it("that were answered before the call failed are told, then the failure", async () => {
    const settled: SettledBatch[] = [];
    const collect = async () => {
      for await (const batch of send(await clientOf(answering(700)), source(10_000))) settled.push(batch);
    };
    await expect(collect()).rejects.toMatchObject({ code: status.INTERNAL, details: "broken" });
    // 450 of the first 500 rows are sent, and 250 of those behind them, between which every tenth is not.
    expect(numbers(settled)).toEqual(upTo(777));
  });

  it("that the server leaves without a result fail the call", async () => {
    const client = await clientOf((call) => {
      call.resume();
      call.on("end", () => call.end());
    });
    const sending = send(client, source(3));
    expect((await sending.next()).value).toEqual({ rows: [], position: 0 });
    await expect(sending.next()).rejects.toMatchObject({ message: "the server gave no result for row 1", exitCode: 3 });
  });

  it("that were answered before the source broke are told, then the failure", async () => {
    const settled: SettledBatch[] = [];
    const collect = async () => {
      for await (const batch of send(await clientOf(answering()), broken(600))) settled.push(batch);
    };
    await expect(collect()).rejects.toThrow("the source broke");
    expect(numbers(settled)).toEqual(upTo(600));
  });

  it("that were sent are answered when it is stopped, and no other is sent", async () => {
    const controller = new AbortController();
    const settled: SettledBatch[] = [];
    const endless = source(1_000_000, (number) => {
      if (number === 2_100) controller.abort();
    });
    for await (const batch of send(await clientOf(answering()), endless, controller.signal)) settled.push(batch);
    expect(numbers(settled)).toEqual(upTo(2_000));
  });
});
