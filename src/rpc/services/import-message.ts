import * as v1 from "../../../gen/ts/roster/v1/import.js";
import type { ImportUsersRequest } from "../../../gen/ts/roster/v1/user_service.js";
import type { GivenOptions, ImportMessage, ImportRow, RowResult } from "../../directory/import/import-row.js";
import { toDate } from "../timestamp.js";
import { fromPasswordHashMessage } from "./password-hash-message.js";
import { fromStatusMessage } from "./user-message.js";

/** One message of an import as the directory takes it. */
export const fromImportMessage = ({ options, rows }: ImportUsersRequest): ImportMessage => ({
  options: options && {
    mode: modes.get(options.mode) ?? "unknown",
    matchOn: options.matchOn === v1.ImportOptions_MatchOn.UNSPECIFIED ? undefined : toMatchOn(options.matchOn),
    dryRun: options.dryRun,
  },
  rows: rows.map(fromRowMessage),
});

const modes: ReadonlyMap<v1.ImportOptions_Mode, GivenOptions["mode"]> = new Map([
  [v1.ImportOptions_Mode.UNSPECIFIED, undefined],
  [v1.ImportOptions_Mode.CREATE_ONLY, "create only"],
  [v1.ImportOptions_Mode.UPSERT, "upsert"],
  [v1.ImportOptions_Mode.UPDATE_ONLY, "update only"],
]);

const toMatchOn = (matchOn: v1.ImportOptions_MatchOn): GivenOptions["matchOn"] => {
  switch (matchOn) {
    case v1.ImportOptions_MatchOn.ID:
      return "id";
    case v1.ImportOptions_MatchOn.EXTERNAL_ID:
      return "externalId";
    case v1.ImportOptions_MatchOn.EMAIL:
      return "email";
    default:
      return "unknown";
  }
};

const fromRowMessage = (row: v1.ImportRow): ImportRow => ({
  ...row,
  lastSignInAt: toDate(row.lastSignInAt),
  createdAt: toDate(row.createdAt),
  passwordHash: fromPasswordHashMessage(row.passwordHash),
  status: fromStatusMessage(row.status),
});

const outcomes = {
  created: v1.ImportResult_Outcome.CREATED,
  updated: v1.ImportResult_Outcome.UPDATED,
  unchanged: v1.ImportResult_Outcome.UNCHANGED,
  rejected: v1.ImportResult_Outcome.REJECTED,
} as const;

/** A result as clients see it. */
export const toResultMessage = (result: RowResult): v1.ImportResult => ({
  row: BigInt(result.row),
  outcome: outcomes[result.outcome],
  userId: result.outcome === "rejected" ? "" : (result.userId ?? ""),
  error: result.outcome === "rejected" ? toErrorMessage(result.error) : undefined,
});

const toErrorMessage = ({ reason, message, details }: (RowResult & { outcome: "rejected" })["error"]) => ({
  reason,
  message: message.toWellFormed(),
  fieldViolations: (details.violations ?? []).map(({ field, description }) => ({
    field: field.toWellFormed(),
    description,
  })),
});
