import { isDeepStrictEqual } from "node:util";
import type { PasswordCredential } from "../passwords/index.js";
import type { Mutation } from "./commit/mutation.js";
import type { Credential } from "./credential.js";
import { ErrorReason } from "./error.js";
import type { Authentication } from "./events/authentication.js";
import { laterThan } from "./later-than.js";
import { statusOf, type User } from "./user.js";

/** A sign-in with the right password. */
export interface SignIn {
  readonly userId: string;
  /** What the password was checked against. */
  readonly credential: Credential;
  /** What to keep instead. */
  readonly upgraded: PasswordCredential | undefined;
  readonly about: Authentication;
}

/**
 * The mutation of a sign-in. Its result is undefined, and nothing is changed, when the user or the password is not what it
 * was when the password was checked. It is the user as it is, inactive, when the user is: then the failure is told.
 *
 * A sign-in is no change of the user: the revision stays, and its own event tells the time.
 */
export const signIn = ({ userId, credential, upgraded, about }: SignIn): Mutation<User | undefined> => ({
  lookups: [
    { table: "users", key: "id", value: userId },
    { table: "credentials", key: "id", value: userId },
  ],
  apply: (draft) => {
    const user = draft.users.find("id", userId);
    const current = draft.credentials.find("id", userId);
    // Not the revision alone: that of a password which was set behind a removed one begins anew.
    if (user === undefined || current === undefined || !isDeepStrictEqual(current, credential)) return undefined;
    if (statusOf(user) === "inactive") {
      const reason = ErrorReason.USER_INACTIVE;
      draft.tell({ type: "authentication.password_failed", authentication: { ...about, reason } });
      return user;
    }
    if (upgraded) draft.credentials.put({ ...current, password: upgraded });
    const lastSignInAt = laterThan(user.lastSignInAt, draft.now);
    draft.tell({ type: "authentication.password_succeeded", authentication: { ...about, lastSignInAt } });
    return draft.users.amend({ ...user, lastSignInAt });
  },
});
