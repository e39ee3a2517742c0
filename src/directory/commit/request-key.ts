import { createHash } from "node:crypto";
import type { NewPassword } from "../new-password.js";
import type { Mutation } from "./mutation.js";

/**
 * The fields that the version before does not know, and that are absent where they have their default: its fingerprint of
 * the same request is the same then. It is another one where they are given, so no request is taken for one without them.
 */
const addedFields: readonly string[] = ["clearMetadata", "removePassword", "erase"];

/**
 * The `request` of a mutation that a call of `method` with `request` makes: none when the request has no id. A password is
 * left out: a retry with another one gets the first answer. A password hash is apart from the rest: it may be quick to make,
 * and then a plain fingerprint of it is as good as the password to whoever reads the database.
 */
export const requestKey = (
  method: string,
  request: { requestId: string } & NewPassword,
): Pick<Mutation<unknown>, "request"> => {
  if (request.requestId === "") return {};
  const { password: _password, passwordHash, ...rest } = request;
  for (const name of addedFields) {
    const given = rest as Record<string, unknown>;
    if (given[name] === false) delete given[name];
  }
  const fingerprint = createHash("sha256")
    .update(canonical([method, rest]))
    .digest("base64");
  const secret = passwordHash && canonical(passwordHash);
  return { request: { requestId: request.requestId, fingerprint, ...(secret !== undefined && { secret }) } };
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
