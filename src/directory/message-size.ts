import { optionalTextNames } from "./field-rules.js";
import type { User } from "./user.js";

/** Most bytes of a message in a stream. Most gRPC clients refuse messages of more than 4 MiB. */
export const maxMessageBytes: number = 3 * 1024 * 1024;

/**
 * At least as many bytes as a user takes, in a message or in the database: three for each UTF-16 unit, the most UTF-8
 * needs, and the names of all fields.
 */
export const userBytes = (user: User): number => {
  let units = user.email.length;
  for (const name of optionalTextNames) units += user[name]?.length ?? 0;
  for (const key in user.metadata) units += key.length + (user.metadata[key]?.length ?? 0) + 10;
  return 600 + 3 * units;
};
