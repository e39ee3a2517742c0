import { setTimeout as sleep } from "node:timers/promises";

/** Waits for `done`, but no longer than `ms`. What becomes of it later, good or bad, is of no interest. */
export const within = async (done: Promise<unknown>, ms: number): Promise<void> => {
  const timer = new AbortController();
  const timedOut = sleep(Math.max(0, ms), undefined, { signal: timer.signal }).catch(() => {});
  await Promise.race([done.catch(() => {}), timedOut]);
  timer.abort();
};
