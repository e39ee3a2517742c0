import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { showProgress } from "../../src/commands/bulk/progress.js";

/** Standard error, as far as progress knows it. */
const stream = (isTTY: boolean) => {
  const written: string[] = [];
  const write = (text: string) => written.push(text) > 0;
  const methods = { isTTY, columns: 120, write, cursorTo: () => true, moveCursor: () => true, clearLine: () => true };
  return { written, stream: methods as unknown as NodeJS.WriteStream };
};

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("progress", () => {
  it("is a line every five seconds where there is no terminal", () => {
    const { written, stream: target } = stream(false);
    const progress = showProgress(1_000, target);
    progress.update(10_000, 250);
    vi.advanceTimersByTime(4_999);
    expect(written).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(written).toEqual(["10,000 rows, 2,000 rows/s, 25%, about 15 s left\n"]);
    progress.stop();
    vi.advanceTimersByTime(60_000);
    expect(written).toHaveLength(1);
  });

  it("does not say how much is left where the whole is not known", () => {
    const { written, stream: target } = stream(false);
    const progress = showProgress(undefined, target);
    progress.update(10_000);
    vi.advanceTimersByTime(5_000);
    expect(written).toEqual(["10,000 rows, 2,000 rows/s\n"]);
    progress.stop();
  });

  it("is a bar with the rate on a terminal", () => {
    const { written, stream: target } = stream(true);
    const progress = showProgress(1_000, target);
    vi.advanceTimersByTime(1_000);
    progress.update(500, 250);
    vi.advanceTimersByTime(1_000);
    progress.stop();
    expect(written.join("")).toMatch(/#+-+ 25%, \S+ left, 500 rows, 500 rows\/s/);
  });
});
