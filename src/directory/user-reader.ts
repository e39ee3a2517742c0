import type { User } from "./user.js";

/** Which users a list is about; what is absent does not filter. */
export interface UserFilter {
  readonly normalizedEmail?: string;
  readonly externalIds?: readonly string[];
  readonly ids?: readonly string[];
}

/** A stretch of users in the order of their ids. */
export interface UserRange {
  readonly filter: UserFilter;
  readonly direction: "ascending" | "descending";
  /** Only users behind this id in the direction; with `inclusive`, also the user with this id. */
  readonly from?: { readonly id: string; readonly inclusive: boolean };
  /** Most users to return. */
  readonly limit: number;
}

/**
 * Reads users. A read sees every change that was acknowledged before it was asked for, and nothing that could still be
 * rolled back. Every method rejects with DATABASE_UNAVAILABLE when the database cannot be read.
 */
export interface UserReader {
  byId(id: string): Promise<User | undefined>;
  byExternalId(externalId: string): Promise<User | undefined>;
  byNormalizedEmail(normalizedEmail: string): Promise<User | undefined>;
  /** The users that exist, in no order. At most 1,000 ids. */
  byIds(ids: readonly string[], signal: AbortSignal): Promise<User[]>;
  /** One range. `more`: whether the range goes on; it may do so before `limit` is reached when users are very large. */
  range(range: UserRange, signal: AbortSignal): Promise<{ users: User[]; more: boolean }>;
}
