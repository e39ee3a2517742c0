import type { Timestamp } from "../../../gen/ts/google/protobuf/timestamp.js";

const pattern = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

/** Reads RFC 3339, as proto JSON has it; undefined when the text is something else. */
export const parseTimestamp = (text: string): Timestamp | undefined => {
  const [, date, time, fraction = "", zone] = pattern.exec(text) ?? [];
  const day = Date.parse(`${date}T00:00:00Z`);
  // The engine takes the 30th of February for a day in March.
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== date) return undefined;
  const ms = Date.parse(`${date}T${time}${zone}`);
  if (Number.isNaN(ms)) return undefined;
  return { seconds: BigInt(ms / 1_000), nanos: Number(fraction.padEnd(9, "0")) };
};

/** The time that is so many milliseconds after 1970; undefined when that is no time of proto JSON. */
export const timestampOfMs = (ms: number): Timestamp | undefined => {
  if (!(ms >= -62_135_596_800_000 && ms <= 253_402_300_799_999)) return undefined;
  const seconds = Math.floor(ms / 1_000);
  return { seconds: BigInt(seconds), nanos: Math.floor(ms - seconds * 1_000) * 1_000_000 };
};

/** Writes RFC 3339 in UTC, with milliseconds, which is what Roster keeps. */
export const formatTimestamp = ({ seconds, nanos }: Timestamp): string =>
  new Date(Number(seconds) * 1_000 + Math.floor(nanos / 1_000_000)).toISOString();
