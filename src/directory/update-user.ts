import { changeUser } from "./change-user.js";
import type { Lookup, Mutation } from "./commit/mutation.js";
import { requestKey } from "./commit/request-key.js";
import { type ComparedPassword, requireUnmoved } from "./credential.js";
import { userNotFound } from "./error.js";
import { checkExpectedRevision, requireRevision } from "./expected-revision.js";
import { FieldChecker } from "./field-checker.js";
import { checkRemovedMetadata } from "./metadata-change.js";
import type { NewPassword } from "./new-password.js";
import type { User } from "./user.js";
import { emailLookups } from "./user-email.js";
import { checkUserFields, type GivenFields } from "./user-fields.js";

/** What `UpdateUser` takes: what is undefined stays as it is, an empty optional text is removed. */
export interface UpdateUser extends NewPassword, GivenFields {
  readonly id: string;
  readonly removeMetadata: readonly string[];
  readonly clearMetadata?: boolean | undefined;
  readonly removePassword?: boolean | undefined;
  readonly expectedRevision?: bigint | undefined;
  readonly requestId: string;
}

/**
 * Checks the request, and returns the mutation that changes the user, with a new password or without. The mutation throws
 * CredentialMoved when the new one has to be compared again.
 */
export const updateUser = (request: UpdateUser): ((password?: ComparedPassword) => Mutation<User>) => {
  const check = new FieldChecker();
  check.id("user", "id", request.id);
  const fields = checkUserFields(check, request);
  checkRemovedMetadata(check, request);
  checkExpectedRevision(check, request.expectedRevision);
  check.requestId(request.requestId);
  const { removePassword } = request;
  if (removePassword && (request.password !== undefined || request.passwordHash !== undefined)) {
    check.fail("remove_password", "must not be given together with password or password_hash");
  }
  check.done();

  const { email, texts } = fields;
  const lookups: Lookup[] = [{ table: "users", key: "id", value: request.id }];
  if (email) {
    lookups.push(...emailLookups(email));
    lookups.push({ table: "identities", key: "userId", value: request.id });
  }
  if (texts.externalId) lookups.push({ table: "users", key: "externalId", value: texts.externalId });

  return (password) => ({
    lookups:
      password || removePassword ? [...lookups, { table: "credentials", key: "id", value: request.id }] : lookups,
    ...requestKey("UpdateUser", request),
    apply: (draft) => {
      const user = draft.users.find("id", request.id);
      if (user === undefined) throw userNotFound("id", request.id);
      requireRevision(user, request.expectedRevision);
      if (password) requireUnmoved(draft, user.id, password);
      const { removeMetadata, clearMetadata } = request;
      const newPassword = removePassword ? "none" : password?.credential;
      return changeUser(draft, user, fields, { removeMetadata, clearMetadata, password: newPassword });
    },
  });
};
