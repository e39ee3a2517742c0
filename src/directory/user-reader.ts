import type { Email } from "./email.js";
import type { KeyRange, RangeAnswer } from "./lists/range.js";
import type { User, UserStatus } from "./user.js";

/** Which users a list is about; what is absent does not filter. */
export interface UserFilter {
  readonly normalizedEmail?: string;
  readonly externalIds?: readonly string[];
  readonly ids?: readonly string[];
  readonly status?: UserStatus | undefined;
}

/**
 * How fresh an answer has to be. "fastest": a primary that was replaced and does not know it yet may answer, without the
 * changes of its successor, for some seconds at most.
 */
export type ReadConsistency = "strongest" | "fastest";

/**
 * Reads users. Where nothing else is asked for, a read sees every change that was acknowledged before it was asked for, and nothing that could still be
 * rolled back. Every method rejects with DATABASE_UNAVAILABLE when the database cannot be read.
 */
export interface UserReader {
  byId(id: string, consistency?: ReadConsistency): Promise<User | undefined>;
  byExternalId(externalId: string, consistency?: ReadConsistency): Promise<User | undefined>;
  /** The user of an address: see `userByEmail`. */
  byEmail(email: Email, consistency?: ReadConsistency): Promise<User | undefined>;
  /** The users that exist, in no order. At most 1,000 ids. */
  byIds(ids: readonly string[], signal: AbortSignal, consistency?: ReadConsistency): Promise<User[]>;
  /** The users of one range that match the filter. */
  range(filter: UserFilter, range: KeyRange, signal: AbortSignal): Promise<RangeAnswer<User>>;
  /**
   * The active members of an organization who match the filter, for one list that reads range after range. Who is a member
   * may be known from up to a second before a range is read, but not from before the first one.
   */
  membersOf(
    organizationId: string,
    filter: UserFilter,
    signal: AbortSignal,
  ): (range: KeyRange) => Promise<RangeAnswer<User>>;
}
