import type { Timestamp } from "../../gen/ts/google/protobuf/timestamp.js";

/** A time of millisecond precision as protobuf has it; `nanos` counts forward, also before 1970. */
export const toTimestamp = (date: Date): Timestamp => {
  const ms = date.getTime();
  const seconds = Math.floor(ms / 1_000);
  return { seconds: BigInt(seconds), nanos: (ms - seconds * 1_000) * 1_000_000 };
};

/** The time, cut to milliseconds. NaN for one that is out of protobuf's range. */
export const toDate = (timestamp: Timestamp | undefined): Date | undefined =>
  timestamp && new Date(isInRange(timestamp) ? toMs(timestamp) : Number.NaN);

/** From the year 1 to the year 9999. */
const isInRange = ({ seconds, nanos }: Timestamp): boolean =>
  seconds >= -62_135_596_800n && seconds <= 253_402_300_799n && nanos >= 0 && nanos <= 999_999_999;

const toMs = ({ seconds, nanos }: Timestamp): number => Number(seconds) * 1_000 + Math.floor(nanos / 1_000_000);
