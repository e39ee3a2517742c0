import type { Identity as IdentityMessage } from "../../../gen/ts/roster/v1/identity.js";
import type { Identity } from "../../directory/identity.js";
import { toPairs } from "../../directory/metadata.js";
import { toTimestamp } from "../timestamp.js";

/** An identity as clients see it. */
export const toIdentityMessage = (identity: Identity): IdentityMessage => ({
  userId: identity.userId,
  connectionId: identity.connectionId,
  idpId: identity.idpId,
  email: identity.email,
  attributes: toPairs(identity.attributes),
  createdAt: toTimestamp(identity.createdAt),
  lastSignInAt: toTimestamp(identity.lastSignInAt),
});
