import type { FieldChecker } from "./field-checker.js";
import { type Metadata, toMetadata, toPairs } from "./metadata.js";

/** What a request changes in the caller's data. */
export interface MetadataChange {
  /** Everything goes before anything is added. */
  readonly clearMetadata?: boolean | undefined;
  readonly metadata: ReadonlyMap<string, string>;
  readonly removeMetadata: readonly string[];
}

/** Checks what is added and what is removed. */
export const checkMetadataChange = (check: FieldChecker, change: MetadataChange): void => {
  check.metadata(change.metadata);
  checkRemovedMetadata(check, change);
};

/** Checks what is removed, where what is added was checked already. */
export const checkRemovedMetadata = (check: FieldChecker, { metadata, removeMetadata }: MetadataChange): void => {
  check.items("remove_metadata", removeMetadata, 0, 50).forEach((key, i) => {
    if (metadata.has(key)) check.fail(`remove_metadata[${i}]`, "must not be a key that metadata has as well");
  });
};

/** The data after the change. It holds once `check` is done. */
export const withMetadataChange = (
  check: FieldChecker,
  current: Metadata,
  { clearMetadata = false, metadata, removeMetadata }: MetadataChange,
): Metadata => {
  const result = toPairs(clearMetadata ? {} : current);
  for (const key of removeMetadata) result.delete(key);
  for (const [key, value] of metadata) result.set(key, value);
  check.metadataSize("metadata", result.size);
  return toMetadata(result);
};

export const isSameMetadata = (a: Metadata, b: Metadata): boolean => {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key]);
};
