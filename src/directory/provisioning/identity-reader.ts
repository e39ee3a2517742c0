import type { Identity } from "../identity.js";
import type { KeyRange, RangeAnswer } from "../lists/range.js";

/** An identity in a list of its connection's, where its subject is what names it. */
export interface IdentityOfConnection {
  /** The subject. */
  readonly id: string;
  readonly identity: Identity;
}

/** Reads identities. Promises of `UserReader` hold here too. */
export interface IdentityReader {
  /** By connection and subject: see `identityId`. */
  byId(id: string): Promise<Identity | undefined>;
  /** Those of a user, oldest first. */
  byUserId(userId: string, signal: AbortSignal): Promise<Identity[]>;
  /** Those of a connection in one range of their subjects. */
  ofConnection(connectionId: string, range: KeyRange, signal: AbortSignal): Promise<RangeAnswer<IdentityOfConnection>>;
}
