import { describe, expect, it } from "vitest";
import { Turns } from "../src/turns.js";

describe("turns", () => {
  const { signal } = new AbortController();

  it("are taken as long as there are any, and then in the order of asking", async () => {
    const turns = new Turns(2);
    const begun: string[] = [];
    const begin = (name: string, given = signal) =>
      turns.begin({ signal: given }).then(
        () => begun.push(name),
        (reason) => begun.push(`${name}: ${reason}`),
      );
    const impatient = new AbortController();
    const all = [begin("a"), begin("b"), begin("c"), begin("d", impatient.signal), begin("e")];
    await Promise.all(all.slice(0, 2));
    expect(begun).toEqual(["a", "b"]);
    impatient.abort("enough");
    await all[3];
    turns.end();
    turns.end();
    await Promise.all(all);
    expect(begun).toEqual(["a", "b", "d: enough", "c", "e"]);
    turns.end();
    turns.end();
    await Promise.all([begin("f"), begin("g")]);
    expect(begun.slice(5)).toEqual(["f", "g"]);
  });

  it("are not waited for by who has left already", async () => {
    const turns = new Turns(1);
    await turns.begin();
    await expect(turns.begin({ signal: AbortSignal.abort("left") })).rejects.toBe("left");
    turns.end();
    await turns.begin();
  });

  it("are taken by the urgent ones first, and end with what is done in them, also when it fails", async () => {
    const turns = new Turns(1);
    const done: string[] = [];
    const take = (name: string, isUrgent: boolean) =>
      turns.take(
        async () => {
          done.push(name);
          if (name === "b") throw new Error(name);
        },
        { isUrgent },
      );
    const all = [take("a", false), take("c", false), take("b", true), take("d", false)];
    expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
    expect(done).toEqual(["a", "b", "c", "d"]);
  });

  it("come to the others, too, however many urgent ones wait", async () => {
    const turns = new Turns(1);
    const done: string[] = [];
    const take = (name: string, isUrgent: boolean) => turns.take(async () => done.push(name), { isUrgent });
    const urgent = Array.from({ length: 6 }, (_, i) => take(`urgent ${i}`, true));
    await Promise.all([...urgent, take("other", false)]);
    expect(done.indexOf("other")).toBe(5);
  });

  it("last as long as they may at most, and are not given away twice", async () => {
    const turns = new Turns(1);
    const done: string[] = [];
    const ends: (() => void)[] = [];
    const work = (name: string) => () => new Promise<void>((end) => ends.push(end)).then(() => done.push(name));
    const long = turns.take(work("long"), { atMostMs: 5 });
    const next = turns.take(work("next"));
    await turns.begin({ signal: AbortSignal.timeout(50) }).catch(() => done.push("not yet"));
    ends[0]?.();
    await long;
    const last = turns.take(async () => done.push("last"));
    await new Promise(setImmediate);
    ends[1]?.();
    await Promise.all([next, last]);
    expect(done).toEqual(["not yet", "long", "next", "last"]);
  });
});
