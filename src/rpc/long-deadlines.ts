import type { IncomingHttpHeaders, ServerHttp2Stream } from "node:http2";

// Milliseconds in 31 bits, in the units of which eight digits may be more.
const longest: Readonly<Record<string, number>> = { H: 596, M: 35_791, S: 2_147_483 };
const longestTimeout = `${longest["S"]}S`;

/** A `grpc-timeout`, or the longest that grpc-js can count, 24.8 days, when it is longer. What is not one is left alone. */
export const countableTimeout = (timeout: string): string => {
  const max = longest[timeout.at(-1) ?? ""];
  if (max === undefined) return timeout;
  const digits = timeout.slice(0, -1);
  return Number(digits) > max && /^\d+$/.test(digits) ? longestTimeout : timeout;
};

/** To be called before grpc-js reads the headers of a call: a deadline that it cannot count would be over at once. */
export const shortenDeadline = (_stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void => {
  const timeout = headers["grpc-timeout"];
  if (typeof timeout === "string") headers["grpc-timeout"] = countableTimeout(timeout);
};
