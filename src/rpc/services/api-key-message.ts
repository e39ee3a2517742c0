import type { ApiKey as ApiKeyMessage } from "../../../gen/ts/roster/v1/api_key_service.js";
import type { ApiKey } from "../../directory/api-keys/api-key.js";
import { toTimestamp } from "../timestamp.js";

/** A key as clients see it. */
export const toApiKeyMessage = (key: ApiKey): ApiKeyMessage => ({
  id: key.id,
  name: key.name,
  scopes: [...key.scopes],
  createdAt: toTimestamp(key.createdAt),
  expiresAt: key.expiresAt && toTimestamp(key.expiresAt),
  lastUsedAt: key.lastUsedAt && toTimestamp(key.lastUsedAt),
  revokedAt: key.revokedAt && toTimestamp(key.revokedAt),
});
