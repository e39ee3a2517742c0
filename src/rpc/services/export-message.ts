import type { ImportRow } from "../../../gen/ts/roster/v1/import.js";
import type { ExportedUser } from "../../directory/export/export-users.js";
import { toPairs } from "../../directory/metadata.js";
import { statusOf } from "../../directory/user.js";
import { formatPasswordHash } from "../../passwords/index.js";
import { toTimestamp } from "../timestamp.js";
import { toPasswordHashMessage } from "./password-hash-message.js";
import { toStatusMessage } from "./user-message.js";

/** A user as an import takes it: everything but what the directory counts itself. */
export const toRowMessage = ({ user, password }: ExportedUser): ImportRow => ({
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
  status: toStatusMessage(statusOf(user)),
  password: undefined,
  passwordHash: password && toPasswordHashMessage(formatPasswordHash(password)),
});
