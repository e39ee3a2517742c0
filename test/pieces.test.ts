import { describe, expect, it } from "vitest";
import { piecesOf } from "../src/pieces.js";

const cut = (items: readonly number[], maxItems?: number) => [
  ...piecesOf(items, { maxBytes: 10, bytesOf: (item) => item, ...(maxItems !== undefined && { maxItems }) }),
];

describe("piecesOf", () => {
  it.each([
    { name: "nothing", items: [], pieces: [] },
    { name: "what fits as one piece, also when it fills it", items: [3, 3, 4], pieces: [[3, 3, 4]] },
    { name: "in front of what is too much", items: [3, 3, 5, 5, 1], pieces: [[3, 3], [5, 5], [1]] },
    { name: "an item that is too large by itself", items: [1, 11, 1], pieces: [[1], [11], [1]] },
  ])("cuts $name", ({ items, pieces }) => {
    expect(cut(items)).toEqual(pieces);
  });

  it("cuts behind so many items", () => {
    expect(cut([1, 1, 1, 1, 1], 2)).toEqual([[1, 1], [1, 1], [1]]);
  });
});
