import type { Event as EventMessage } from "../../../gen/ts/roster/v1/event.js";
import type { Event } from "../../directory/events/event.js";
import { optionalTexts } from "../../directory/field-rules.js";
import { type Metadata, toPairs } from "../../directory/metadata.js";
import { toTimestamp } from "../timestamp.js";
import { toUserMessage } from "./user-message.js";

// Messages are the same for every watcher of an event.
const made = new WeakMap<Event, EventMessage>();

/** An event as clients see it. */
export const toEventMessage = (event: Event): EventMessage => {
  const known = made.get(event);
  if (known) return known;
  const message: EventMessage = {
    id: event.id,
    type: event.type,
    object: toObject(event),
    createdAt: toTimestamp(event.createdAt),
    context: {
      requestId: event.requestId,
      previousAttributes: event.previousAttributes && toStruct(event.previousAttributes),
    },
  };
  made.set(event, message);
  return message;
};

const toObject = ({ user, authentication }: Event): EventMessage["object"] =>
  user === undefined
    ? {
        $case: "authentication",
        value: { userId: undefined, ipAddress: undefined, userAgent: undefined, ...authentication },
      }
    : { $case: "user", value: toUserMessage(user) };

const toStruct = (attributes: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [protoName(name), toJson(name, value)]));

const toJson = (name: string, value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString();
  return name === "metadata" ? Object.fromEntries(toPairs(value as Metadata)) : value;
};

const protoName = (name: string): string =>
  name in optionalTexts
    ? optionalTexts[name as keyof typeof optionalTexts].field
    : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
