import { describe, expect, it } from "vitest";
import { Coalescer } from "../../src/mongo/coalescer.js";

/** A query that is answered when the test says so. */
interface Sent {
  readonly keys: string[];
  answer(values: Record<string, number>): void;
  fail(error: Error): void;
}

const coalesce = (options = {}) => {
  const sent: Sent[] = [];
  const coalescer = new Coalescer<number>(
    (keys) =>
      new Promise((resolve, reject) => {
        sent.push({ keys, answer: (values) => resolve(new Map(Object.entries(values))), fail: reject });
      }),
    options,
  );
  return { sent, get: (key: string) => coalescer.get(key) };
};

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("concurrent reads", () => {
  it("go together in one query, each key once, and each gets its own answer", async () => {
    const { sent, get } = coalesce();
    const reads = ["a", "b", "a", "c"].map(get);
    await turn();
    expect(sent.map(({ keys }) => keys)).toEqual([["a", "b", "c"]]);
    sent[0]?.answer({ a: 1, c: 3 });
    expect(await Promise.all(reads)).toEqual([1, undefined, 1, 3]);
  });

  it("never join a query that was sent: its answer may be older than they are", async () => {
    const { sent, get } = coalesce();
    const first = get("a");
    await turn();
    const second = get("a");
    await turn();
    expect(sent.map(({ keys }) => keys)).toEqual([["a"], ["a"]]);
    sent[1]?.answer({ a: 2 });
    expect(await second).toBe(2);
    sent[0]?.answer({ a: 1 });
    expect(await first).toBe(1);
  });

  it("wait while as many queries as allowed are under way, and then go together", async () => {
    const { sent, get } = coalesce({ maxInFlight: 1 });
    const first = get("a");
    await turn();
    const waiting = [get("b")];
    await turn();
    waiting.push(get("c"));
    await turn();
    expect(sent).toHaveLength(1);
    sent[0]?.answer({ a: 1 });
    expect(await first).toBe(1);
    await turn();
    expect(sent.map(({ keys }) => keys)).toEqual([["a"], ["b", "c"]]);
    sent[1]?.answer({ b: 2, c: 3 });
    expect(await Promise.all(waiting)).toEqual([2, 3]);
  });

  it("go in several queries when there are many", async () => {
    const { sent, get } = coalesce({ maxKeys: 2 });
    const reads = ["a", "b", "c", "d", "e"].map(get);
    for (let done = 0; done < 3; done++) {
      await expect.poll(() => sent.length).toBeGreaterThan(done);
      sent[done]?.answer(Object.fromEntries((sent[done]?.keys ?? []).map((key) => [key, key.charCodeAt(0)])));
    }
    expect(sent.map(({ keys }) => keys)).toEqual([["a", "b"], ["c", "d"], ["e"]]);
    expect(await Promise.all(reads)).toEqual([97, 98, 99, 100, 101]);
  });

  it("fail together with their query, and the next ones are not concerned", async () => {
    const { sent, get } = coalesce();
    const reads = Promise.allSettled([get("a"), get("b")]);
    await turn();
    const error = new Error("away");
    sent[0]?.fail(error);
    expect(await reads).toEqual([
      { status: "rejected", reason: error },
      { status: "rejected", reason: error },
    ]);
    const next = get("a");
    await turn();
    sent[1]?.answer({ a: 1 });
    expect(await next).toBe(1);
  });
});
