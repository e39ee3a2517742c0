import type { Mutation } from "../commit/mutation.js";
import { requestKey } from "../commit/request-key.js";
import type { Draft } from "../commit/working-set.js";
import { domainOf } from "../domain.js";
import {
  domainNotVerified,
  emailNotVerified,
  ErrorReason,
  membershipInactive,
  organizationNotFound,
  RosterError,
  tooManyIdentities,
} from "../error.js";
import { FieldChecker } from "../field-checker.js";
import { type Identity, identityId } from "../identity.js";
import { laterThan } from "../later-than.js";
import { defaultRole, type Membership, newMembership, pairOf } from "../membership.js";
import { withChanges } from "../memberships/change.js";
import { toMetadata } from "../metadata.js";
import type { Organization } from "../organization.js";
import { requireActive, type User } from "../user.js";
import { addUser, emailLookups, findByEmail, requireFit, withRightToEmail } from "../user-email.js";
import { newUser } from "../user-fields.js";

/** What `ProvisionUser` takes: the profile that an SSO connection of an organization brings. Empty is the same as absent. */
export interface ProvisionUser {
  readonly organizationId: string;
  readonly connectionId: string;
  readonly idpId: string;
  readonly email: string;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly profilePictureUrl?: string | undefined;
  readonly attributes: ReadonlyMap<string, string>;
  readonly requestId: string;
}

/** How the user was found or made, as `ProvisionUserResponse.Outcome` tells it. */
export type ProvisionOutcome = "existing identity" | "linked" | "created";

/** What a sign-in gives: the user, and the membership with the name that the organization has now. */
export interface Provisioned extends Partial<TakenAway> {
  readonly user: User;
  readonly membership: Membership;
  readonly outcome: ProvisionOutcome;
}

/** Older ways to sign in that a user has lost, because the email was not proven when they came to be. */
interface TakenAway {
  readonly passwordRemoved: boolean;
  readonly identitiesRemoved: number;
}

const profileTexts = ["firstName", "lastName", "profilePictureUrl"] as const;

// So that a response of ListIdentities stays below 4 MiB, with the largest attributes in all of them.
const maxIdentities = 25;

/** Whom a profile is about, and how that was found out. */
interface Person {
  /** Undefined where there is none yet. */
  readonly stored: User | undefined;
  /** The user as the profile's email makes it. */
  readonly user: User;
  readonly identity: Identity | undefined;
  readonly outcome: ProvisionOutcome;
  readonly takenAway: TakenAway;
}

/** Why a profile is refused that breaks no rule of its fields. */
const refusals: readonly ErrorReason[] = [
  ErrorReason.DOMAIN_NOT_VERIFIED,
  ErrorReason.EMAIL_NOT_VERIFIED,
  ErrorReason.ORGANIZATION_MEMBERSHIP_INACTIVE,
  ErrorReason.TOO_MANY_IDENTITIES,
  ErrorReason.USER_INACTIVE,
];

/** The mutation that tells of a sign-in that failed with this error; undefined where it is no refusal. */
export const ssoFailure = (request: ProvisionUser, error: unknown): Mutation<undefined> | undefined => {
  if (!(error instanceof RosterError) || !refusals.includes(error.reason)) return undefined;
  const { organizationId, connectionId, requestId } = request;
  const email = new FieldChecker().email("email", request.email);
  const subject = identityId(connectionId, request.idpId);
  return {
    lookups: [{ table: "identities", key: "id", value: subject }, ...emailLookups(email)],
    ...(requestId !== "" && { stepOf: requestId }),
    apply: (draft) => {
      const userId = draft.identities.find("id", subject)?.userId ?? findByEmail(draft, email)?.id;
      const about = { email: email.address, organizationId, connectionId, reason: error.reason };
      draft.tell({ type: "authentication.sso_failed", authentication: { ...about, ...(userId && { userId }) } });
      return undefined;
    },
  };
};

