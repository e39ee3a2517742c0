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

const ulid = monotonicFactory(random);
const ulidPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/**
 * Makes an id that sorts behind every id that this process has made before, or one that sorts by a time in the past or
 * elsewhere.
 */
export const newId = (prefix: IdPrefix, at?: Date): string =>
  `${prefix}_${at === undefined ? ulid() : randomUlid(at.getTime(), random)}`;

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

/** An id greater than `previous`, whichever process made that one: with the time of now, or of `previous` if later. */
export const idAfter = (prefix: IdPrefix, previous: string): string => {
  const last = previous.slice(prefix.length + 1);
  const now = Math.max(Date.now(), timeOf(last));
  const next = now > timeOf(last) ? randomUlid(now, random) : incrementBase32(last);
  return `${prefix}_${next}`;
};
