import type { Credential } from "./credential.js";

/** Reads the passwords of users. Promises of `UserReader` hold here too. */
export interface CredentialReader {
  byUserId(userId: string): Promise<Credential | undefined>;
  /** The passwords of these users, in no order. At most 1,000 ids. */
  byUserIds(userIds: readonly string[], signal: AbortSignal): Promise<Credential[]>;
}
