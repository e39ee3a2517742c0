import { describe, expect, it } from "vitest";
import { toMetadata, toPairs } from "../../src/directory/metadata.js";

const keys = [
  ["plain", "plain"],
  ["a.b", "a.b"],
  ["a$", "a$"],
  ["constructor", "constructor"],
  ["$", "_$"],
  ["$ref", "_$ref"],
  ["_", "__"],
  ["_id", "__id"],
  ["_$ref", "__$ref"],
  ["__proto__", "___proto__"],
  ["_bsontype", "__bsontype"],
] as const;

describe("a metadata key", () => {
  it.each(keys)("%s is kept as %s and comes back", (key, kept) => {
    const metadata = toMetadata([[key, "value"]]);
    expect(Object.entries(metadata)).toEqual([[kept, "value"]]);
    expect(toPairs(metadata)).toEqual(new Map([[key, "value"]]));
  });

  it("is never mistaken for another one", () => {
    const pairs = new Map(keys.map(([key], i) => [key, String(i)]));
    expect(toPairs(toMetadata(pairs))).toEqual(pairs);
  });
});
