/**
 * Makes a function that runs `work`, but never twice at a time: all calls while it runs share the next run. The promise is
 * for a run that began after the call, and rejects when that one fails.
 */
export const oneAtATime = (work: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const run = async () => {
    next = undefined;
    try {
      await work();
    } finally {
      running = undefined;
    }
  };
  const start = () => {
    running = run();
    return running;
  };
  return () => {
    if (next === undefined && running === undefined) return start();
    next ??= (running as Promise<void>).then(start, start);
    return next;
  };
};
