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
 * What the database means by its codes, where a label of the driver does not say it; names are MongoDB's own. A code that
 * is not here is nothing that a healthy program meets: callers get INTERNAL.
 *
 * - `away`: it steps down, shuts down, recovers, is not reached, or a majority does not answer. The driver's list of state
 *   changes, and WriteConcernTimeout 64, NotYetInitialized 94, NotSecondary 95, UnsatisfiableWriteConcern 100,
 *   ReadConcernMajorityNotAvailableYet 134, StaleTerm 135, LinearizableReadConcernError 187,
 *   MasterSlaveConnectionFailure 190, NetworkInterfaceExceededTimeLimit 202, ElectionInProgress 216, ClientDisconnect 279,
 *   ConnectionPoolExpired 317, InterruptedDueToStorageChange 355, UserWritesBlocked 371, ConnectionError 384,
 *   ReauthenticationRequired 391, PooledConnectionAcquisitionExceededTimeLimit 407.
 * - `exhausted`: it has no disk, memory, files or turns left, and another try at once makes it worse. OutOfDiskSpace 14031,
 *   ExceededMemoryLimit 146, TooManyLocks 208, TooManyLogicalSessions 261, TooManyFilesOpen 264, ResourceExhausted 402,
 *   AdmissionQueueOverflow 433, RateLimitExceeded 449.
 * - `ended`: it has ended the transaction, or the operation with it. Nothing is kept, and another try may succeed.
 *   UnknownError 8, LockTimeout 24, CursorNotFound 43, LockBusy 46, OperationFailed 96, LockFailed 107,
 *   ConflictingOperationInProgress 117, QueryPlanKilled 175, TransactionTooOld 225, CursorKilled 237, SnapshotTooOld 239,
 *   SnapshotUnavailable 246, NoSuchTransaction 251, PreparedTransactionInProgress 267, ObjectIsBusy 314,
 *   InternalTransactionNotSupported 358, RetryableTransactionInProgress 363, TemporarilyUnavailable 365, Interrupted 11601.
 * - `too large`: it has ended the transaction, because of what that takes. One that does less may succeed.
 *   TransactionExceededLifetimeLimitSeconds 290, TransactionTooLargeForCache 388.
 * - `late`: the time is over that was given to a command. MaxTimeMSExpired 50.
 * - `set up wrong`: it refuses what Roster needs until its operator changes something, and callers can do nothing: they get
 *   INTERNAL, and a line of the log names it. UserNotFound 11, Unauthorized 13, AuthenticationFailed 18,
 *   IllegalOperation 20 (as transactions without a replica set), NoReplicationEnabled 76, UnknownReplWriteConcern 79,
 *   NotAReplicaSet 123, ReadConcernMajorityNotEnabled 148, AuthenticationRestrictionUnmet 214,
 *   OperationNotSupportedInTransaction 263, MechanismUnavailable 334.
 */
const meanings = {
  away: [
    6, 7, 64, 89, 91, 94, 95, 100, 133, 134, 135, 187, 189, 190, 202, 216, 262, 279, 317, 355, 371, 384, 391, 407, 9001,
    10107, 11600, 11602, 13388, 13435, 13436,
  ],
  exhausted: [146, 208, 261, 264, 402, 433, 449, 14031],
  ended: [8, 24, 43, 46, 96, 107, 117, 175, 225, 237, 239, 246, 251, 267, 314, 358, 363, 365, 11601],
  "too large": [290, 388],
  late: [50],
  "set up wrong": [11, 13, 18, 20, 76, 79, 123, 148, 214, 263, 334],
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
  if (means(error, "exhausted")) return databaseUnavailable(error, "the database can take no more at the moment");
  return new RosterError(ErrorReason.INTERNAL, "internal error", { cause: forOperator(error) });
};

/** MongoDB's code of an operation that the user has no right to. */
export const unauthorized = 13;

/**
 * An error as it may be logged: where the database is set up wrong, one that says what to change. The driver's own names
 * the command that was refused, with the documents in it.
 */
export const forOperator = (error: unknown): unknown => {
  if (!means(error, "set up wrong")) return error;
  const { code, codeName, message } = error as MongoServerError;
  const refused = `the database refuses what Roster needs: ${codeName ?? "no name"}, code ${Number(code)}`;
  if (code !== unauthorized) return Object.assign(new Error(`${refused}; see how it is set up`), { code });
  const [, database = "of Roster", command = "a command", collection] =
    /^not authorized on (\S+) to execute command \{ (\w+): (?:"([\w.]+)")?/.exec(message) ?? [];
  const what = collection === undefined ? command : `${command} on the collection ${collection}`;
  const grant = `grant the user of MONGODB_URI the role readWrite on the database ${database}`;
  return Object.assign(new Error(`${refused}: ${what}; ${grant}`), { code });
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
