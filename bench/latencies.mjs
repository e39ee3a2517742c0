/** The value below which `share` of the sorted numbers lie. */
export const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

/** Calls per second and latencies in milliseconds of `latencies` (microseconds) that took `seconds` in all. */
export const summarize = (latencies, seconds) => {
  const sorted = Float64Array.from(latencies).sort();
  return {
    calls: sorted.length,
    perSecond: sorted.length / seconds,
    p50: percentile(sorted, 0.5) / 1_000,
    p99: percentile(sorted, 0.99) / 1_000,
  };
};
