import { foldedEmailOf } from "./email.js";
import type { User } from "./user.js";

/** An email as failures are counted for it. */
export interface EmailForms {
  /** By which this version counts: one count for users whose addresses have become one. See `Email.folded`. */
  readonly folded: string;
  /** By which the version before counts. See `Email.normalized`. */
  readonly normalized: string;
}

/** The forms of a user's email. */
export const emailFormsOf = (user: Pick<User, "email" | "normalizedEmail">): EmailForms => ({
  folded: foldedEmailOf(user),
  normalized: user.normalizedEmail,
});

/** Whose password is tried, and from where. */
export interface AttemptOf {
  /** The folded email (`Email.folded`), whether a user has it or not. */
  readonly email: string;
  /** The network that the user signs in from (`networkOf`). Absent where the caller did not tell it. */
  readonly network?: string | undefined;
}

/** How many failures there may be within the window. */
export interface AttemptLimits {
  /** For one email from one network. Attempts without one count as from one of their own. */
  readonly maxFailures: number;
  readonly maxFailuresPerEmail: number;
  /** From one network. Attempts without one have no such count. */
  readonly maxFailuresPerAddress: number;
  readonly windowMs: number;
}

/**
 * An attempt that was let in. It holds a place in each of its counts until the first of these is called, and for a minute
 * at most: then it counts as a failure, for its server has died. None of these throws: a place that could not be given
 * back becomes a failure in the same way.
 */
export interface Attempt {
  /** The failures for this email from this network are taken back, in all counts, and no others. */
  succeeded(): Promise<void>;
  failed(): Promise<void>;
  /** Nothing was tried: it does not count. */
  withdraw(): Promise<void>;
}

/** An attempt that was not let in. */
export interface Refusal {
  /** How long until enough failures are out of the window; 0 where only attempts under way stand in the way. */
  readonly retryAfterMs: number;
}

/** Counts attempts on all servers together, by the database's clock. */
export interface Attempts {
  /**
   * Lets an attempt in and gives it its places in the same step, so that attempts at the same time cannot slip past a limit
   * together; or tells what stands in the way.
   */
  begin(attempt: AttemptOf): Promise<Attempt | Refusal>;
  /** Takes back all failures for these emails. Attempts under way go on, and count when they fail. */
  forget(emails: readonly EmailForms[]): Promise<void>;
}
