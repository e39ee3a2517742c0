import type { ErrorReason } from "../error.js";

/** One attempt to sign in, or to prove once more who one is. */
export interface Authentication {
  /** The address that was given, or that of the user. */
  readonly email: string;
  /** Absent when no user has the address. */
  readonly userId?: string;
  /** Of a sign-in through an organization's SSO connection. */
  readonly organizationId?: string;
  readonly connectionId?: string;
  /** As the caller gave them. */
  readonly ipAddress?: string;
  readonly userAgent?: string;
  /** What a sign-in that succeeded has set the user's `lastSignInAt` to. */
  readonly lastSignInAt?: Date;
  /** Why it failed. */
  readonly reason?: ErrorReason;
}
