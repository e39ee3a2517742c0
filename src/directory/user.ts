import type { Metadata } from "./metadata.js";

/** A user as the directory keeps it. The rules of each field are stated in `proto/roster/v1/user.proto`. */
export interface User {
  readonly id: string;
  /** As given, trimmed. */
  readonly email: string;
  /** What makes `email` unique: see `Email.normalized`. */
  readonly normalizedEmail: string;
  readonly emailVerified: boolean;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly name?: string;
  readonly profilePictureUrl?: string;
  readonly externalId?: string;
  readonly metadata: Metadata;
  readonly locale?: string;
  readonly lastSignInAt?: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly revision: number;
}
