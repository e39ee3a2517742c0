import type { PendingEvent } from "../events/event.js";
import type { KeyRange, RangeAnswer } from "../lists/range.js";
import type { ApiKey, StoredApiKey } from "./api-key.js";

/** Keeps API keys. Throws nothing but a RosterError, or the reason of a signal. */
export interface ApiKeyStore {
  /** Adds a key together with its event. Resolves when a majority of the database's members has both. */
  insert(key: StoredApiKey, event: PendingEvent): Promise<void>;
  /** Sees every change that was acknowledged before. Concurrent calls share queries. */
  byId(id: string): Promise<StoredApiKey | undefined>;
  /** The keys of one range. */
  range(range: KeyRange, signal: AbortSignal): Promise<RangeAnswer<ApiKey>>;
  /**
   * Revokes a key together with the event of it, unless that was done before; undefined when there is none. Acknowledged
   * as `insert`.
   */
  revoke(
    id: string,
    at: Date,
    eventOf: (revoked: ApiKey) => PendingEvent,
  ): Promise<{ readonly key: ApiKey; readonly revokedNow: boolean } | undefined>;
  /** Notes when keys were last used, in one write. A time that is earlier than the one noted changes nothing. */
  markUsed(times: ReadonlyMap<string, Date>): Promise<void>;
}
