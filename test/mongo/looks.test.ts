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
    const later = looks.look();
    await turn();
    expect(ends).toHaveLength(2);
    ends[0]?.();
    await Promise.all(together);
    expect(await isSettled(later)).toBe(false);
    ends[1]?.();
    await later;
  });

  it("begins when one of two that are under way ends, with all who have asked meanwhile", async () => {
    const { looks, ends } = startLooks();
    const first = looks.look();
    await turn();
    const second = looks.look();
    await turn();
    const waiting = [looks.look(), looks.look()];
    await turn();
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await second;
    await turn();
    expect(ends).toHaveLength(3);
    ends[2]?.();
    await Promise.all(waiting);
    ends[0]?.();
    await first;
  });

  it("does not wait for others that hang", async () => {
    const { looks, ends } = startLooks();
    const hanging = [looks.look()];
    await turn();
    hanging.push(looks.look());
    await turn();
    const waiting = looks.look();
    while (ends.length < 3) await sleep(10);
    ends[2]?.();
    await waiting;
    for (const end of ends) end();
    await Promise.all(hanging);
  });

  it("that fails, fails for those who share it alone", async () => {
    const { looks, ends } = startLooks();
    const failing = [looks.look(), looks.look()];
    await turn();
    const next = looks.look();
    await turn();
    ends[0]?.(new Error("stepped down"));
    ends[1]?.();
    for (const look of failing) await expect(look).rejects.toThrow("stepped down");
    await expect(next).resolves.toBeUndefined();
  });
});
