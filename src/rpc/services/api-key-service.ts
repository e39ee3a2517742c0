import * as v1 from "../../../gen/ts/roster/v1/api_key_service.js";
import type { ApiKeys } from "../../directory/api-keys/api-keys.js";
import type { Adapter } from "../adapter.js";
import { type Method, method } from "../service.js";
import { toDate } from "../timestamp.js";
import { toApiKeyMessage } from "./api-key-message.js";
import { toDirection } from "./direction.js";

/** `roster.v1.ApiKeyService`. */
export const apiKeyService = (apiKeys: ApiKeys, adapter: Adapter): Record<keyof v1.ApiKeyServiceService, Method> => ({
  createApiKey: method(
    v1.CreateApiKeyRequest,
    v1.CreateApiKeyResponse,
    adapter.unary(async (request, call) => {
      const { key, secret } = await apiKeys.create({ ...request, expiresAt: toDate(request.expiresAt) }, call);
      return { apiKey: toApiKeyMessage(key), secret };
    }),
  ),
  listApiKeys: method(
    v1.ListApiKeysRequest,
    v1.ListApiKeysResponse,
    adapter.serverStream("lookup", async function* (request: v1.ListApiKeysRequest, call) {
      const pages = apiKeys.list({ ...request, order: toDirection(request.order) }, call.signal);
      for await (const { items, before, after } of pages) {
        yield { apiKeys: items.map(toApiKeyMessage), listMetadata: { before, after } };
      }
    }),
  ),
  revokeApiKey: method(
    v1.RevokeApiKeyRequest,
    v1.RevokeApiKeyResponse,
    adapter.unary(async (request, call) => ({ apiKey: toApiKeyMessage(await apiKeys.revoke(request, call)) })),
  ),
});
