/** How many failures within the window there may be for one email. */
export const maxFailures = 10;
/** For how long a failure counts. */
export const failureWindowMs = 10 * 60_000;

/** An attempt that was let in: a failure until something else is said of it. */
export interface Attempt {
  /** It was a success: the failures for the email are forgotten, this one too. */
  succeeded(): Promise<void>;
  /** Nothing came of it: it does not count. */
  withdraw(): Promise<void>;
}

/** Counts failures for each email, on all servers together. */
export interface Attempts {
  /**
   * Lets an attempt in and counts it as a failure in the same step, so that attempts at the same time cannot slip past the
   * limit together. When there are too many, says how long until the next may come.
   */
  begin(normalizedEmail: string): Promise<Attempt | { retryAfterMs: number }>;
}
