import type { Timestamp } from "../../gen/ts/google/protobuf/timestamp.js";

/** A time of millisecond precision as protobuf has it; `nanos` counts forward, also before 1970. */
export const toTimestamp = (date: Date): Timestamp => {
  const ms = date.getTime();
  const seconds = Math.floor(ms / 1_000);
  return { seconds: BigInt(seconds), nanos: (ms - seconds * 1_000) * 1_000_000 };
};
