import { emailFormsOf } from "../attempts.js";
import { changeUser } from "../change-user.js";
import type { Lookup, Mutation } from "../commit/mutation.js";
import type { Draft } from "../commit/working-set.js";
import { type ComparedPassword, CredentialMoved, requireUnmoved } from "../credential.js";
import { invalidRequest, userIdAlreadyUsed } from "../error.js";
import type { User } from "../user.js";
import { addUser, emailLookups, findByEmail, isSameEmail, requireFit } from "../user-email.js";
import { newUser } from "../user-fields.js";
import { type CheckedRow, problemOfNewId } from "./check-row.js";
import type { MatchOn, RowDone } from "./import-row.js";

/** A row whose password, if it has one, was compared with the user's and hashed. */
export interface PreparedRow extends Omit<CheckedRow, "password" | "credential">, ComparedPassword {
  /** There was a password, and no user who could have it: nothing was done about it. */
  readonly passwordLeft?: true;
}

/**
 * The mutations that do what rows say, one after another. The first row that has to be prepared again throws
 * CredentialMoved, and so do all rows behind it: they would take what it claims.
 */
export const rowMutations = (rows: readonly PreparedRow[]): Mutation<RowDone>[] => {
  // Stays where it is when the rows are decided again: what has moved once needs another look in any case.
  let firstMoved = Number.POSITIVE_INFINITY;
  return rows.map((row, i) => {
    const mutation = rowMutation(row);
    return {
      ...mutation,
      apply(draft) {
        if (i >= firstMoved) throw new CredentialMoved();
        try {
          return mutation.apply(draft);
        } catch (error) {
          if (error instanceof CredentialMoved) firstMoved = i;
          throw error;
        }
      },
    };
  });
};

const rowMutation = (row: PreparedRow): Mutation<RowDone> => {
  const { match, fields, credential } = row;
  const create = creation(row);

  return {
    lookups: lookupsOf(row),
    apply(draft) {
      const user =
        match && ("email" in match ? findByEmail(draft, match.email) : draft.users.find(match.key, match.value));
      if (user) draft.need(furtherLookups(row, user));
      requireUnmoved(draft, user?.id, row);
      if (user === undefined) return create(draft);
      if (row.passwordLeft) throw new CredentialMoved();
      const changed = changeUser(draft, user, fields, { password: credential, status: row.origin.status });
      if (changed === user) return { outcome: "unchanged", userId: user.id };
      return { outcome: "updated", userId: user.id, ...(credential && { newPasswordOf: emailFormsOf(changed) }) };
    },
  };
};

/** What a change of the user that the row is matched with asks for. */
const furtherLookups = ({ fields, credential, compared }: PreparedRow, user: User): Lookup[] => {
  const lookups: Lookup[] = [];
  if (credential !== undefined || compared !== undefined) {
    lookups.push({ table: "credentials", key: "id", value: user.id });
  }
  if (fields.email && !isSameEmail(user, fields.email)) {
    lookups.push({ table: "identities", key: "userId", value: user.id });
  }
  return lookups;
};

/** Creates the user, or refuses to. */
const creation = ({ fields, origin, credential, unmatched }: PreparedRow): ((draft: Draft) => RowDone) => {
  if (unmatched !== "create") {
    return () => {
      throw unmatched;
    };
  }
  const { email } = fields;
  if (email === undefined) {
    return () => {
      throw invalidRequest([{ field: "email", description: "is required, because no user matches the row" }]);
    };
  }
  return (draft) => {
    const problem = origin.id && problemOfNewId(origin.id, draft.now);
    if (problem) throw invalidRequest([{ field: "id", description: problem }]);
    requireFit(email);
    const user = newUser(draft, email, fields, origin);
    if (origin.id !== undefined) requireUnused(draft, origin.id);
    if (credential) draft.credentials.put({ id: user.id, revision: 1, password: credential });
    addUser(draft, user);
    const newPasswordOf = credential && { newPasswordOf: emailFormsOf(user) };
    return { outcome: "created", userId: user.id, ...(origin.id === undefined && { idIsNew: true }), ...newPasswordOf };
  };
};

const formerUser = { table: "deletedUsers", key: "formerId" } as const;

/** Throws when a user has the id, or had it. Whether one had it is asked of the database even where it is taken for free. */
const requireUnused = (draft: Draft, id: string): void => {
  if (draft.users.find("id", id)) throw userIdAlreadyUsed(id);
  if (draft.deletedUsers.find(formerUser.key, id)) throw userIdAlreadyUsed(id);
};

/** Only what the row is matched on is expected to be found. */
const lookupsOf = ({ match, fields, origin }: PreparedRow): Lookup[] => {
  const lookups: Lookup[] = [];
  const add = (key: MatchOn, found: readonly Lookup[]) => {
    const isMatch = match && ("email" in match ? key === "email" : key === match.key);
    lookups.push(...(isMatch ? found : found.map((lookup): Lookup => ({ ...lookup, expectedAbsent: true }))));
  };
  const { id } = origin;
  const { externalId } = fields.texts;
  if (id !== undefined) add("id", [{ table: "users", key: "id", value: id }]);
  // Where the row may change a user, it asks for this when there is none.
  if (id !== undefined && match === undefined) lookups.push({ ...formerUser, value: id });
  if (fields.email) add("email", emailLookups(fields.email));
  if (externalId) add("externalId", [{ table: "users", key: "externalId", value: externalId }]);
  return lookups;
};
