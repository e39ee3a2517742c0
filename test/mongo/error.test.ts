import {
  MongoClientClosedError,
  MongoError,
  MongoExpiredSessionError,
  MongoNetworkError,
  MongoServerError,
  MongoTransactionError,
  MongoWriteConcernError,
} from "mongodb";
import { describe, expect, it } from "vitest";
import { ErrorReason } from "../../src/directory/error.js";
import { finalError } from "../../src/mongo/commit/commit-batch.js";
import { forOperator, isInterrupted, isTooLarge, isTransient, toRosterError } from "../../src/mongo/error.js";

const server = (code: number, ...errorLabels: string[]) =>
  new MongoServerError({ message: `${code}`, code, errorLabels });
const refused = (message: string, code = 13, codeName = "Unauthorized") =>
  new MongoServerError({ message, code, codeName });
const transient = "TransientTransactionError";
const interruptedBehindCommit = new MongoWriteConcernError({
  writeConcernError: { code: 11_601, errmsg: "interrupted" },
  errorLabels: ["UnknownTransactionCommitResult"],
} as never);

const { INTERNAL, DATABASE_UNAVAILABLE } = ErrorReason;

const errors: [name: string, error: unknown, reason: ErrorReason, transient: boolean][] = [
  ["a network error", new MongoNetworkError("reset"), DATABASE_UNAVAILABLE, false],
  ["a session that has ended", new MongoExpiredSessionError(), DATABASE_UNAVAILABLE, false],
  ["a client that is closed", new MongoClientClosedError(), DATABASE_UNAVAILABLE, false],
  ["NotWritablePrimary", server(10_107), DATABASE_UNAVAILABLE, false],
  ["WriteConcernFailed", server(64), DATABASE_UNAVAILABLE, false],
  ["LockTimeout", server(24), DATABASE_UNAVAILABLE, true],
  ["CursorNotFound", server(43), DATABASE_UNAVAILABLE, true],
  ["TransactionTooOld", server(225), DATABASE_UNAVAILABLE, true],
  ["CursorKilled", server(237), DATABASE_UNAVAILABLE, true],
  ["SnapshotTooOld", server(239), DATABASE_UNAVAILABLE, true],
  ["SnapshotUnavailable", server(246), DATABASE_UNAVAILABLE, true],
  ["NoSuchTransaction", server(251), DATABASE_UNAVAILABLE, true],
  ["TransactionExceededLifetimeLimitSeconds", server(290), DATABASE_UNAVAILABLE, true],
  ["TemporarilyUnavailable", server(365), DATABASE_UNAVAILABLE, true],
  ["TransactionTooLargeForCache", server(388), DATABASE_UNAVAILABLE, true],
  ["Interrupted", server(11_601), DATABASE_UNAVAILABLE, true],
  ["Interrupted, behind a commit", interruptedBehindCommit, DATABASE_UNAVAILABLE, false],
  ["UnknownError", server(8), DATABASE_UNAVAILABLE, true],
  ["OperationFailed", server(96), DATABASE_UNAVAILABLE, true],
  ["ObjectIsBusy", server(314), DATABASE_UNAVAILABLE, true],
  ["InternalTransactionNotSupported", server(358), DATABASE_UNAVAILABLE, true],
  ["LinearizableReadConcernError", server(187), DATABASE_UNAVAILABLE, false],
  ["NetworkInterfaceExceededTimeLimit", server(202), DATABASE_UNAVAILABLE, false],
  ["OutOfDiskSpace", server(14_031), DATABASE_UNAVAILABLE, false],
  ["ExceededMemoryLimit", server(146), DATABASE_UNAVAILABLE, false],
  ["MaxTimeMSExpired", server(50), DATABASE_UNAVAILABLE, false],
  ["ReadConcernMajorityNotAvailableYet", server(134), DATABASE_UNAVAILABLE, false],
  ["what nobody expects", server(8_000), INTERNAL, false],
  ["what nobody expects, with the label of a transaction", server(8_000, transient), INTERNAL, true],
  ["a transaction used in the wrong order", new MongoTransactionError("already in progress"), INTERNAL, false],
];

describe("an error of the database", () => {
  it.each(errors)("is told and tried again as what it is: %s", (_name, error, reason, again) => {
    expect(toRosterError(error)).toMatchObject({ reason, cause: error });
    expect(isTransient(error)).toBe(again);
  });

  it("says that a transaction was too large at once, or by the time it took", () => {
    const ends = [290, 388, 251, 112, 24].map((code) => server(code, transient));
    expect(ends.map((end) => isTooLarge(end, 10))).toEqual([true, true, false, false, false]);
    expect(ends.map((end) => isTooLarge(end, 1_000))).toEqual([true, true, true, true, false]);
  });

  it("leaves open at a commit whether that was made, unless the database says that it was not", () => {
    expect([290, 251, 11_601, 112].map((code) => isInterrupted(server(code)))).toEqual([true, true, true, false]);
    expect(isInterrupted(server(251, transient))).toBe(false);
    expect(isInterrupted(new MongoError("of the driver"))).toBe(false);
  });
});

describe("the last answer of a change", () => {
  const answers: [name: string, error: unknown, ms: number, reason: ErrorReason, message: string][] = [
    [
      "that met others",
      server(112, transient),
      10,
      ErrorReason.CONFLICT,
      "the change met other changes of the same object; send it again",
    ],
    [
      "that alone is too much",
      server(290),
      5_000,
      DATABASE_UNAVAILABLE,
      "the change is more than the database could do in one transaction; nothing was changed",
    ],
    ["without a primary", new MongoNetworkError("reset"), 10, DATABASE_UNAVAILABLE, "the database cannot be reached"],
  ];

  it.each(answers)("%s says so", (_name, error, ms, reason, message) => {
    expect(finalError(error, ms)).toMatchObject({ reason, message, cause: error });
  });
});

describe("an error by which the database says how it is set up", () => {
  const documents = '{ email: "ada@example.com", password: "$2b$10$abc" }';
  const needs = "the database refuses what Roster needs: ";
  const errors: [name: string, error: MongoServerError, told: string][] = [
    [
      "a command on a collection",
      refused(`not authorized on roster to execute command { insert: "credentials", documents: [ ${documents} ] }`),
      `${needs}Unauthorized, code 13: insert on the collection credentials; grant the user of MONGODB_URI the role readWrite on the database roster`,
    ],
    [
      "a command on none",
      refused("not authorized on admin to execute command { commitTransaction: 1, lsid: { id: UUID() } }"),
      `${needs}Unauthorized, code 13: commitTransaction; grant the user of MONGODB_URI the role readWrite on the database admin`,
    ],
    [
      "a text that nobody knows",
      refused(`no ${documents}`),
      `${needs}Unauthorized, code 13: a command; grant the user of MONGODB_URI the role readWrite on the database of Roster`,
    ],
    [
      "another code",
      refused(`no ${documents}`, 148, "ReadConcernMajorityNotEnabled"),
      `${needs}ReadConcernMajorityNotEnabled, code 148; see how it is set up`,
    ],
  ];

  it.each(errors)("is told to the operator without what was in the command: %s", (_name, error, message) => {
    const told = forOperator(error);
    expect(told).toMatchObject({ message, code: error.code });
    expect(JSON.stringify(told)).not.toContain("ada@");
    expect(toRosterError(error)).toMatchObject({ reason: INTERNAL, message: "internal error", cause: { message } });
  });

  it("is all that is changed for the log", () => {
    const other = server(112);
    expect(forOperator(other)).toBe(other);
  });
});
