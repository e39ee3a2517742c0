import type { ApiKey } from "../api-keys/api-key.js";
import type { Actor } from "../call-context.js";
import type { IdPrefix } from "../id.js";
import type { Identity } from "../identity.js";
import type { Membership } from "../membership.js";
import type { Organization } from "../organization.js";
import type { User } from "../user.js";
import type { Authentication } from "./authentication.js";

/** The objects of which every change is told. */
const objectKinds = ["user", "organization", "organization_membership"] as const;
/** What happens to an object. */
const verbs = ["created", "updated", "deleted"] as const;
const authenticationOutcomes = [
  "password_succeeded",
  "password_failed",
  "sso_succeeded",
  "sso_failed",
  "reauthentication_succeeded",
  "reauthentication_failed",
] as const;
/** What happens to an identity, apart from signing in with it. */
const identityVerbs = ["created", "deleted"] as const;
/** What happens to an API key, apart from its use. */
const apiKeyVerbs = ["created", "revoked"] as const;

/** A kind of objects of which every change is told. */
export type ObjectKind = (typeof objectKinds)[number];

/** The types of events, as `proto/roster/v1/event.proto` lists them. */
export type EventType =
  | `${ObjectKind}.${(typeof verbs)[number]}`
  | "user.password_changed"
  | `authentication.${(typeof authenticationOutcomes)[number]}`
  | `identity.${(typeof identityVerbs)[number]}`
  | `api_key.${(typeof apiKeyVerbs)[number]}`;

/** Every type of event. */
export const eventTypes: readonly EventType[] = [
  ...objectKinds.flatMap((kind) => verbs.map((verb): EventType => `${kind}.${verb}`)),
  "user.password_changed",
  ...authenticationOutcomes.map((outcome): EventType => `authentication.${outcome}`),
  ...identityVerbs.map((verb): EventType => `identity.${verb}`),
  ...apiKeyVerbs.map((verb): EventType => `api_key.${verb}`),
];

interface Subjects {
  readonly user: User;
  readonly organization: Organization;
  readonly membership: Membership;
  readonly authentication: Authentication;
  readonly identity: Identity;
  readonly apiKey: ApiKey;
}

type OneOf<T> = {
  [K in keyof T]: { readonly [P in K]: T[P] } & { readonly [P in Exclude<keyof T, K>]?: never };
}[keyof T];

/** What an event is about: exactly one of these. For a change, the object after it; for a deletion, before it. */
export type EventSubject = OneOf<Subjects>;

/** An event that is written down together with what it tells of, and has no place in the order of events yet. */
export type PendingEvent = EventSubject & {
  readonly type: EventType;
  /** For an update: the properties that changed, with their values before; null where there was none. */
  readonly previousAttributes?: Readonly<Record<string, unknown>>;
  readonly actor?: Actor;
  readonly requestId?: string;
  /** What the event held of a user is erased: see `erasedEvent`. */
  readonly erased?: true;
};

/** An event in its place in the order. */
export type Event = PendingEvent & {
  /** Greater than the id of every event before. */
  readonly id: string;
  readonly createdAt: Date;
};

/** The user whom an event is about; undefined where there is none, or nobody is known by the email that was given. */
export const userIdOf = ({ user, membership, identity, authentication }: PendingEvent): string | undefined =>
  user?.id ?? membership?.userId ?? identity?.userId ?? authentication?.userId;

/** The organization that an event is about. */
export const organizationIdOf = ({ organization, membership, authentication }: PendingEvent): string | undefined =>
  organization?.id ?? membership?.organizationId ?? authentication?.organizationId;

export const eventIdPrefix: IdPrefix = "event";

/** The place in front of the first event there can be. */
export const firstCursor = `${eventIdPrefix}_${"0".repeat(26)}`;
