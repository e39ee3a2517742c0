import { describe, expect, it } from "vitest";
import { requestKey } from "../../src/directory/commit/request-key.js";

const pairs: [string, string][] = [
  ["a", "1"],
  ["b", "2"],
];
const request = { requestId: "id", name: "Ada", tags: ["x", "y"], metadata: new Map(pairs), revision: 1n };
const fingerprint = (method: string, given: { requestId: string }) => requestKey(method, given).request?.fingerprint;

const same: [name: string, given: { requestId: string }][] = [
  ["itself", request],
  ["one with its pairs in another order", { ...request, metadata: new Map(pairs.toReversed()) }],
  ["one with its fields in another order", Object.fromEntries(Object.entries(request).toReversed()) as typeof request],
  ["one with an absent field as undefined", { ...request, locale: undefined } as typeof request],
];

const other: [name: string, given: { requestId: string }][] = [
  ["another text", { ...request, name: "ada" }],
  ["an empty text", { ...request, name: "" }],
  ["a field more", { ...request, locale: "" } as typeof request],
  ["another order of an array", { ...request, tags: ["y", "x"] }],
  ["another value of a pair", { ...request, metadata: new Map([...pairs, ["b", "3"]]) }],
  ["keys and values exchanged", { ...request, metadata: new Map(pairs.map(([key, value]) => [value, key])) }],
  ["a pair less", { ...request, metadata: new Map(pairs.slice(1)) }],
  ["another number", { ...request, revision: 2n }],
];

describe("the fingerprint of a request", () => {
  it.each(same)("is that of %s", (_name, given) => {
    expect(fingerprint("Update", given)).toBe(fingerprint("Update", request));
  });

  it.each(other)("is not that of one with %s", (_name, given) => {
    expect(fingerprint("Update", given)).not.toBe(fingerprint("Update", request));
  });

  it("is not that of the same request to another method", () => {
    expect(fingerprint("Create", request)).not.toBe(fingerprint("Update", request));
  });

  it("comes with the request id, and only where there is one", () => {
    expect(requestKey("Update", request).request?.requestId).toBe("id");
    expect(requestKey("Update", { ...request, requestId: "" })).toEqual({});
  });
});
