import {
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} from "mongodb";
import { ErrorReason, RosterError } from "../directory/error.js";

const maxTimeExpired = 50;
// TransactionExceededLifetimeLimitSeconds.
const transactionTookTooLong = 290;

/** The database cannot be used right now; a change may or may not have been made. */
export const databaseUnavailable = (cause?: unknown): RosterError =>
  new RosterError(ErrorReason.DATABASE_UNAVAILABLE, "the database cannot be reached", { retryAfterMs: 1_000, cause });

/** Turns whatever the driver throws into an error of the directory; what is one already passes. */
export const toRosterError = (error: unknown): unknown => {
  if (!(error instanceof MongoError)) return error;
  if (isUnavailable(error)) return databaseUnavailable(error);
  if (error.code === maxTimeExpired) {
    return new RosterError(ErrorReason.DEADLINE_EXCEEDED, "the deadline passed", { cause: error });
  }
  return new RosterError(ErrorReason.INTERNAL, "internal error", { cause: error });
};

const isUnavailable = (error: MongoError): boolean =>
  error instanceof MongoServerSelectionError ||
  error instanceof MongoNetworkError ||
  error instanceof MongoNotConnectedError ||
  error instanceof MongoTopologyClosedError ||
  error.name === "MongoWaitQueueTimeoutError" ||
  error.hasErrorLabel("RetryableError") ||
  error.hasErrorLabel("RetryableWriteError") ||
  (error instanceof MongoServerError && unavailableCodes.has(Number(error.code)));

// Stepping down, shutting down, recovering, or a majority that does not answer: the driver's list of state changes and
// WriteConcernFailed.
const unavailableCodes: ReadonlySet<number> = new Set([
  6, 7, 64, 89, 91, 133, 189, 262, 9001, 10107, 11600, 11602, 13388, 13435, 13436,
]);

/** Whether nothing of a transaction was kept and running it again from its start may succeed. */
export const isTransient = (error: unknown): boolean =>
  error instanceof MongoError &&
  (error.hasErrorLabel("TransientTransactionError") || error.code === transactionTookTooLong);

/** Whether it is unknown if a transaction was committed. */
export const isUnknownCommit = (error: unknown): boolean =>
  error instanceof MongoError && error.hasErrorLabel("UnknownTransactionCommitResult");

/** Whether a unique value was taken. */
export const isDuplicateKey = (error: unknown): boolean => error instanceof MongoError && error.code === 11_000;
