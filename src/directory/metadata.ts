/**
 * The caller's pairs as the directory keeps them. A key that starts with `$` or `_` is kept behind another `_`: names
 * like `$ref`, `_bsontype` and `__proto__` mean something to MongoDB, to its driver and to JavaScript.
 */
export type Metadata = Readonly<Record<string, string>>;

const special = /^[$_]/;

/** The pairs as the directory keeps them. */
export const toMetadata = (pairs: Iterable<readonly [string, string]>): Metadata =>
  Object.fromEntries(Array.from(pairs, ([key, value]) => [special.test(key) ? `_${key}` : key, value]));

/** The pairs as the caller knows them. */
export const toPairs = (metadata: Metadata): Map<string, string> => {
  const pairs = new Map<string, string>();
  for (const [key, value] of Object.entries(metadata)) pairs.set(key.startsWith("_") ? key.slice(1) : key, value);
  return pairs;
};
