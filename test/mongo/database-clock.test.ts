import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { timeOfId } from "../../src/directory/id.js";
import { ClockWatch, DatabaseClock, type Reading } from "../../src/mongo/database-clock.js";

const [second, day] = [1_000, 24 * 60 * 60_000];
const start = Date.UTC(2026, 0, 2);

/** The clock of a server's machine stands at `start`; what the monotonic one shows is told by the tests. */
beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ["Date", "performance"] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** The answer to a question that was sent now, and was on its way for so long. */
const ask = (time: number, tookMs = 0): Reading => {
  const sentAt = performance.now();
  vi.advanceTimersByTime(tookMs);
  return { time: new Date(time), sentAt, receivedAt: performance.now() };
};

describe("the database's clock", () => {
  it("is what the primary told and what has passed since, the way of the answer halved", () => {
    const clock = new DatabaseClock(ask(start + 7 * day, 40));
    expect(clock.now()).toEqual(new Date(start + 7 * day + 20));
    vi.advanceTimersByTime(90 * second);
    expect(clock.now()).toEqual(new Date(start + 7 * day + 20 + 90 * second));
  });

  it.each([
    ["100 days ahead", 100 * day],
    ["an hour behind", -60 * 60 * second],
  ])("stays where it is when the server's clock is set %s, and tells by how much that is off", (_name, offMs) => {
    const clock = new DatabaseClock(ask(start));
    vi.setSystemTime(start + offMs);
    expect(clock.now()).toEqual(new Date(start));
    expect(timeOfId(clock.newId("user"))).toEqual(new Date(start));
    expect(clock.serverAheadMs).toBe(offMs);
  });

  // A time is told in whole milliseconds: it may be almost one more.
  it.each<[name: string, toldMs: number, tookMs: number, movedMs: number]>([
    ["a slow answer that it may agree with", -300, 400, 0],
    ["a quick one", -300, 100, -199],
    ["a step back", -40 * second, 0, -40 * second + 1],
    ["a step ahead", 40 * second, 0, 40 * second],
  ])("moves by what %s proves and no further", (_name, toldMs, tookMs, movedMs) => {
    const clock = new DatabaseClock(ask(start));
    vi.advanceTimersByTime(second);
    clock.learn(ask(start + second + tookMs + toldMs, tookMs));
    expect(clock.now().getTime() - (start + second + tookMs)).toBe(movedMs);
  });

  it("goes back with the database's, and its ids go on from the last one", () => {
    const clock = new DatabaseClock(ask(start));
    const before = [clock.newId("user"), clock.newId("user")];
    clock.learn(ask(start - 40 * second));
    expect(clock.now().getTime()).toBeLessThanOrEqual(start - 40 * second + 1);
    const behind = [clock.newId("user"), clock.newId("user")];
    vi.advanceTimersByTime(41 * second);
    const all = [...before, ...behind, clock.newId("user")];
    expect(all).toEqual(all.toSorted());
    expect(new Set(all).size).toBe(5);
  });
});

describe("a server whose clock is off", () => {
  it("says so once beyond five seconds, again when that changes, and when it is over", () => {
    const said: string[] = [];
    const clock = new DatabaseClock(ask(start));
    const watch = new ClockWatch(clock, {
      info: (line) => said.push(line),
      warn: ({ offsetSeconds }, line) => said.push(`${offsetSeconds}: ${line.replace(/:.*/, "")}`),
    });
    for (const aheadMs of [0, 5 * second, 6 * second, 8 * second, 100 * day, -40 * second, -4 * second, 0]) {
      vi.setSystemTime(start + aheadMs);
      watch.look();
    }
    expect(said).toEqual([
      "6: the clock of this server is 6 s ahead of the database's",
      "8640000: the clock of this server is 8640000 s ahead of the database's",
      "-40: the clock of this server is 40 s behind the database's",
      "the clock of this server agrees with the database's again",
    ]);
  });
});
