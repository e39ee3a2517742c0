import { createHash } from "node:crypto";
import type { NewPassword } from "../new-password.js";
import type { Mutation } from "./mutation.js";

/**
 * The `request` of a mutation that a call of `method` with `request` makes: none when the request has no id. Passwords are
 * left out: a hash that is quick to make is as good as the password to whoever reads the database.
 */
export const requestKey = (
  method: string,
  request: { requestId: string } & NewPassword,
): Pick<Mutation<unknown>, "request"> => {
  if (request.requestId === "") return {};
  const { password: _password, passwordHash: _passwordHash, ...rest } = request;
  const fingerprint = createHash("sha256")
    .update(canonical([method, rest]))
    .digest("base64");
  return { request: { requestId: request.requestId, fingerprint } };
};

/**
 * The same text for equal values, whatever the order of their properties and map entries, and whether an absent property
 * is named: a server that knows one field more must recognize the requests of one that does not.
 */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === "bigint") return part.toString();
    if (part instanceof Map) return [...part].toSorted(byKey);
    if (part === null || typeof part !== "object" || Array.isArray(part)) return part;
    return Object.entries(part)
      .filter(([, property]) => property !== undefined)
      .toSorted(byKey);
  });

const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0);
