import type { Entity } from "./commit/table.js";
import { parseEmail } from "./email.js";
import type { Authentication } from "./events/authentication.js";
import { type PendingEvent, userIdOf } from "./events/event.js";
import { type Identity, identityId } from "./identity.js";
import type { Membership } from "./membership.js";
import type { User } from "./user.js";

/** What is still to be erased of a user who was deleted. It is gone when all is done. */
export interface Erasure {
  /** Of the user. */
  readonly id: string;
  readonly revision: number;
  /** The addresses that the user is known to have had, as they were given. */
  readonly emails: readonly string[];
  readonly requestedAt: Date;
  /** The last entry of the log of which everything about the user is erased. Absent at first. */
  readonly reached?: number;
  /** Until then it is the work of the server that has taken it up. Absent at first. */
  readonly lockedUntil?: Date;
}

/**
 * What is left of an event about a user who is erased: ids that Roster gave, and those of connections, times, revisions, the
 * type and the actor. Not the ids that others gave to the person (`externalId`, `idpId`, `requestId`): they may say anything.
 */
export const erasedEvent = <E extends PendingEvent>(event: E): E => {
  const { previousAttributes: _previous, requestId: _request, ...kept } = event;
  const { user, membership, identity, authentication } = event;
  return {
    ...kept,
    ...(user && { user: erasedUser(user) }),
    ...(membership && { membership: erasedMembership(membership) }),
    ...(identity && { identity: erasedIdentity(identity) }),
    ...(authentication && { authentication: erasedAuthentication(authentication) }),
    erased: true,
  } as unknown as E;
};

/** What is left of a remembered answer about a user who is erased: what servers that do not know erasures can answer. */
export const erasedAnswer = (result: unknown): unknown => {
  const { user, membership, ...rest } = result as { user?: User; membership?: Membership };
  if (user) return { ...rest, user: erasedUser(user), ...(membership && { membership: erasedMembership(membership) }) };
  return "userId" in rest ? erasedMembership(result as Membership) : erasedUser(result as User);
};

/** Every address in an event. */
export const emailsIn = ({ user, identity, authentication, previousAttributes }: PendingEvent): string[] =>
  [user?.email, identity?.email, authentication?.email, previousAttributes?.email].filter(
    (email): email is string => typeof email === "string" && email !== "",
  );

/** What tells whether an event is about a user, or of a sign-in by one of these addresses that found nobody. */
export const isAboutErased = ({ id, emails }: Pick<Erasure, "id" | "emails">): ((event: PendingEvent) => boolean) => {
  const folded = new Set(emails.map(fold));
  return (event) => {
    const userId = userIdOf(event);
    if (userId !== undefined) return userId === id;
    return event.authentication !== undefined && folded.has(fold(event.authentication.email));
  };
};

const fold = (email: string): string => {
  const parsed = parseEmail(email);
  return "folded" in parsed ? parsed.folded : email;
};

// The values in place of what is gone are such that servers which do not know erasures can deliver the event.

const revisionAndTimes = <T extends Entity & { createdAt: Date; updatedAt: Date }>({
  createdAt,
  updatedAt,
  revision,
}: T) => ({ createdAt, updatedAt, revision });

const erasedUser = (user: User): User => ({
  id: user.id,
  email: "",
  normalizedEmail: "",
  emailVerified: false,
  metadata: {},
  ...(user.lastSignInAt && { lastSignInAt: user.lastSignInAt }),
  ...revisionAndTimes(user),
});

const erasedMembership = (membership: Membership): Membership => ({
  id: membership.id,
  userId: membership.userId,
  organizationId: membership.organizationId,
  pair: membership.pair,
  organizationName: "",
  status: "inactive",
  role: "",
  ...revisionAndTimes(membership),
});

const erasedIdentity = ({ userId, connectionId, createdAt, lastSignInAt, revision }: Identity): Identity => ({
  id: identityId(connectionId, ""),
  userId,
  connectionId,
  idpId: "",
  email: "",
  normalizedEmail: "",
  attributes: {},
  createdAt,
  lastSignInAt,
  revision,
});

const erasedAuthentication = (about: Authentication): Authentication => {
  const { email: _email, ipAddress: _address, userAgent: _agent, reason: _reason, ...kept } = about;
  return { email: "", ...kept };
};
