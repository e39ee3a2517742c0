import type { KeyRange, RangeAnswer } from "../lists/range.js";
import type { ApiKey, StoredApiKey } from "./api-key.js";

/** Keeps API keys. Throws nothing but a RosterError, or the reason of a signal. */
export interface ApiKeyStore {
  /** Resolves when a majority of the database's members has the key. */
  insert(key: StoredApiKey): Promise<void>;
  /** Sees every change that was acknowledged before. Concurrent calls share queries. */
  byId(id: string): Promise<StoredApiKey | undefined>;
  /** The keys of one range. */
  range(range: KeyRange, signal: AbortSignal): Promise<RangeAnswer<ApiKey>>;
  /** Revokes a key, unless that was done before; undefined when there is none. Acknowledged as `insert`. */
  revoke(id: string, at: Date): Promise<{ readonly key: ApiKey; readonly revokedNow: boolean } | undefined>;
  /** Notes when keys were last used, in one write. A time that is earlier than the one noted changes nothing. */
  markUsed(times: ReadonlyMap<string, Date>): Promise<void>;
}
