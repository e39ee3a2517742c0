import type { User as UserMessage } from "../../../gen/ts/roster/v1/user.js";
import { toPairs } from "../../directory/metadata.js";
import type { User } from "../../directory/user.js";
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
});
