/** One attempt to sign in, or to prove once more who one is. */
export interface Authentication {
  /** The address that was given, or that of the user. */
  readonly email: string;
  /** Absent when no user has the address. */
  readonly userId?: string;
  /** As the caller gave them. */
  readonly ipAddress?: string;
  readonly userAgent?: string;
}
