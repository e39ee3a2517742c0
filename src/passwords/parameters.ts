import { refuse } from "./problem.js";

/**
 * Reads `name=value` items: each of `names` exactly once, in any order, and nothing else. Values may hold "=", as padded
 * base64 does.
 */
export const readParameters = <Name extends string>(
  items: readonly string[],
  names: readonly Name[],
): Record<Name, string> => {
  const values = new Map<string, string>();
  for (const item of items) {
    const [, name = "", value = ""] = /^([a-z]+)=(.*)$/.exec(item) ?? [];
    if (!names.some((allowed) => allowed === name) || values.has(name)) break;
    values.set(name, value);
  }
  if (values.size !== names.length || items.length !== names.length) {
    refuse(`must have each of the parameters ${names.join(", ")} once, and no other`);
  }
  return Object.fromEntries(values) as Record<Name, string>;
};

/** Reads a whole number in decimal, without sign or leading zeros. */
export const readInteger = (text: string, name: string, min: number, max: number): number => {
  const number = /^(0|[1-9]\d{0,9})$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= min && number <= max)) refuse(`must have ${name} as a whole number from ${min} to ${max}`);
  return number;
};

/** The parts of `$a$b$c`, or undefined if there is no `$` in front or another number of parts. */
export const splitParts = (hash: string, count: number): string[] | undefined => {
  const [front, ...parts] = hash.split("$");
  return front === "" && parts.length === count ? parts : undefined;
};
