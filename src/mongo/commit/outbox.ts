import { type ClientSession, type Db, ObjectId, type Timestamp } from "mongodb";
import type { PendingEvent } from "../../directory/events/event.js";
import { pagesOf } from "../../directory/events/page.js";
import { maxMessageBytes } from "../../directory/message-size.js";
import { insertAll } from "./write.js";

/** Where events wait for their place in the order. */
export const outboxCollection = "outbox";

/** Events that were committed together and have no place in the order yet. */
export interface OutboxDocument {
  /** In the order of the documents of one transaction. Its time is that of `order`. */
  _id: ObjectId;
  /**
   * The database's logical clock, read in the transaction after its snapshot was taken: after its first operation. A
   * commit that saw another one has the greater time: the other's was read before it committed, this one's after. So this
   * order never puts an event in front of one that it depends on.
   */
  order: Timestamp;
  events: PendingEvent[];
}

/**
 * An event as it is stored. Servers of the version before take an event without a user, an organization or a membership for
 * one of an authentication, and can neither number nor deliver it when it is none. So what they do not know has one as well,
 * which says no more than they need; to their readers it is an event of a type that they do not know. Readers of this
 * version leave it out.
 */
export const toStored = (event: PendingEvent): PendingEvent => {
  if (event.identity === undefined && event.apiKey === undefined) return event;
  const { email = "", userId } = event.identity ?? {};
  const authentication = { email, ...(userId !== undefined && { userId }) };
  return { ...event, authentication } as unknown as PendingEvent;
};

/** The event that was stored. */
export const fromStored = <E extends PendingEvent>(event: E): E => {
  if (event.identity === undefined && event.apiKey === undefined) return event;
  const { authentication: _ofOlderServers, ...rest } = event;
  return rest as E;
};

const maxEvents = 250;

/** The events as they are stored, in pages of what fits one document. */
export const storedPages = (events: readonly PendingEvent[]): PendingEvent[][] =>
  Array.from(pagesOf(events, maxEvents), (page) => page.map(toStored));

/** Writes the events of a transaction, in the transaction, after the changes that they tell of. */
export const savePending = async (db: Db, session: ClientSession, events: readonly PendingEvent[]): Promise<void> => {
  if (events.length === 0) return;
  const order = session.clusterTime?.clusterTime;
  if (order === undefined) throw new Error("the database tells no cluster time");
  const seconds = order.getHighBitsUnsigned();
  const documents = storedPages(events).map((page) => ({
    _id: new ObjectId(ObjectId.generate(seconds)),
    order,
    events: page,
  }));
  await insertAll(db, session, outboxCollection, documents, maxMessageBytes);
};
