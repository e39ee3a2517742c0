/** Signals that ask a program to stop. */
const stopSignals = ["SIGTERM", "SIGINT"] as const;

/**
 * How long further signals count as the same request, in milliseconds. A terminal sends SIGINT to every process of the
 * group, and npm forwards its own copy to the program that it runs.
 */
const sameRequestMs = 1_000;

/**
 * Calls `stop` at the first SIGTERM or SIGINT. A signal more than a second later asks to end at once: it calls `endNow`.
 * Returns a function that gives the signals back to Node.js.
 */
export const onStopSignals = (stop: (signal: NodeJS.Signals) => void, endNow: () => void): (() => void) => {
  let firstAt: number | undefined;
  const receive = (signal: NodeJS.Signals) => {
    const now = performance.now();
    if (firstAt === undefined) {
      firstAt = now;
      stop(signal);
    } else if (now - firstAt >= sameRequestMs) {
      endNow();
    }
  };
  for (const signal of stopSignals) process.on(signal, receive);
  return () => {
    for (const signal of stopSignals) process.off(signal, receive);
  };
};
