import { describe, expect, it } from "vitest";
import { toDate, toTimestamp } from "../../src/rpc/timestamp.js";

const times: [seconds: bigint, nanos: number, time: string][] = [
  [-62_135_596_800n, 0, "0001-01-01T00:00:00.000Z"],
  [-1n, 500_000_000, "1969-12-31T23:59:59.500Z"],
  [0n, 0, "1970-01-01T00:00:00.000Z"],
  [1_700_000_000n, 123_000_000, "2023-11-14T22:13:20.123Z"],
  [253_402_300_799n, 999_000_000, "9999-12-31T23:59:59.999Z"],
];

const outOfRange: [seconds: bigint, nanos: number][] = [
  [-62_135_596_801n, 0],
  [253_402_300_800n, 0],
  [281_474_976_711n, 0],
  [8_640_000_000_000n, 0],
  [2n ** 63n - 1n, 0],
  [-(2n ** 63n), 0],
  [0n, -1],
  [0n, 1_000_000_000],
];

describe("a timestamp", () => {
  it.each(times)("%d s and %d ns is the time %s", (seconds, nanos, time) => {
    expect(toDate({ seconds, nanos })).toEqual(new Date(time));
    expect(toTimestamp(new Date(time))).toEqual({ seconds, nanos });
  });

  it("is cut to milliseconds", () => {
    expect(toDate({ seconds: 1n, nanos: 1_999_999 })).toEqual(new Date(1_001));
  });

  it.each(outOfRange)("%d s and %d ns is out of range", (seconds, nanos) => {
    expect(toDate({ seconds, nanos })?.getTime()).toBeNaN();
  });
});
