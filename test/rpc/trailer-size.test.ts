import type { ServiceError } from "@grpc/grpc-js";
import { describe, expect, it } from "vitest";
import { EventServiceClient, ListEventsRequest } from "../../gen/ts/roster/v1/event_service.js";
import { call, collect, seenError } from "../support/call.js";
import { useServer } from "../support/server.js";
import { createUser } from "../support/users.js";

const server = useServer();

const listEvents = (types: number) => {
  const request = ListEventsRequest.fromPartial({ types: Array.from({ length: types }, (_, i) => `type ${i}`) });
  return collect(server.current.client(EventServiceClient).listEvents(request));
};

const createWithKeys = (keys: number, key: (i: number) => string) => {
  const metadata = new Map(Array.from({ length: keys }, (_, i) => [key(i), "v".repeat(601)]));
  return createUser(server.current.users, { metadata });
};

const twoDigits = (i: number): string => String(i).padStart(2, "0");

const requests: [name: string, mistakes: number, run: () => Promise<unknown>][] = [
  ["thirty types of events that there are not", 30, () => listEvents(30)],
  ["a thousand types of events that there are not", 101, () => listEvents(1_000)],
  ["pairs with keys of control characters", 60, () => createWithKeys(30, (i) => "\u0001".repeat(38) + twoDigits(i))],
  ["pairs with keys of long characters", 30, () => createWithKeys(30, (i) => "漢".repeat(38) + twoDigits(i))],
  ["pairs with keys that are too long", 60, () => createWithKeys(30, (i) => twoDigits(i) + "漢".repeat(39))],
  [
    "pairs with keys that are cut within a character",
    60,
    () => createWithKeys(30, (i) => `${twoDigits(i)}a${"🗝".repeat(50)}`),
  ],
  [
    "a thousand wrong ids",
    1_000,
    () => {
      const { users } = server.current;
      return call(users.batchGetUsers.bind(users), { ids: Array.from({ length: 1_000 }, () => "none") });
    },
  ],
];

/** What an error takes of the trailers. */
const trailerBytes = ({ details, metadata }: ServiceError): number => {
  const [packed] = metadata.get("grpc-status-details-bin") as [Buffer];
  return packed.toString("base64").length + encodeURI(details).length;
};

// Clients refuse trailers of more than about 8 KiB.
describe("the trailers of an error stay below 8,000 bytes, and it counts what it leaves out", () => {
  it.each(requests)("%s", async (_name, mistakes, run) => {
    const error = await run().then(
      () => undefined,
      (thrown: ServiceError) => thrown,
    );
    const { reason, violations, metadata } = seenError(error);
    expect(reason).toBe("INVALID_REQUEST");
    expect(violations.length).toBeGreaterThan(0);
    expect(violations.length + Number(metadata.omitted_violations ?? 0)).toBe(mistakes);
    expect(trailerBytes(error as ServiceError)).toBeLessThan(8_000);
  });
});
