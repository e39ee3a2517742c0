import { userInactive } from "./error.js";
import type { Metadata } from "./metadata.js";

/** Whether a user may sign in. */
export const userStatuses = ["active", "inactive"] as const;

/** One of `userStatuses`. */
export type UserStatus = (typeof userStatuses)[number];

/** A user as the directory keeps it. The rules of each field are stated in `proto/roster/v1/user.proto`. */
export interface User {
  readonly id: string;
  /** As given, trimmed. */
  readonly email: string;
  /** What made `email` unique in versions before `foldedEmail`, and still does: see `Email.normalized`. */
  readonly normalizedEmail: string;
  /**
   * What makes `email` unique: see `Email.folded`. Absent where another user has it already, and in what servers of older
   * versions write. Those keep it when they change the email: `holdsFoldedEmail` tells whether it is the email's.
   */
  readonly foldedEmail?: string;
  /** The `foldedEmail` that this user would have, were it not another user's. */
  readonly wantedEmail?: string;
  /** There may be users who want this user's `foldedEmail`. */
  readonly emailIsWanted?: true;
  readonly emailVerified: boolean;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly name?: string;
  readonly profilePictureUrl?: string;
  readonly externalId?: string;
  readonly metadata: Metadata;
  readonly locale?: string;
  readonly lastSignInAt?: Date;
  /** Absent: active. So are users whom servers of versions without it have stored. */
  readonly status?: "inactive";
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly revision: number;
}

/** The user's status. */
export const statusOf = ({ status }: Pick<User, "status">): UserStatus => status ?? "active";

/** The user with another status, as it is stored. */
export const withStatus = ({ status: _status, ...user }: User, status: UserStatus): User =>
  status === "inactive" ? { ...user, status } : user;

/** Returns the user, or throws USER_INACTIVE. */
export const requireActive = (user: User): User => {
  if (user.status === "inactive") throw userInactive(user.id);
  return user;
};
