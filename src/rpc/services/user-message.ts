import { UserStatus as StatusMessage, type User as UserMessage } from "../../../gen/ts/roster/v1/user.js";
import { toPairs } from "../../directory/metadata.js";
import { statusOf, type User, type UserStatus } from "../../directory/user.js";
import { toTimestamp } from "../timestamp.js";

/** A user as clients see it. */
export const toUserMessage = (user: User): UserMessage => ({
  id: user.id,
  email: user.email,
  emailVerified: user.emailVerified,
  firstName: user.firstName,
  lastName: user.lastName,
  name: user.name,
  profilePictureUrl: user.profilePictureUrl,
  externalId: user.externalId,
  metadata: toPairs(user.metadata),
  locale: user.locale,
  lastSignInAt: user.lastSignInAt && toTimestamp(user.lastSignInAt),
  createdAt: toTimestamp(user.createdAt),
  updatedAt: toTimestamp(user.updatedAt),
  revision: BigInt(user.revision),
  status: toStatusMessage(statusOf(user)),
});

/** A user's status as clients see it. */
export const toStatusMessage = (status: UserStatus): StatusMessage =>
  status === "active" ? StatusMessage.ACTIVE : StatusMessage.INACTIVE;

/** A status that clients give: undefined where it is not set, "unknown" where this server does not know it. */
export const fromStatusMessage = (status: StatusMessage): UserStatus | "unknown" | undefined => {
  switch (status) {
    case StatusMessage.UNSPECIFIED:
      return undefined;
    case StatusMessage.ACTIVE:
      return "active";
    case StatusMessage.INACTIVE:
      return "inactive";
    default:
      return "unknown";
  }
};
