import type { Scope } from "./scope.js";

/** A key by which a caller shows who it is. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly expiresAt?: Date;
  /** To about a minute. */
  readonly lastUsedAt?: Date;
  readonly revokedAt?: Date;
}

/** A key with what its secret is compared with. */
export interface StoredApiKey extends ApiKey {
  /** SHA-256 of the whole secret, in base64. */
  readonly secretHash: string;
}
