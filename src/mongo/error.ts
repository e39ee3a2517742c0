import {
  MongoClientClosedError,
  MongoError,
  MongoExpiredSessionError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} from "mongodb";
import { ErrorReason, RosterError } from "../directory/error.js";

/**
 * What the database means by its codes, where a label of the driver does not say it.
 *
 * - `away`: it steps down, shuts down, recovers, or a majority does not answer. The driver's list of state changes,
 *   WriteConcernFailed and ReadConcernMajorityNotAvailableYet.
 * - `ended`: it has ended the transaction, or the operation with it. Nothing is kept, and another try may succeed.
 *   LockTimeout, CursorNotFound, TransactionTooOld, CursorKilled, SnapshotTooOld, SnapshotUnavailable, NoSuchTransaction,
 *   TemporarilyUnavailable, Interrupted.
 * - `too large`: it has ended the transaction, because of what that takes. One that does less may succeed.
 *   TransactionExceededLifetimeLimitSeconds, TransactionTooLargeForCache.
 * - `late`: the time is over that was given to a command. MaxTimeMSExpired.
 */
const meanings = {
  away: [6, 7, 64, 89, 91, 133, 134, 189, 262, 9001, 10107, 11600, 11602, 13388, 13435, 13436],
  ended: [24, 43, 225, 237, 239, 246, 251, 365, 11601],
  "too large": [290, 388],
  late: [50],
} satisfies Record<string, number[]>;

type Meaning = keyof typeof meanings;

const means = (error: unknown, ...wanted: Meaning[]): boolean =>
  error instanceof MongoServerError && wanted.some((meaning) => meanings[meaning].includes(Number(error.code)));

/** The database cannot be used right now; a change may or may not have been made. */
export const databaseUnavailable = (cause?: unknown, message = "the database cannot be reached"): RosterError =>
  new RosterError(ErrorReason.DATABASE_UNAVAILABLE, message, { retryAfterMs: 1_000, cause });

/** Turns whatever the driver throws into an error of the directory; what is one already passes. */
export const toRosterError = (error: unknown): unknown => {
  if (!(error instanceof MongoError)) return error;
  if (isUnavailable(error)) return databaseUnavailable(error);
  // The time that a read may take, whatever the caller's deadline: see `find.ts`.
  if (means(error, "late")) return databaseUnavailable(error, "the database did not answer in time");
  return new RosterError(ErrorReason.INTERNAL, "internal error", { cause: error });
};

/** What the driver answers, with its errors as those of the directory. */
export const withRosterErrors = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer;
  } catch (error) {
    throw toRosterError(error);
  }
};

const isUnavailable = (error: MongoError): boolean =>
  error instanceof MongoServerSelectionError ||
  error instanceof MongoNetworkError ||
  error instanceof MongoNotConnectedError ||
  error instanceof MongoTopologyClosedError ||
  // This server stops.
  error instanceof MongoClientClosedError ||
  error instanceof MongoExpiredSessionError ||
  error.name === "MongoWaitQueueTimeoutError" ||
  error.hasErrorLabel("RetryableError") ||
  error.hasErrorLabel("RetryableWriteError") ||
  isUnknownCommit(error) ||
  means(error, "away", "ended", "too large");

/** Whether nothing of a transaction was kept and running it again from its start may succeed. */
export const isTransient = (error: unknown): boolean =>
  error instanceof MongoError &&
  !isUnknownCommit(error) &&
  (error.hasErrorLabel("TransientTransactionError") || means(error, "ended", "too large"));

/** WriteConflict and NoSuchTransaction. */
const vague = [112, 251];
/** The least time that a database can be told to give a transaction. */
const longMs = 1_000;

/**
 * Whether the database has ended a transaction that took so many milliseconds because of how much it does. A command that
 * comes after the end hears only that the transaction is gone, and one that finds the cache full, of a conflict.
 */
export const isTooLarge = (error: unknown, durationMs: number): boolean =>
  means(error, "too large") ||
  (error instanceof MongoServerError && vague.includes(Number(error.code)) && durationMs >= longMs);

/** Whether the database has ended a transaction, without a word on whether it was committed before. */
export const isInterrupted = (error: unknown): error is MongoError =>
  error instanceof MongoError &&
  !error.hasErrorLabel("TransientTransactionError") &&
  means(error, "ended", "too large");

/** The label of an error after which nobody knows whether the transaction was committed. */
export const unknownCommit = "UnknownTransactionCommitResult";

/** Whether it is unknown if a transaction was committed. */
export const isUnknownCommit = (error: unknown): boolean =>
  error instanceof MongoError && error.hasErrorLabel(unknownCommit);

/** Whether a unique value was taken. */
export const isDuplicateKey = (error: unknown): boolean => error instanceof MongoError && error.code === 11_000;
