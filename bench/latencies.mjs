const warmUpSeconds = 4;

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

/**
 * Keeps `inFlight` calls under way, and counts those of `seconds` after a time in which both sides warm up: what is
 * measured is compiled code. `call` is given the number of its lane.
 */
export const measureCalls = async ({ inFlight, seconds, call }) => {
  const latencies = [];
  const begin = performance.now() + warmUpSeconds * 1_000;
  const end = begin + seconds * 1_000;
  await Promise.all(
    Array.from({ length: inFlight }, async (_, lane) => {
      while (performance.now() < end) {
        const started = performance.now();
        await call(lane);
        const now = performance.now();
        if (started >= begin && now <= end) latencies.push((now - started) * 1_000);
      }
    }),
  );
  return { ...summarize(latencies, seconds), warmUpSeconds };
};
