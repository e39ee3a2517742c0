import { domainToASCII, domainToUnicode } from "node:url";
import { type AnyBulkWriteOperation, type Db, type Document, Timestamp } from "mongodb";
import type { Clock } from "../../directory/clock.js";
import { emailsIn, type Erasure, erasedAnswer, erasedEvent, isAboutErased } from "../../directory/erasure.js";
import { type PendingEvent, userIdOf } from "../../directory/events/event.js";
import { fromStored, outboxCollection, toStored } from "../commit/outbox.js";
import { fromDocument, type Document as Stored } from "../documents.js";
import { type Find, findOnce } from "../find.js";
import { emailCollation, failedSignIns } from "../schema.js";
import { logCollection } from "./log-entries.js";

/** Where it is written down what is to be erased. */
export const erasuresCollection = "erasures";

/** How long one server has what it has taken up for itself; then it is looked at once more, by whichever server. */
export const erasingMs = 10_000;
/** For how long after the deletion events about the user may come that calls have begun before: then it is over. */
const settleMs = 30_000;
/** How long an event may wait in the outbox until it counts as standing still. */
const onTheWayMs = 5_000;
/** Most entries, with the events that matter, or answers, that are read at once. */
const documentsAtOnce = 50;

/** Where answers about a user have the user's id. */
const answersOf = ["result.id", "result.user.id", "result.userId"];

type ErasureDocument = Stored<Erasure>;
/** A document of the log or of the outbox; null in the place of an event that does not matter. */
interface Told {
  readonly _id: unknown;
  readonly events: readonly (PendingEvent | null)[];
}

/**
 * Erases what is stored of users who were deleted so, until nothing is left to do. Any number of servers may do this at once,
 * and each may stop at any line: what is done once may be done again. Events keep their places, so each is written by itself.
 */
export class Eraser {
  readonly #db: Db;
  readonly #clock: Pick<Clock, "now">;

  constructor(db: Db, clock: Pick<Clock, "now">) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Does what nobody else does, some of it at the same time. Rejects with the database's error. */
  async run(signal: AbortSignal): Promise<void> {
    const lane = async () => {
      for (let erasure = await this.#claim(); erasure && !signal.aborted; erasure = await this.#claim()) {
        await this.#erase(erasure, signal);
      }
    };
    await Promise.all([lane(), lane(), lane(), lane()]);
  }

