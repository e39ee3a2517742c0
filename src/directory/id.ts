import { monotonicFactory } from "ulid";

/** What an id names, and so what it starts with. */
export type IdPrefix = "user";

const ulid = monotonicFactory();
const ulidPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** Makes an id that sorts behind every id that this process has made before. */
export const newId = (prefix: IdPrefix): string => `${prefix}_${ulid()}`;

/** Whether `value` has the form of an id of this kind. */
export const isId = (prefix: IdPrefix, value: string): boolean =>
  value.startsWith(`${prefix}_`) && ulidPattern.test(value.slice(prefix.length + 1));
