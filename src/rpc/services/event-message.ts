import { BinaryWriter } from "@bufbuild/protobuf/wire";
import {
  type Authentication as AuthenticationMessage,
  Event as EventMessage,
} from "../../../gen/ts/roster/v1/event.js";
import { ErrorReason } from "../../directory/error.js";
import type { Authentication } from "../../directory/events/authentication.js";
import type { Event } from "../../directory/events/event.js";
import type { Delivery } from "../../directory/events/watch-events.js";
import { type Metadata, toPairs } from "../../directory/metadata.js";
import type { Organization } from "../../directory/organization.js";
import { statusOf, type User } from "../../directory/user.js";
import type { MessageType } from "../codec.js";
import { toTimestamp } from "../timestamp.js";
import { toApiKeyMessage } from "./api-key-message.js";
import { toIdentityMessage } from "./identity-message.js";
import { toMembershipMessage } from "./membership-message.js";
import { toOrganizationMessage } from "./organization-message.js";
import { toUserMessage } from "./user-message.js";

/** An event as clients see it. */
export const toEventMessage = (event: Event): EventMessage => ({
  id: event.id,
  type: event.type,
  object: toObject(event),
  createdAt: toTimestamp(event.createdAt),
  context: {
    actor: event.actor,
    requestId: event.requestId,
    previousAttributes: event.previousAttributes && toStruct(event.previousAttributes, event),
  },
  erased: event.erased === true,
});

/** `WatchEventsResponse`, of which the events are encoded once for all watches that deliver them. */
export const watchResponse: MessageType<Delivery> = {
  encode({ events, cursor }, writer = new BinaryWriter()) {
    for (const event of events) writer.uint32(eventsTag).bytes(encodedEvent(event));
    return writer.uint32(cursorTag).string(cursor);
  },
  decode() {
    throw new Error("a response is not decoded");
  },
};

// Field 1 and 2, of which the length is told.
const eventsTag = 10;
const cursorTag = 18;

// Kept for as long as the log keeps the event in memory.
const encoded = new WeakMap<Event, Uint8Array>();

const encodedEvent = (event: Event): Uint8Array => {
  const known = encoded.get(event);
  if (known) return known;
  const bytes = EventMessage.encode(toEventMessage(event)).finish();
  encoded.set(event, bytes);
  return bytes;
};

const toObject = (event: Event): EventMessage["object"] => {
  const { user, organization, membership, identity, apiKey, authentication, erased } = event;
  if (user) return { $case: "user", value: { ...toUserMessage(user), ...(erased && { status: 0 }) } };
  if (organization) return { $case: "organization", value: toOrganizationMessage(organization) };
  if (membership) {
    const value = { ...toMembershipMessage(membership), ...(erased && { status: 0 }) };
    return { $case: "organizationMembership", value };
  }
  if (identity) return { $case: "identity", value: toIdentityMessage(identity) };
  if (apiKey) return { $case: "apiKey", value: toApiKeyMessage(apiKey) };
  return { $case: "authentication", value: toAuthenticationMessage(authentication) };
};

const nothingKnown = {
  userId: undefined,
  organizationId: undefined,
  connectionId: undefined,
  ipAddress: undefined,
  userAgent: undefined,
  reason: ErrorReason.UNSPECIFIED,
};

const toAuthenticationMessage = ({ lastSignInAt, ...about }: Authentication): AuthenticationMessage => ({
  ...nothingKnown,
  ...about,
  lastSignInAt: lastSignInAt && toTimestamp(lastSignInAt),
});

const toStruct = (attributes: Readonly<Record<string, unknown>>, about: Pick<Event, "user">): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [protoName(name), toJson(name, value, about)]));

const toJson = (name: string, value: unknown, { user }: Pick<Event, "user">): unknown => {
  if (value instanceof Date) return value.toISOString();
  if (name === "metadata") return Object.fromEntries(toPairs(value as Metadata));
  // Enum values as in the JSON of protos. A user is stored without a status while active.
  if (name === "status" && user) return `USER_STATUS_${statusOf({ status: value ?? undefined } as User).toUpperCase()}`;
  if (name === "status") return `ORGANIZATION_MEMBERSHIP_STATUS_${String(value).toUpperCase()}`;
  if (name !== "domains") return value;
  return (value as Organization["domains"]).map(({ domain, state }) => ({
    domain,
    state: `ORGANIZATION_DOMAIN_STATE_${state.toUpperCase()}`,
  }));
};

const protoName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