  get #erasures() {
    return this.#db.collection<ErasureDocument>(erasuresCollection);
  }

  async #claim(): Promise<Erasure | undefined> {
    const now = this.#clock.now();
    const lockedUntil = new Date(now.getTime() + erasingMs);
    // A lock that ends later is from before the database's clock went back.
    const locked = { lockedUntil: { $gt: now, $lte: lockedUntil } };
    // A majority has the claim, and so the deletion: no user is erased whose deletion a change of the primary takes back.
    const claimed = await this.#erasures.findOneAndUpdate(
      { $nor: [locked] },
      { $set: { lockedUntil } },
      // What is new comes first, and what fails holds up nothing else.
      { sort: { lockedUntil: 1 }, returnDocument: "after" },
    );
    return claimed ? fromDocument<Erasure>(claimed) : undefined;
  }

  /** What comes later is done by a later run, until calls that had begun before the deletion are over. */
  async #erase(erasure: Erasure, signal: AbortSignal): Promise<void> {
    const { id, revision, requestedAt } = erasure;
    const isOver = this.#clock.now().getTime() >= requestedAt.getTime() + settleMs;
    const emails = new Set(erasure.emails);
    // The outbox first: what leaves it meanwhile is in the log afterwards.
    const isWaiting = isOver && (await this.#isWaiting(id));
    await this.#eraseOfUser(outboxCollection, id, emails, signal);
    await this.#eraseOfUser(logCollection, id, emails, signal, erasure.reached);
    await this.#eraseFailures(outboxCollection, { id, emails: [...emails] }, signal);
    await this.#eraseFailures(logCollection, { id, emails: [...emails] }, signal);
    await Promise.all(answersOf.map((field) => this.#eraseAnswers(field, id, signal)));
    if (isOver && !isWaiting && !signal.aborted) await this.#erasures.deleteOne({ _id: id, revision });
  }

  /** Whether events about the user have no place in the order yet. */
  async #isWaiting(id: string): Promise<boolean> {
    const find = { collection: outboxCollection, filter: waitingOf(id), projection: { _id: 1 }, limit: 1 };
    return (await findOnce(this.#db, find)).documents.length > 0;
  }

  /** Documents that stand still in the outbox. The others are on their way into the log, and to change one would hold it up. */
  #standing(): Document {
    const seconds = Math.floor((this.#clock.now().getTime() - onTheWayMs) / 1_000);
    return { order: { $lt: new Timestamp({ t: seconds, i: 0 }) } };
  }

  /** Erases the events about the user, and learns addresses from them. */
  async #eraseOfUser(
    collection: string,
    id: string,
    emails: Set<string>,
    signal: AbortSignal,
    reached = 0,
  ): Promise<void> {
    const isLog = collection === logCollection;
    const filter = isLog ? { userIds: id } : { ...waitingOf(id), ...this.#standing() };
    const find = { collection, filter, hint: isLog ? "userIds" : "_id_", projection: only(isOfUser(id)) };
    const isWanted = (event: PendingEvent) => userIdOf(event) === id;
    for await (const documents of this.#read(find, signal, isLog ? reached : undefined)) {
      const found = documents.flatMap(({ events }) => events.filter(isLeft).filter(isWanted).flatMap(emailsIn));
      for (const email of found) emails.add(email);
      // The addresses are gone with the events: noted before, so that the sign-ins by them are found after a crash as well.
      if (found.length > 0) {
        await this.#erasures.updateOne({ _id: id }, { $addToSet: { emails: { $each: [...new Set(found)] } } });
      }
      await this.#write(collection, documents, isWanted);
      const last = documents.at(-1)?._id;
      if (isLog && !signal.aborted) {
        // Were it lost, some work would be done again.
        await this.#erasures.updateOne({ _id: id }, { $max: { reached: last as number } }, { writeConcern: { w: 1 } });
      }
    }
  }

  /** Erases the events of failures by one of the addresses that found nobody. */
  async #eraseFailures(collection: string, of: Pick<Erasure, "id" | "emails">, signal: AbortSignal): Promise<void> {
    const isLog = collection === logCollection;
    const hint = isLog ? "failedEmails" : "_id_";
    const others = isLog ? { types: { $in: failedSignIns } } : this.#standing();
    // One by one: so the index has each in the order of the ids.
    for (const spelling of new Set(of.emails.flatMap(spellingsOf))) {
      const filter = { "events.authentication.email": spelling, ...others };
      const find = { collection, filter, hint, collation: emailCollation, projection: only(foundNobody) };
      for await (const documents of this.#read(find, signal)) {
        await this.#write(collection, documents, isAboutErased(of));
      }
    }
  }

  /** What is remembered keeps its fingerprint: a repetition of the request is answered that there is no such user. */
  async #eraseAnswers(field: string, id: string, signal: AbortSignal): Promise<void> {
    const find = { collection: "requests", filter: { [field]: id, erasedUser: { $exists: false } }, hint: field };
    for await (const documents of this.#read<{ _id: string; result: unknown }>(find, signal)) {
      const writes = documents.map(({ _id, result }) => ({
        updateOne: {
          filter: { _id, [field]: id },
          update: { $set: { result: erasedAnswer(result), erasedUser: id } },
        },
      }));
      await this.#db.collection<{ _id: string }>("requests").bulkWrite(writes, { ordered: false });
    }
  }

  /** All documents that match, some at a time, in the order of their ids. */
  async *#read<T extends { _id: unknown } = Told>(
    find: Omit<Find, "sort" | "limit">,
    signal: AbortSignal,
    after?: unknown,
  ): AsyncGenerator<readonly T[]> {
    for (let position = after; ; ) {
      signal.throwIfAborted();
      const filter = position === undefined ? find.filter : { ...find.filter, _id: { $gt: position } };
      const { documents, complete } = await findOnce<T>(this.#db, {
        ...find,
        filter,
        sort: { _id: 1 },
        limit: documentsAtOnce,
        signal,
      });
      if (documents.length > 0) yield documents;
      if (complete && documents.length < documentsAtOnce) return;
      position = documents.at(-1)?._id;
    }
  }

  /** Erases those of the events that are wanted. */
  async #write(
    collection: string,
    documents: readonly Told[],
    isWanted: (event: PendingEvent) => boolean,
  ): Promise<void> {
    const erasedAt = this.#clock.now();
    const writes = documents.flatMap(({ _id, events }): AnyBulkWriteOperation[] => {
      const erased = events.flatMap((event, i) =>
        isLeft(event) && isWanted(event) ? [[`events.${i}`, toStored(erasedEvent(fromStored(event)))] as const] : [],
      );
      const update = { $set: { ...Object.fromEntries(erased), erasedAt } };
      return erased.length > 0 ? [{ updateOne: { filter: { _id: _id as never }, update } }] : [];
    });
    if (writes.length > 0) await this.#db.collection(collection).bulkWrite(writes, { ordered: false });
  }
}

const isLeft = (event: PendingEvent | null): event is PendingEvent => event !== null && event.erased !== true;

const userIdFields = ["user.id", "membership.userId", "identity.userId", "authentication.userId"];

/** Of a document only the events that matter, so that the others of its time are not read. */
const only = (matters: Document): Document => ({
  events: { $map: { input: "$events", as: "event", in: { $cond: [matters, "$$event", null] } } },
});

const waitingOf = (id: string): Document => ({ $or: userIdFields.map((field) => ({ [`events.${field}`]: id })) });

const isOfUser = (id: string): Document => ({ $in: [id, userIdFields.map((field) => `$$event.${field}`)] });

const foundNobody: Document = {
  $and: [{ $in: ["$$event.type", failedSignIns] }, { $not: [{ $gt: ["$$event.authentication.userId", null] }] }],
};

/** With both forms of the domain, which no collation takes for the same. */
const spellingsOf = (email: string): string[] => {
  const at = email.lastIndexOf("@") + 1;
  const domain = email.slice(at);
  return [domain, domainToASCII(domain), domainToUnicode(domain)]
    .filter((form) => form !== "")
    .map((form) => email.slice(0, at) + form);
};
