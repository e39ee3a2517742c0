import { type Db, type Document, ObjectId } from "mongodb";
import type { Attempt, AttemptLimits, AttemptOf, Attempts, Refusal } from "../directory/attempts.js";
import type { SecretKey } from "../directory/secret-key.js";
import { inCommandSpan } from "./command-span.js";
import { databaseUnavailable, isDuplicateKey, toRosterError, withRosterErrors } from "./error.js";
import { findAllIn } from "./find.js";
import { primaryOf, wasStillPrimary } from "./primary.js";

const collection = "attempts";
/** For how long a place is held; the attempt counts as a failure then. Longer than any verification takes in earnest. */
const maxPlaceMs = 60_000;
/** The least that a refused attempt is told to wait. */
const minRetryMs = 1_000;

/**
 * The attempts of one email, or from one network. The database drops it some time after `expiresAt`.
 *
 * The version before keeps documents of its own here, with the plain email as `_id` and `failures`. Neither version reads what
 * the other writes: while both run, an email has at most the failures of both together. Only `forget` deletes those, too.
 */
interface AttemptsDocument {
  /** The digest of the email or of the network. */
  _id: string;
  /** The oldest first. */
  attempts: Entry[];
  expiresAt: Date;
}

interface Entry {
  id: ObjectId;
  /** When it was let in, by the database's clock. */
  at: Date;
  /** The digest of the network in a document of an email, null without one; that of the email in one of a network. */
  other: string | null;
  /** Absent while it is under way. */
  failed?: true;
}

/** One count of an attempt: a document, and what the attempt is in it. */
interface Count {
  readonly _id: string;
  readonly other: string | null;
  readonly max: number;
  /** Of those with the same `other`. */
  readonly maxOfOther: number;
}

/** What became of an attempt in one count. */
interface Entered {
  readonly isIn: boolean;
  readonly now: Date;
  /** Until when failures alone stand in the way, in all and with the same `other`; null where they do not. */
  readonly freeAt: Date | null;
  readonly freeOfOtherAt: Date | null;
}

