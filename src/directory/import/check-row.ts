import type { PasswordCredential } from "../../passwords/index.js";
import type { Email } from "../email.js";
import { RosterError, userNotFound } from "../error.js";
import { FieldChecker } from "../field-checker.js";
import { isId, timeOfId } from "../id.js";
import { readPassword } from "../new-password.js";
import { checkUserFields, type Origin, type UserFields } from "../user-fields.js";
import type { ImportOptions, ImportRow, MatchOn } from "./import-row.js";

/** A row that keeps the rules of its fields. */
export interface CheckedRow {
  readonly fields: UserFields;
  readonly origin: Origin;
  /** What the import matches on. */
  readonly match: Match | undefined;
  /** What becomes of it when no user matches: it creates one, or is rejected for this. */
  readonly unmatched: "create" | RosterError;
  /** The hash that is given. */
  readonly credential: PasswordCredential | undefined;
  /** The password that is given. */
  readonly password: string | undefined;
}

/** By what a row finds its user. */
export type Match = { readonly key: "id" | "externalId"; readonly value: string } | { readonly email: Email };

const matchFields = { id: "id", externalId: "external_id", email: "email" } as const;
/** By how much the clock of another system may be ahead. */
const graceMs = 60 * 60_000;

/** What is wrong with the id of a new user: a user of the future would come first in every list until then. */
export const problemOfNewId = (id: string, now: Date): string | undefined =>
  isId("user", id) && timeOfId(id).getTime() > now.getTime() + graceMs ? "must not be from the future" : undefined;

/** Checks a row, by the rules of `CreateUser`; or returns why it is rejected. */
export const checkRow = (
  row: ImportRow,
  { matchOn, updateOnly }: Pick<ImportOptions, "matchOn" | "updateOnly">,
  now: Date,
): CheckedRow | RosterError => {
  try {
    return checked(row, matchOn, updateOnly, now);
  } catch (error) {
    if (error instanceof RosterError) return error;
    throw error;
  }
};

const checked = (row: ImportRow, matchOn: MatchOn | undefined, updateOnly: boolean, now: Date): CheckedRow => {
  const check = new FieldChecker();
  // Whether a row that may change a user makes a new one, and needs a good email and id, is known when its user is looked up.
  const mayChange = matchOn !== undefined;
  if (row.id !== "") check.id("user", "id", row.id);
  const problem = mayChange ? undefined : problemOfNewId(row.id, now);
  if (problem !== undefined) check.fail("id", problem);
  if (matchOn !== undefined && !row[matchOn]) {
    check.fail(matchFields[matchOn], "is required, because rows are matched on it");
  }
  const email = mayChange ? undefined : check.newEmail("email", row.email);
  const given = checkUserFields(check, { ...row, email: mayChange && row.email !== "" ? row.email : undefined });
  const fields = email ? { ...given, email } : given;
  checkTime(check, "last_sign_in_at", row.lastSignInAt, now);
  checkTime(check, "created_at", row.createdAt, now);
  const { status } = row;
  if (status === "unknown") check.fail("status", "must be USER_STATUS_ACTIVE or USER_STATUS_INACTIVE");
  check.done();
  const { credential, password } = readPassword(row);
  return {
    fields,
    origin: {
      id: row.id || undefined,
      createdAt: row.createdAt,
      lastSignInAt: row.lastSignInAt,
      status: status === "unknown" ? undefined : status,
    },
    match: matchOn && matchOf(matchOn, row.id, fields),
    unmatched: matchOn && updateOnly ? userNotFound(matchFields[matchOn], row[matchOn] ?? "") : "create",
    credential,
    password,
  };
};

const matchOf = (matchOn: MatchOn, id: string, { email, texts }: UserFields): CheckedRow["match"] => {
  switch (matchOn) {
    case "id":
      return { key: "id", value: id };
    case "externalId":
      return { key: "externalId", value: texts.externalId ?? "" };
    case "email":
      return email && { email };
    default:
      return matchOn satisfies never;
  }
};

const checkTime = (check: FieldChecker, field: string, time: Date | undefined, now: Date): void => {
  if (time && !(time.getTime() >= 0 && time.getTime() <= now.getTime() + graceMs)) {
    check.fail(field, "must be a time from 1970 on that is not in the future");
  }
};
