import type { Identity } from "../identity.js";

/** Reads identities. */
export interface IdentityReader {
  /** Those of a user, oldest first. */
  byUserId(userId: string, signal: AbortSignal): Promise<Identity[]>;
}
