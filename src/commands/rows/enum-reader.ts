import { RowProblem } from "./row-problem.js";

/**
 * Reads the values of an enum by their names, with the prefix that all of them have or without it, in large letters or small
 * ones, or by their numbers. `path` is where the value stands in a row.
 */
export const enumReader =
  (values: Readonly<Record<string, string | number>>, prefix: string, path: string) =>
  (value: unknown): number => {
    const short = typeof value === "string" ? value.toUpperCase().replace(prefix, "") : value;
    const number = typeof short === "string" ? values[short] : short;
    const known = typeof number === "number" && number >= 0 && typeof values[number] === "string";
    if (known) return number;
    const names = Object.keys(values).filter((name) => Number(values[name]) > 0);
    throw new RowProblem(`must be one of ${names.join(", ")}`, path);
  };
