import { describe, expect, it } from "vitest";
import { oneAtATime } from "../../src/mongo/events/one-at-a-time.js";

/** Work that is over when it is told to be. */
const startWork = () => {
  const ends: ((error?: Error) => void)[] = [];
  const run = oneAtATime(
    () => new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve()))),
  );
  return { run, ends };
};

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("work that is done one at a time", () => {
  it("is done once more, however often it was asked for while it ran", async () => {
    const { run, ends } = startWork();
    const first = run();
    const later = [run(), run()];
    await turn();
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await turn();
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await Promise.all([first, ...later]);
    expect(ends).toHaveLength(2);
  });

  it("is not forgotten when it is asked for in the very moment in which it ends", async () => {
    for (let steps = 0; steps < 10; steps++) {
      const { run, ends } = startWork();
      void run();
      ends[0]?.();
      for (let step = 0; step < steps; step++) await Promise.resolve();
      void run();
      await turn();
      expect(ends).toHaveLength(2);
    }
  });

  it("can be asked for again after it failed", async () => {
    const { run, ends } = startWork();
    const failing = run();
    ends[0]?.(new Error("away"));
    await expect(failing).rejects.toThrow("away");
    const next = run();
    ends[1]?.();
    await expect(next).resolves.toBeUndefined();
  });
});
