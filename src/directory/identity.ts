import type { Metadata } from "./metadata.js";

/** The link of a user to a subject at an SSO connection; see `proto/roster/v1/identity.proto`. */
export interface Identity {
  /** The connection and the subject: see `identityId`. */
  readonly id: string;
  readonly userId: string;
  readonly connectionId: string;
  readonly idpId: string;
  /** The address that the profile carried last, as it came. */
  readonly email: string;
  readonly normalizedEmail: string;
  readonly attributes: Metadata;
  readonly createdAt: Date;
  readonly lastSignInAt: Date;
  readonly revision: number;
}

/** Both parts may hold any printable character, so neither of these can be taken for a border. */
export const identityId = (connectionId: string, idpId: string): string => JSON.stringify([connectionId, idpId]);
