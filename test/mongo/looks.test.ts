import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { Looks } from "../../src/mongo/looks.js";

/** Looks that end when they are told to. */
const startLooks = () => {
  const ends: ((error?: Error) => void)[] = [];
  const looks = new Looks(
    () => new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve()))),
  );
  return { looks, ends };
};

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Whether a promise is settled by now. */
const isSettled = async (promise: Promise<void>): Promise<boolean> => {
  let settled = false;
  const note = () => {
    settled = true;
  };
  promise.then(note, note);
  await turn();
  return settled;
};

describe("a look", () => {
  it("is shared by all who ask before it begins, and by nobody who asks after that", async () => {
    const { looks, ends } = startLooks();
    const together = [looks.look(), looks.look()];
    await turn();
    const later = [looks.look(), looks.look()];
    await turn();
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await Promise.all(together);
    expect(await isSettled(later[0] as Promise<void>)).toBe(false);
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await Promise.all(later);
  });

  it("begins together with the reads beside it, whose answers wait for its end", async () => {
    const { looks, ends } = startLooks();
    const first = looks.look();
    await turn();
    const begun: string[] = [];
    const reads = ["a", "b"].map((name) =>
      looks.beside(async () => {
        begun.push(name);
        return name;
      }),
    );
    await turn();
    expect(begun).toEqual([]);
    ends[0]?.();
    await first;
    await turn();
    expect(begun).toEqual(["a", "b"]);
    expect(await isSettled(Promise.all(reads).then(() => {}))).toBe(false);
    ends[1]?.();
    expect(await Promise.all(reads)).toEqual(["a", "b"]);
  });

  it("does not wait for one that hangs", async () => {
    const { looks, ends } = startLooks();
    const hanging = looks.look();
    await turn();
    const waiting = looks.look();
    while (ends.length < 2) await sleep(10);
    ends[1]?.();
    await waiting;
    ends[0]?.();
    await hanging;
  });

  it("that fails, fails for those who share it alone", async () => {
    const { looks, ends } = startLooks();
    const failing = [looks.look(), looks.look()];
    await turn();
    const next = looks.look();
    await turn();
    ends[0]?.(new Error("stepped down"));
    for (const look of failing) await expect(look).rejects.toThrow("stepped down");
    await turn();
    ends[1]?.();
    await expect(next).resolves.toBeUndefined();
  });
});
