import type { Actor, CallContext } from "../call-context.js";
import type { Clock } from "../clock.js";
import type { PendingEvent } from "../events/event.js";
import { FieldChecker } from "../field-checker.js";
import type { Page } from "../lists/list-request.js";
import type { ApiKey } from "./api-key.js";
import type { ApiKeyStore } from "./api-key-store.js";
import { type CreateApiKey, type CreatedApiKey, newApiKey } from "./create-api-key.js";
import { apiKeyNotFound } from "./errors.js";
import { type ListApiKeys, listApiKeys } from "./list-api-keys.js";

/** What the operations on keys work with. */
export interface ApiKeysParts {
  readonly store: ApiKeyStore;
  readonly clock: Clock;
  /** Is told what was done with a key, and by whom. */
  onChange(what: "created" | "revoked", key: ApiKey, actor: Actor | undefined): void;
}

/** The operations on API keys, as `ApiKeyService` promises them. */
export class ApiKeys {
  readonly #store: ApiKeyStore;
  readonly #clock: Clock;
  readonly #onChange: ApiKeysParts["onChange"];

  constructor({ store, clock, onChange }: ApiKeysParts) {
    this.#store = store;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  async create(request: CreateApiKey, { actor }: Pick<CallContext, "actor"> = {}): Promise<CreatedApiKey> {
    const { stored, created } = newApiKey(request, this.#clock);
    await this.#store.insert(stored, { type: "api_key.created", apiKey: created.key, ...(actor && { actor }) });
    this.#onChange("created", created.key, actor);
    return created;
  }

  list(request: ListApiKeys, signal: AbortSignal): AsyncGenerator<Page<ApiKey>> {
    return listApiKeys(request, this.#store, signal);
  }

  async revoke({ id }: { readonly id: string }, { actor }: Pick<CallContext, "actor"> = {}): Promise<ApiKey> {
    const check = new FieldChecker();
    check.id("key", "id", id);
    check.done();
    const eventOf = (apiKey: ApiKey): PendingEvent => ({ type: "api_key.revoked", apiKey, ...(actor && { actor }) });
    const revoked = await this.#store.revoke(id, this.#clock.now(), eventOf);
    if (revoked === undefined) throw apiKeyNotFound(id);
    if (revoked.revokedNow) this.#onChange("revoked", revoked.key, actor);
    return revoked.key;
  }
}
