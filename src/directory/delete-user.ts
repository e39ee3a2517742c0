import type { Mutation } from "./commit/mutation.js";
import { requestKey } from "./commit/request-key.js";
import { userNotFound } from "./error.js";
import { checkExpectedRevision, requireRevision } from "./expected-revision.js";
import { FieldChecker } from "./field-checker.js";
import { handOnEmail } from "./user-email.js";

/** What `DeleteUser` takes. */
export interface DeleteUser {
  readonly id: string;
  readonly expectedRevision?: bigint | undefined;
  readonly requestId: string;
}

/** Checks the request and returns the mutation that deletes the user with all that is attached. */
export const deleteUser = (request: DeleteUser): Mutation<undefined> => {
  const check = new FieldChecker();
  check.id("user", "id", request.id);
  checkExpectedRevision(check, request.expectedRevision);
  check.requestId(request.requestId);
  check.done();

  return {
    lookups: [
      { table: "users", key: "id", value: request.id },
      { table: "credentials", key: "id", value: request.id },
      { table: "identities", key: "userId", value: request.id },
      { table: "memberships", key: "userId", value: request.id },
      { table: "deletedUsers", key: "id", value: request.id },
    ],
    ...requestKey("DeleteUser", request),
    apply: (draft) => {
      const user = draft.users.find("id", request.id);
      if (user === undefined) throw userNotFound("id", request.id);
      requireRevision(user, request.expectedRevision);
      draft.users.remove(request.id);
      handOnEmail(draft, user);
      if (draft.credentials.find("id", request.id) !== undefined) draft.credentials.remove(request.id);
      for (const { id } of draft.identities.findAll("userId", request.id)) draft.identities.remove(id);
      for (const { id } of draft.memberships.findAll("userId", request.id)) draft.memberships.remove(id);
      // A server of a version before may have given the id of a deleted user again.
      if (!draft.deletedUsers.find("id", request.id)) draft.deletedUsers.put({ id: request.id, revision: 1 });
      draft.guard(request.id, "deletes");
      return undefined;
    },
  };
};
