import { randomFillSync } from "node:crypto";
import { decodeTime, encodeTime, incrementBase32, monotonicFactory, ulid as randomUlid } from "ulid";

/** What an id names, and so what it starts with. */
export type IdPrefix = "user" | "org" | "om" | "event" | "key";

// The library draws sixteen numbers for an id; by default each is a call of the system's generator.
const pool = new Uint8Array(4_096);
let used = pool.length;
const random = (): number => {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return (pool[used++] ?? 0) / 256;
};

const ulidPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** Makes the ids of a clock: see `Clock.newId`. */
export const idMaker = (now: () => Date): ((prefix: IdPrefix) => string) => {
  const ulid = monotonicFactory(random);
  return (prefix) => `${prefix}_${ulid(now().getTime())}`;
};

/** An id that sorts by this time. */
export const idAt = (prefix: IdPrefix, time: Date): string => `${prefix}_${randomUlid(time.getTime(), random)}`;

/** Whether `value` has the form of an id of this kind. */
export const isId = (prefix: IdPrefix, value: string): boolean =>
  value.startsWith(`${prefix}_`) && ulidPattern.test(value.slice(prefix.length + 1));

/** The least ULID of this millisecond. */
export const ulidAt = (time: Date): string => `${encodeTime(time.getTime(), 10)}${"0".repeat(16)}`;

// Ids that are looked at one after another are often of the same millisecond.
let [lastPart, lastTime] = ["", 0];
const timeOf = (ulidText: string): number => {
  const part = ulidText.slice(0, 10);
  if (part !== lastPart) [lastPart, lastTime] = [part, decodeTime(ulidText)];
  return lastTime;
};

/** When an id was made, to the millisecond. */
export const timeOfId = (id: string): Date => new Date(timeOf(id.slice(id.indexOf("_") + 1)));

/** An id greater than `previous`, whichever process made that one: with the time `now`, or of `previous` if later. */
export const idAfter = (prefix: IdPrefix, previous: string, now: Date): string => {
  const last = previous.slice(prefix.length + 1);
  return now.getTime() > timeOf(last) ? idAt(prefix, now) : `${prefix}_${incrementBase32(last)}`;
};