/** Checks the request and returns the mutation that signs a person in through SSO. `docs/provisioning.md` has the rules. */
export const provisionUser = (request: ProvisionUser): Mutation<Provisioned> => {
  const check = new FieldChecker();
  check.id("org", "organization_id", request.organizationId);
  check.ssoConnection(request);
  const email = check.email("email", request.email);
  const texts: Partial<Record<(typeof profileTexts)[number], string>> = {};
  for (const name of profileTexts) {
    const given = request[name];
    if (given) texts[name] = check.optionalText(name, given);
  }
  check.metadata(request.attributes, "attributes");
  check.requestId(request.requestId);
  check.done();

  const subject = identityId(request.connectionId, request.idpId);
  const find = (draft: Draft, organization: Organization): Person => {
    const identity = draft.identities.find("id", subject);
    if (identity) {
      const { userId } = identity;
      draft.need([
        { table: "users", key: "id", value: userId },
        { table: "memberships", key: "pair", value: pairOf(userId, organization.id) },
      ]);
      const user = draft.users.find("id", userId);
      if (user) return { ...asStored(requireActive(user)), identity, outcome: "existing identity" };
      // A server of a version without identities has deleted the user.
    }
    const isOwnDomain = organization.verifiedDomains?.includes(domainOf(email.folded)) ?? false;
    const user = findByEmail(draft, email);
    if (user) requireActive(user);
    const membership = user && draft.memberships.find("pair", pairOf(user.id, organization.id));
    if (!isOwnDomain) {
      if (user === undefined || membership === undefined) throw domainNotVerified(domainOf(email.folded));
      if (!user.emailVerified) throw emailNotVerified(email.address);
      return { ...asStored(user), identity: undefined, outcome: "linked" };
    }
    if (user) return { ...withProvenEmail(draft, user), identity: undefined, outcome: "linked" };
    requireFit(email);
    const fields = { email, emailVerified: true, texts: {}, metadata: new Map<string, string>() };
    const created = addUser(draft, newUser(draft, email, fields));
    return { ...asStored(created), stored: undefined, identity: undefined, outcome: "created" };
  };

  return {
    lookups: [
      { table: "organizations", key: "id", value: request.organizationId },
      { table: "identities", key: "id", value: subject },
      ...emailLookups(email),
    ],
    ...requestKey("ProvisionUser", request),
    apply: (draft) => {
      const organization = draft.organizations.find("id", request.organizationId);
      if (organization === undefined) throw organizationNotFound("organization_id", request.organizationId);
      const { stored, user: person, identity, outcome, takenAway } = find(draft, organization);
      if (outcome === "linked") refuseTooMany(draft, person);
      const membership = activeMembership(draft, person, outcome, organization);
      const { now } = draft;
      draft.identities.put({
        id: subject,
        userId: person.id,
        connectionId: request.connectionId,
        idpId: request.idpId,
        email: email.address,
        normalizedEmail: email.normalized,
        attributes: toMetadata(request.attributes),
        createdAt: identity?.createdAt ?? now,
        lastSignInAt: now,
        revision: 1,
      });
      const lastSignInAt = laterThan(person.lastSignInAt, now);
      const isChanged = person !== stored || profileTexts.some((name) => texts[name] && texts[name] !== person[name]);
      const user = isChanged
        ? draft.users.put({
            ...person,
            ...texts,
            ...(stored && { updatedAt: laterThan(stored.updatedAt, now) }),
            lastSignInAt,
          })
        : draft.users.amend({ ...person, lastSignInAt });
      if (takenAway.passwordRemoved) draft.tell({ type: "user.password_changed", user });
      const { connectionId } = request;
      draft.tell({
        type: "authentication.sso_succeeded",
        authentication: {
          email: email.address,
          userId: user.id,
          organizationId: organization.id,
          connectionId,
          lastSignInAt,
        },
      });
      return { user, membership: { ...membership, organizationName: organization.name }, outcome, ...takenAway };
    },
  };
};

/** A user as found, of whom nothing is taken. */
const asStored = (user: User): Pick<Person, "stored" | "user" | "takenAway"> => ({
  stored: user,
  user,
  takenAway: { passwordRemoved: false, identitiesRemoved: 0 },
});

/**
 * The user with an email that the owner of its domain vouches for. Whoever set a password, or came through an identity,
 * before the address was proven may be somebody else who claimed it: these go.
 */
const withProvenEmail = (draft: Draft, user: User): ReturnType<typeof asStored> => {
  if (user.emailVerified) return asStored(user);
  draft.need([
    { table: "credentials", key: "id", value: user.id },
    { table: "identities", key: "userId", value: user.id },
  ]);
  const passwordRemoved = draft.credentials.find("id", user.id) !== undefined;
  if (passwordRemoved) draft.credentials.remove(user.id);
  const identities = draft.identities.findAll("userId", user.id);
  for (const { id } of identities) draft.identities.remove(id);
  const takenAway = { passwordRemoved, identitiesRemoved: identities.length };
  return { stored: user, user: withRightToEmail(draft, { ...user, emailVerified: true }), takenAway };
};

const refuseTooMany = (draft: Draft, user: User): void => {
  draft.need([{ table: "identities", key: "userId", value: user.id }]);
  if (draft.identities.findAll("userId", user.id).length >= maxIdentities) throw tooManyIdentities(maxIdentities);
};

const activeMembership = (
  draft: Draft,
  user: User,
  outcome: ProvisionOutcome,
  organization: Organization,
): Membership => {
  const active = { organizationName: organization.name, status: "active" } as const;
  const pair = pairOf(user.id, organization.id);
  const current = outcome === "created" ? undefined : draft.memberships.find("pair", pair);
  if (current?.status === "active") return current;
  if (current?.status === "inactive") throw membershipInactive(current.id);
  if (current) return draft.memberships.put(withChanges(draft, current, active));
  draft.guard(organization.id, "attaches");
  return draft.memberships.put(
    newMembership(draft, { userId: user.id, organizationId: organization.id, ...active, role: defaultRole }),
  );
};
