import type { Credential } from "./credential.js";

/** Reads the passwords of users. Promises of `UserReader` hold here too. */
export interface CredentialReader {
  byUserId(userId: string): Promise<Credential | undefined>;
}
