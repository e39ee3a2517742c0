import { ofDeletedUsers } from "./deleted-users.js";
import { foldedEmails } from "./folded-emails.js";
import type { Migration } from "./migration.js";

/** Every migration, in order. */
export const allMigrations: readonly Migration[] = [
  ofDeletedUsers("0001-identities-of-deleted-users", "identities"),
  ofDeletedUsers("0002-memberships-of-deleted-users", "memberships"),
  foldedEmails("0003-folded-emails"),
];

/** The id of the last one: what a server tells the others that it knows. */
export const newestMigration: string = allMigrations.at(-1)?.id ?? "";
