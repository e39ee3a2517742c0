import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { HashingOverloaded, HashingPool } from "../../src/passwords/index.js";
import { lowerPoolPriority } from "../../src/passwords/low-priority.js";

/** A job that runs until it is told to end. */
const openJob = () => {
  let start: () => void;
  let end: (result: string) => void;
  const started = new Promise<void>((resolve) => {
    start = resolve;
  });
  const ended = new Promise<string>((resolve) => {
    end = resolve;
  });
  const job = () => {
    start();
    return ended;
  };
  return { started, end: (result: string) => end(result), job };
};

/** Jobs in the pool, all open, and what they gave. */
const fill = (pool: HashingPool, count: number, memory = 0, isDear = false) =>
  Array.from({ length: count }, () => {
    const open = openJob();
    return { ...open, result: pool.run(open.job, { memory, isDear }) };
  });
const fillDear = (pool: HashingPool, count: number, memory = 0) => fill(pool, count, memory, true);

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error) => error,
  );
const settle = () => lowerPoolPriority().then(() => delay(5));

describe("HashingPool", () => {
  it("runs no more than its concurrency at a time, in order", async () => {
    const pool = new HashingPool({ concurrency: 2 });
    const jobs = fill(pool, 5);
    for (const [i, { started, end, result }] of jobs.entries()) {
      await started;
      await settle();
      expect([pool.running, pool.waiting]).toEqual([Math.min(2, 5 - i), Math.max(0, 3 - i)]);
      end(`done ${i}`);
      expect(await result).toBe(`done ${i}`);
    }
    expect([pool.running, pool.waiting, pool.operations]).toEqual([0, 0, 5]);
  });

  it("passes on what a job throws and goes on", async () => {
    const pool = new HashingPool({ concurrency: 1 });
    const failure = new Error("broken");
    expect(await failureOf(pool.run(() => Promise.reject(failure)))).toBe(failure);
    expect(await pool.run(() => Promise.resolve("next"))).toBe("next");
    expect(pool.operations).toBe(2);
  });

  it("refuses at once what its queue cannot take, and says when to come back", async () => {
    const pool = new HashingPool({ concurrency: 1, maxQueue: 2 });
    const jobs = fill(pool, 3);
    await jobs[0]?.started;
    const started = performance.now();
    const error = await failureOf(pool.run(() => Promise.resolve("never")));
    expect(performance.now() - started).toBeLessThan(20);
    expect(error).toBeInstanceOf(HashingOverloaded);
    expect((error as HashingOverloaded).retryAfterMs).toBeGreaterThanOrEqual(100);
    expect((error as HashingOverloaded).retryAfterMs).toBeLessThanOrEqual(30_000);
    for (const { end } of jobs) end("done");
    await Promise.all(jobs.map(({ result }) => result));
    expect(pool.operations).toBe(3);
    expect(await pool.run(() => Promise.resolve("now"))).toBe("now");
  });

  it.each([
    ["before any job is over", [], 250],
    ["after a long job, which counts for an eighth", [8_250], 1_250],
    ["after many short jobs, but not at once", Array(50).fill(1), 100],
    ["after very long jobs, but in half a minute at the latest", [10_000_000], 30_000],
  ])("says to come back when half of what is there should be done: %s", async (_name, tookMs, retryAfterMs) => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const pool = new HashingPool({ concurrency: 1, maxQueue: 1 });
    for (const ms of tookMs) await pool.run(async () => vi.advanceTimersByTime(ms));
    const jobs = fill(pool, 2);
    expect(await failureOf(pool.run(() => Promise.resolve("never")))).toMatchObject({ retryAfterMs });
    for (const { end } of jobs) end("done");
    await Promise.all(jobs.map(({ result }) => result));
    vi.useRealTimers();
  });

  it("without a queue runs what finds a free place", async () => {
    const pool = new HashingPool({ concurrency: 1, maxQueue: 0 });
    const [job] = fill(pool, 1);
    expect(await failureOf(pool.run(() => Promise.resolve("never")))).toBeInstanceOf(HashingOverloaded);
    job?.end("done");
    expect(await job?.result).toBe("done");
    expect(await pool.run(() => Promise.resolve("now"))).toBe("now");
  });

  it("drops a job that waits when its caller leaves", async () => {
    const pool = new HashingPool({ concurrency: 1, maxQueue: 1 });
    const [running] = fill(pool, 1);
    const leaving = new AbortController();
    let ran = false;
    const dropped = pool.run(
      async () => {
        ran = true;
      },
      { signal: leaving.signal },
    );
    expect(pool.waiting).toBe(1);
    const reason = new Error("left");
    leaving.abort(reason);
    expect(await failureOf(dropped)).toBe(reason);
    expect(pool.waiting).toBe(0);
    const next = pool.run(() => Promise.resolve("next"));
    running?.end("done");
    expect(await next).toBe("next");
    expect(ran).toBe(false);
    expect(pool.operations).toBe(2);
  });

  it("starts nothing for a caller that has left, and finishes what runs", async () => {
    const pool = new HashingPool({ concurrency: 1 });
    const reason = new Error("left");
    expect(await failureOf(pool.run(() => Promise.resolve(""), { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(pool.operations).toBe(0);
    const leaving = new AbortController();
    const open = openJob();
    const result = pool.run(open.job, { signal: leaving.signal });
    await open.started;
    leaving.abort(reason);
    open.end("done");
    expect(await result).toBe("done");
    expect(pool.running).toBe(0);
  });

  it("keeps the memory of what runs within its bound, but runs one job of any size", async () => {
    const pool = new HashingPool({ concurrency: 3, maxMemory: 100 });
    const [large, small, other] = [...fill(pool, 1, 1_000), ...fill(pool, 2, 50)];
    await large?.started;
    await settle();
    expect([pool.running, pool.waiting]).toEqual([1, 2]);
    large?.end("done");
    await Promise.all([small?.started, other?.started]);
    const next = pool.run(() => Promise.resolve("next"), { memory: 1 });
    await settle();
    expect([pool.running, pool.waiting]).toEqual([2, 1]);
    small?.end("done");
    expect(await next).toBe("next");
    other?.end("done");
    await other?.result;
  });

  it("starts what a dropped job held up", async () => {
    const pool = new HashingPool({ concurrency: 2, maxMemory: 100 });
    const [first] = fill(pool, 1, 60);
    const leaving = new AbortController();
    const dropped = failureOf(pool.run(() => Promise.resolve(""), { memory: 60, signal: leaving.signal }));
    const small = pool.run(() => Promise.resolve("small"), { memory: 10 });
    await settle();
    expect(pool.waiting).toBe(2);
    leaving.abort(new Error("left"));
    expect(await small).toBe("small");
    await dropped;
    first?.end("done");
    await first?.result;
  });

  it.each<[concurrency: number, running: number, ordinary: number]>([
    [1, 2, 1],
    [2, 2, 1],
    [3, 3, 2],
  ])("of %i runs one dear job at a time, and ordinary ones beside it", async (concurrency, running, ordinary) => {
    const pool = new HashingPool({ concurrency });
    const dear = fillDear(pool, 3);
    await dear[0]?.started;
    const others = fill(pool, 4);
    await settle();
    expect([pool.running, pool.waiting]).toEqual([running, 7 - running]);
    for (const { started, end, result } of others) {
      await started;
      end("ordinary");
      expect(await result).toBe("ordinary");
    }
    expect([pool.running, pool.waiting]).toEqual([1, 2]);
    // The next dear one gets the first place that is free, though ordinary ones wait.
    const more = fill(pool, concurrency + 1);
    await settle();
    expect(pool.running).toBe(ordinary + 1);
    dear[0]?.end("dear");
    await dear[1]?.started;
    for (const { end } of [...dear, ...more]) end("done");
    await Promise.all([...dear, ...more].map(({ result }) => result));
    expect([pool.running, pool.waiting, pool.operations]).toEqual([0, 0, 8 + concurrency]);
  });

  it("refuses dear jobs when their own queue is full, and takes ordinary ones", async () => {
    const pool = new HashingPool({ concurrency: 2, maxQueue: 16 });
    const dear = fillDear(pool, 3, 2 ** 28);
    const error = await failureOf(pool.run(() => Promise.resolve("never"), { isDear: true }));
    expect(error).toBeInstanceOf(HashingOverloaded);
    expect((error as HashingOverloaded).retryAfterMs).toBe(3_000);
    pool.throwIfFull();
    // The memory of dear ones is no matter of the others.
    expect(await pool.run(() => Promise.resolve("now"), { memory: 2 ** 28 })).toBe("now");
    for (const { end } of dear) end("done");
    await Promise.all(dear.map(({ result }) => result));
  });
});
