/**
 * Makes a function that runs `work`, but never twice at a time: a call while it runs makes it run once more. The promise
 * is for a run that began after the call; it rejects when a run up to that one fails.
 */
export const oneAtATime = (work: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> | undefined;
  let again = false;
  const run = async () => {
    try {
      do {
        again = false;
        await work();
      } while (again);
    } finally {
      // In the same step as the look at `again`, so that no call comes in between and is forgotten.
      running = undefined;
    }
  };
  return () => {
    again = true;
    running ??= run();
    return running;
  };
};