/** Counts attempts in MongoDB, by its clock. An attempt is one round trip at its beginning and one at its end. */
export const mongoAttempts = (db: Db, secretKey: SecretKey, limits: AttemptLimits): Attempts => {
  const attempts = db.collection<AttemptsDocument>(collection);
  const inSpan = <T>(operation: string, work: () => Promise<T>) => inCommandSpan(db, operation, collection, work);
  const emailId = (email: string) => secretKey.digest("attempts email", email);

  const countsOf = ({ email, network }: AttemptOf): Count[] => {
    const _id = emailId(email);
    const other = network === undefined ? null : secretKey.digest("attempts address", network);
    const ofEmail = { _id, other, max: limits.maxFailuresPerEmail, maxOfOther: limits.maxFailures };
    if (other === null) return [ofEmail];
    const ofNetwork = {
      _id: other,
      other: _id,
      max: limits.maxFailuresPerAddress,
      maxOfOther: Number.MAX_SAFE_INTEGER,
    };
    return [ofEmail, ofNetwork];
  };

  /** Takes a place in one count, if there is one. What is refused writes nothing. */
  const enter = async (count: Count, id: ObjectId): Promise<Entered> => {
    const ofOther = filter("$attempts", isOther(count.other));
    const isFree = {
      $and: [{ $lt: [{ $size: "$attempts" }, count.max] }, { $lt: [{ $size: ofOther }, count.maxOfOther] }],
    };
    const entry = { id, at: "$$NOW", other: count.other };
    const update = [
      { $set: { attempts: filter({ $ifNull: ["$attempts", []] }, isYounger(limits.windowMs)) } },
      {
        $set: {
          attempts: { $cond: [isFree, { $concatArrays: ["$attempts", [entry]] }, "$attempts"] },
          expiresAt: { $cond: [isFree, { $add: ["$$NOW", limits.windowMs] }, "$expiresAt"] },
        },
      },
    ];
    const projection = {
      _id: 0,
      isIn: { $in: [id, "$attempts.id"] },
      now: "$$NOW",
      freeAt: freeAt(filter("$attempts", isFailure), count.max, limits.windowMs),
      freeOfOtherAt: freeAt(filter(ofOther, isFailure), count.maxOfOther, limits.windowMs),
    };
    const run = () =>
      inSpan("findAndModify", () =>
        attempts.findOneAndUpdate({ _id: count._id }, update, { upsert: true, returnDocument: "after", projection }),
      );
    // Two first attempts at the same time may both want to create the document.
    const entered = await run().catch((error) => {
      if (isDuplicateKey(error)) return run();
      throw error;
    });
    return entered as unknown as Entered;
  };

  /** Ends an attempt in all its counts, once. */
  const attemptIn = (counts: readonly Count[], id: ObjectId): Attempt => {
    let isOver = false;
    const end = async (update: (count: Count) => Document) => {
      if (isOver) return;
      isOver = true;
      const updates = counts.map((count) =>
        inSpan("update", () => attempts.updateOne({ _id: count._id }, [update(count)])),
      );
      await Promise.allSettled(updates);
    };
    const isThis = { $eq: ["$$this.id", id] };
    const failed = { $cond: [isThis, { $mergeObjects: ["$$this", { failed: true }] }, "$$this"] };
    return {
      succeeded: () => end(({ other }) => without({ $or: [isThis, isFailureOf(other)] })),
      failed: () => end(() => ({ $set: { attempts: { $map: { input: "$attempts", in: failed } } } })),
      withdraw: () => end(() => without(isThis)),
    };
  };

  return {
    async begin(attempt) {
      const id = new ObjectId();
      const primary = primaryOf(db);
      const counts = countsOf(attempt);
      const results = await Promise.allSettled(counts.map((count) => enter(count, id)));
      const begun = attemptIn(counts, id);
      const entered = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
      if (entered.length === counts.length && entered.every(({ isIn }) => isIn)) return begun;
      await begun.withdraw();
      const failure = results.find((result) => result.status === "rejected");
      if (failure) throw toRosterError(failure.reason);
      // What is refused wrote nothing, and is no word of a primary that was deposed.
      if (!(await wasStillPrimary(db, primary))) throw databaseUnavailable();
      return refusal(entered);
    },

    async forget(emails) {
      const values = emails.flatMap(({ folded, normalized }) => [emailId(folded), normalized]);
      const find = { collection, field: "_id", values, projection: { "attempts.other": 1 } };
      for (const found of await findAllIn<AttemptsDocument>(db, find)) {
        const { _id, attempts: entries } = found;
        const others = (entries ?? []).flatMap(({ other }) => (other === null ? [] : [other]));
        const updates = [
          // Without `attempts` it is one of the version before.
          entries === undefined ? attempts.deleteOne({ _id }) : attempts.updateOne({ _id }, [without(isFailure)]),
          attempts.updateMany({ _id: { $in: [...new Set(others)] } }, [without(isFailureOf(_id))]),
        ];
        await withRosterErrors(inSpan("update", () => Promise.all(updates)));
      }
    },
  };
};

const refusal = (entered: readonly Entered[]): Refusal => {
  const waits = entered.flatMap(({ isIn, now, freeAt, freeOfOtherAt }) =>
    [freeAt, freeOfOtherAt].flatMap((at) => (isIn || at === null ? [] : [at.getTime() - now.getTime()])),
  );
  return { retryAfterMs: waits.length === 0 ? 0 : Math.max(minRetryMs, ...waits) };
};

// Expressions of the database. `$$this` is an entry.

const filter = (input: unknown, cond: Document): Document => ({ $filter: { input, cond } });

const without = (entry: Document): Document => ({ $set: { attempts: filter("$attempts", { $not: [entry] }) } });

const isYounger = (ms: number): Document => ({ $gt: ["$$this.at", { $subtract: ["$$NOW", ms] }] });

const isOther = (other: string | null): Document => ({ $eq: ["$$this.other", other] });

const isFailure: Document = { $or: ["$$this.failed", { $not: [isYounger(maxPlaceMs)] }] };

const isFailureOf = (other: string | null): Document => ({ $and: [isOther(other), isFailure] });

/** When so many of these failures have left the window that there are fewer than `max`; null where there are now. */
const freeAt = (failures: Document, max: number, windowMs: number): Document => {
  const lastToLeave = { $arrayElemAt: ["$$failures", { $subtract: [{ $size: "$$failures" }, max] }] };
  const at = { $let: { vars: { last: lastToLeave }, in: { $add: ["$$last.at", windowMs] } } };
  const isFull = { $gte: [{ $size: "$$failures" }, max] };
  return { $let: { vars: { failures }, in: { $cond: [isFull, at, null] } } };
};
