import { FieldChecker } from "../field-checker.js";
import { keysetList } from "../lists/keyset-list.js";
import { checkListRequest, type ListRequest, type Page } from "../lists/list-request.js";
import { apiKeyBytes } from "../message-size.js";
import type { ApiKey } from "./api-key.js";
import type { ApiKeyStore } from "./api-key-store.js";

/** What `ListApiKeys` takes. */
export type ListApiKeys = ListRequest;

/** Checks the request and returns the pages. */
export const listApiKeys = (
  request: ListApiKeys,
  store: Pick<ApiKeyStore, "range">,
  signal: AbortSignal,
): AsyncGenerator<Page<ApiKey>> => {
  const check = new FieldChecker();
  const part = checkListRequest(check, "key", request);
  check.done();

  return keysetList({ range: (range) => store.range(range, signal), bytesOf: apiKeyBytes }, part);
};
