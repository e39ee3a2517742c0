import { optionalTextNames } from "./field-rules.js";
import type { User } from "./user.js";

/** Most bytes of a message in a stream. Most gRPC clients refuse messages of more than 4 MiB. */
export const maxMessageBytes: number = 3 * 1024 * 1024;

/** At least as many bytes as a user takes in a message, at three for each UTF-16 unit: the most UTF-8 needs. */
export const userBytes = (user: User): number => {
  let units = user.email.length;
  for (const name of optionalTextNames) units += user[name]?.length ?? 0;
  for (const key in user.metadata) units += key.length + (user.metadata[key]?.length ?? 0) + 4;
  return 200 + 3 * units;
};
