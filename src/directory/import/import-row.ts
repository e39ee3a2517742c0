import type { EmailForms } from "../attempts.js";
import type { RosterError } from "../error.js";
import type { NewPassword } from "../new-password.js";
import type { UserStatus } from "../user.js";
import type { GivenFields, Origin } from "../user-fields.js";

/** A row as callers give it: see `proto/roster/v1/import.proto`. Empty ids and emails are the same as absent. */
export interface ImportRow extends GivenFields, NewPassword, Omit<Origin, "status"> {
  readonly id: string;
  readonly email: string;
  readonly status?: UserStatus | "unknown" | undefined;
}

/** The field by which a row finds its user. */
export type MatchOn = "id" | "externalId" | "email";

/** What `ImportOptions` say; undefined is not set, "unknown" is a value that this server does not know. */
export interface GivenOptions {
  readonly mode: "create only" | "upsert" | "update only" | "unknown" | undefined;
  readonly matchOn: MatchOn | "unknown" | undefined;
  readonly dryRun: boolean;
}

/** One message of an import. */
export interface ImportMessage {
  readonly options: GivenOptions | undefined;
  readonly rows: readonly ImportRow[];
}

/** The options of an import: with `matchOn`, a row whose user exists changes it; with `updateOnly`, no other does anything. */
export interface ImportOptions {
  readonly matchOn: MatchOn | undefined;
  readonly updateOnly: boolean;
  readonly dryRun: boolean;
}

/** What a row did. */
export interface RowDone {
  readonly outcome: "created" | "updated" | "unchanged";
  /** Undefined for a user who would get a new id, were it not for the dry run. */
  readonly userId: string | undefined;
  /** The row did not bring the id. */
  readonly idIsNew?: true;
  /** The email of the user, where the row set the password. */
  readonly newPasswordOf?: EmailForms;
}

/** What became of a row. */
export type RowOutcome = RowDone | { readonly outcome: "rejected"; readonly error: RosterError };

/** The same with the number of the row, counted from 1 over the whole import. */
export type RowResult = RowOutcome & { readonly row: number };
