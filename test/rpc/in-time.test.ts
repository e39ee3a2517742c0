import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { databaseUnavailable } from "../../src/mongo/error.js";
import { ErrorReason, type RosterError } from "../../src/directory/error.js";
import { inTime } from "../../src/rpc/in-time.js";

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});

afterEach(() => {
  vi.useRealTimers();
});

/** From when to when the database is away. */
type Outage = readonly [from: number, to: number];

interface Wait {
  readonly startedAt?: number;
  readonly deadline?: number;
  readonly outages?: readonly Outage[];
  /** When the work is done. */
  readonly doneAt?: number;
}

/** How a wait ends that begins now, and when. */
const outcome = async ({ startedAt = 0, deadline = Number.POSITIVE_INFINITY, outages = [], doneAt }: Wait) => {
  const databaseAwaySince = () => outages.find(([from, to]) => from <= Date.now() && Date.now() < to)?.[0];
  const work = () =>
    new Promise<string>((resolve) => {
      if (doneAt !== undefined) setTimeout(() => resolve("done"), doneAt - Date.now());
    });
  const givenUp: RosterError[] = [];
  const wait = inTime({ databaseAwaySince, databaseUnavailable }, { startedAt, deadline }, work, (error) =>
    givenUp.push(error),
  );
  const ended = wait.then(
    (done) => [done, Date.now()],
    (error: RosterError) => {
      expect(givenUp).toEqual([error]);
      return [ErrorReason[error.reason], Date.now()];
    },
  );
  await vi.advanceTimersByTimeAsync(100_000);
  expect(vi.getTimerCount()).toBe(0);
  return ended;
};

const forEver = Number.POSITIVE_INFINITY;

const cases: [name: string, wait: Wait, end: [what: string, at: number]][] = [
  ["work that is done", { doneAt: 60_000 }, ["done", 60_000]],
  ["a database that was away before", { outages: [[-9_000, forEver]] }, ["DATABASE_UNAVAILABLE", 5_000]],
  ["a database that goes away", { outages: [[12_000, forEver]] }, ["DATABASE_UNAVAILABLE", 17_000]],
  [
    "a database that is away for a moment, again and again",
    {
      outages: [1, 5, 10, 15, 20].map((s) => [s * 1_000 - 500, s * 1_000 + 2_500] as const),
      doneAt: 60_000,
    },
    ["done", 60_000],
  ],
  [
    "a database that comes back and goes away again",
    {
      outages: [
        [0, 4_000],
        [4_500, forEver],
      ],
    },
    ["DATABASE_UNAVAILABLE", 9_500],
  ],
  ["a deadline", { deadline: 20_000 }, ["DEADLINE_EXCEEDED", 19_900]],
  ["a short deadline", { deadline: 500 }, ["DEADLINE_EXCEEDED", 450]],
  [
    "a deadline while the database is away",
    { deadline: 2_000, outages: [[0, forEver]] },
    ["DATABASE_UNAVAILABLE", 1_900],
  ],
];

describe("a wait", () => {
  it.each(cases)("for %s", async (_name, wait, end) => {
    expect(await outcome(wait)).toEqual(end);
  });
});

describe("a later wait of the same call", () => {
  it("has what is left of the five seconds", async () => {
    vi.setSystemTime(3_000);
    expect(await outcome({ startedAt: 0, outages: [[-1_000, forEver]] })).toEqual(["DATABASE_UNAVAILABLE", 5_000]);
  });

  it("is given up at once when nothing is left", async () => {
    vi.setSystemTime(8_000);
    expect(await outcome({ startedAt: 0, outages: [[1_000, forEver]] })).toEqual(["DATABASE_UNAVAILABLE", 8_000]);
  });

  it("has five seconds for a database that goes away only now", async () => {
    vi.setSystemTime(60_000);
    expect(await outcome({ startedAt: 0, outages: [[60_000, forEver]] })).toEqual(["DATABASE_UNAVAILABLE", 65_000]);
  });
});
