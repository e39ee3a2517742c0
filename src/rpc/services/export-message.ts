import type { ImportRow } from "../../../gen/ts/roster/v1/import.js";
import type { ExportedUser } from "../../directory/export/export-users.js";
import { formatPasswordHash } from "../../passwords/index.js";
import { toTimestamp } from "../timestamp.js";
import { toPasswordHashMessage } from "./password-hash.js";
import { toUserMessage } from "./user-message.js";

/** A user as an import takes it. */
export const toRowMessage = (user: ExportedUser): ImportRow => {
  const { updatedAt: _updatedAt, revision: _revision, ...row } = toUserMessage(user);
  return {
    ...row,
    lastSignInAt: row.lastSignInAt,
    createdAt: toTimestamp(user.createdAt),
    password: undefined,
    passwordHash: user.password && toPasswordHashMessage(formatPasswordHash(user.password)),
  };
};
