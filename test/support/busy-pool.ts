import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { HashingPool } from "../../src/passwords/index.js";

/** Keeps places of the pool and its queue taken by `jobs` jobs while `work` is done. */
export const whileBusy = async (pool: HashingPool, jobs: number, work: () => Promise<unknown>): Promise<void> => {
  const end = new AbortController();
  const ended = once(end.signal, "abort");
  const running = Array.from({ length: jobs }, () => pool.run(() => ended));
  try {
    await work();
  } finally {
    end.abort();
    await Promise.all(running);
  }
};

/** Waits until so many jobs wait in the pool. */
export const untilWaiting = async (pool: HashingPool, jobs: number): Promise<void> => {
  while (pool.waiting !== jobs) await sleep(5);
};
