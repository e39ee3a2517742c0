import { type Db, ObjectId } from "mongodb";
import { type Attempts, failureWindowMs, maxFailures } from "../directory/attempts.js";
import { inCommandSpan } from "./command-span.js";
import { isDuplicateKey, toRosterError, withRosterErrors } from "./error.js";

const collection = "attempts";

/** The failures for one email. The database drops it some time after `expiresAt`. */
interface AttemptsDocument {
  /** The normalized email. */
  _id: string;
  failures: { id: ObjectId; at: Date }[];
  /** The database's clock at the last attempt. */
  now: Date;
  expiresAt: Date;
}

/** Counts attempts in MongoDB, by its clock. */
export const mongoAttempts = (db: Db): Attempts => {
  const attempts = db.collection<AttemptsDocument>(collection);
  const inSpan = <T>(operation: string, work: () => Promise<T>) => inCommandSpan(db, operation, collection, work);

  const record = async (email: string, id: ObjectId): Promise<AttemptsDocument> => {
    const recent = {
      $filter: {
        input: { $ifNull: ["$failures", []] },
        cond: { $gt: ["$$this.at", { $subtract: ["$$NOW", failureWindowMs] }] },
      },
    };
    const update = [
      { $set: { failures: recent, now: "$$NOW", expiresAt: { $add: ["$$NOW", failureWindowMs] } } },
      {
        $set: {
          failures: {
            $cond: [
              { $lt: [{ $size: "$failures" }, maxFailures] },
              { $concatArrays: ["$failures", [{ id, at: "$$NOW" }]] },
              "$failures",
            ],
          },
        },
      },
    ];
    const recorded = await inSpan("findAndModify", () =>
      attempts.findOneAndUpdate({ _id: email }, update, { upsert: true, returnDocument: "after" }),
    );
    return recorded as AttemptsDocument;
  };

  return {
    async begin(email) {
      const id = new ObjectId();
      try {
        // Two first attempts at the same time may both want to create the document.
        const { failures, now } = await record(email, id).catch((error) => {
          if (isDuplicateKey(error)) return record(email, id);
          throw error;
        });
        if (failures.some((failure) => failure.id.equals(id))) {
          return {
            async succeeded() {
              await withRosterErrors(inSpan("delete", () => attempts.deleteOne({ _id: email })));
            },
            async withdraw() {
              await withRosterErrors(
                inSpan("update", () => attempts.updateOne({ _id: email }, { $pull: { failures: { id } } })),
              );
            },
          };
        }
        const oldest = failures[0]?.at.getTime() ?? now.getTime();
        return { retryAfterMs: Math.max(1_000, oldest + failureWindowMs - now.getTime()) };
      } catch (error) {
        throw toRosterError(error);
      }
    },
  };
};
