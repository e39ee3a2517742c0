import { ChannelCredentials, type ClientReadableStream } from "@grpc/grpc-js";
import type { Db } from "mongodb";
import { afterEach, vi } from "vitest";
import type { Event } from "../../gen/ts/roster/v1/event.js";
import {
  EventServiceClient,
  ListEventsRequest,
  type ListEventsResponse,
  WatchEventsRequest,
  type WatchEventsResponse,
} from "../../gen/ts/roster/v1/event_service.js";
import type { User } from "../../gen/ts/roster/v1/user.js";
import { collect } from "./call.js";

const clients: EventServiceClient[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

/** A client of the event service, closed after the test. */
export const eventClient = (address: string): EventServiceClient => {
  const client = new EventServiceClient(address, ChannelCredentials.createInsecure(), {
    "grpc.use_local_subchannel_pool": 1,
  });
  clients.push(client);
  return client;
};

/** A watch that is read step by step. `server`: its address, or a client of it. */
export class Watch {
  readonly #stream: ClientReadableStream<WatchEventsResponse>;
  readonly #messages: AsyncIterator<WatchEventsResponse>;
  cursor = "";

  constructor(server: string | EventServiceClient, request: Partial<WatchEventsRequest> = {}) {
    const client = typeof server === "string" ? eventClient(server) : server;
    this.#stream = client.watchEvents({ ...WatchEventsRequest.fromPartial({}), ...request });
    this.#messages = this.#stream[Symbol.asyncIterator]();
  }

  /** The next message, with or without events. */
  async message(): Promise<WatchEventsResponse> {
    const { value, done } = await this.#messages.next();
    if (done) throw new Error("the watch ended");
    this.cursor = value.cursor;
    return value;
  }

  /** Reads until there are `count` events, and returns these. */
  async events(count: number): Promise<Event[]> {
    const events: Event[] = [];
    while (events.length < count) events.push(...(await this.message()).events);
    return events;
  }

  cancel(): void {
    this.#stream.on("error", () => {});
    this.#stream.cancel();
  }
}

/** Opens a watch and waits for its first message. */
export const openWatch = async (
  server: string | EventServiceClient,
  request: Partial<WatchEventsRequest> = {},
): Promise<Watch> => {
  const watch = new Watch(server, request);
  await watch.message();
  return watch;
};

/** The pages of a list of events. */
export const eventPages = (address: string, request: Partial<ListEventsRequest> = {}): Promise<ListEventsResponse[]> =>
  collect(eventClient(address).listEvents({ ...ListEventsRequest.fromPartial({}), ...request }));

/** Waits until everything that was acknowledged has its place in the order, which takes a moment. */
export const settled = async (db: Db): Promise<void> => {
  // As readers of the log see it: elsewhere a document may be gone before a majority has the entry that it went into.
  const outbox = db.collection("outbox", { readConcern: { level: "majority" } });
  await vi.waitUntil(async () => (await outbox.countDocuments()) === 0, { timeout: 20_000 });
};

/** All events of a list, those of everything that was acknowledged among them. */
export const allEvents = async (
  { address, db }: { readonly address: string; readonly db: Db },
  request: Partial<ListEventsRequest> = {},
): Promise<Event[]> => {
  await settled(db);
  return listEvents(address, request);
};

/** All events of a list. */
export const listEvents = async (address: string, request: Partial<ListEventsRequest> = {}): Promise<Event[]> =>
  (await eventPages(address, request)).flatMap(({ events }) => events);

/** The user that an event is about, as a whole. */
export const userOf = ({ id, object }: Event): User => {
  if (object?.$case !== "user") throw new Error(`event ${id} is not about a user`);
  return object.value;
};

/** What an event tells, in short: its type and the revision of its user. */
export const brief = (event: Event): string => `${event.type} ${userOf(event).revision}`;
