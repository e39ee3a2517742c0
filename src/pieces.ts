/** How large a piece may be. A single item may be larger: it is a piece by itself then. */
export interface PieceLimits<T> {
  readonly maxBytes: number;
  readonly bytesOf: (item: T) => number;
  /** Default: any number. */
  readonly maxItems?: number;
}

/** Cuts items into pieces, in their order, none of them empty. */
export function* piecesOf<T>(
  items: readonly T[],
  { maxBytes, bytesOf, maxItems = Number.POSITIVE_INFINITY }: PieceLimits<T>,
): Generator<readonly T[]> {
  let start = 0;
  let bytes = 0;
  for (const [i, item] of items.entries()) {
    const more = bytesOf(item);
    if (i > start && (bytes + more > maxBytes || i - start >= maxItems)) {
      yield items.slice(start, i);
      start = i;
      bytes = 0;
    }
    bytes += more;
  }
  if (start < items.length) yield items.slice(start);
}
