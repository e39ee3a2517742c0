import type { Lookup, Mutation } from "./commit/mutation.js";
import type { Draft } from "./commit/working-set.js";
import { requestKey } from "./commit/request-key.js";
import { userNotFound } from "./error.js";
import { checkExpectedRevision, requireRevision } from "./expected-revision.js";
import { FieldChecker } from "./field-checker.js";
import type { User } from "./user.js";
import { handOnEmail } from "./user-email.js";

/** What `DeleteUser` takes. */
export interface DeleteUser {
  readonly id: string;
  readonly expectedRevision?: bigint | undefined;
  readonly erase?: boolean;
  readonly requestId: string;
}

/**
 * Checks the request and returns the mutation that deletes the user with all that is attached. To erase is written down with
 * it, and done later; also for a user who was deleted before, as far back as deletions are known.
 */
export const deleteUser = (request: DeleteUser): Mutation<undefined> => {
  const { id, erase = false } = request;
  const check = new FieldChecker();
  check.id("user", "id", id);
  checkExpectedRevision(check, request.expectedRevision);
  check.requestId(request.requestId);
  check.done();

  const erasure: Lookup = { table: "erasures", key: "id", value: id };
  return {
    lookups: [
      { table: "users", key: "id", value: id },
      { table: "credentials", key: "id", value: id },
      { table: "identities", key: "userId", value: id },
      { table: "memberships", key: "userId", value: id },
      { table: "deletedUsers", key: "id", value: id },
      ...(erase ? [erasure] : []),
    ],
    ...requestKey("DeleteUser", request),
    erases: erase,
    apply: (draft) => {
      const user = draft.users.find("id", id);
      const isFormer = user === undefined && erase && draft.deletedUsers.find("formerId", id) !== undefined;
      if (user === undefined && !isFormer) throw userNotFound("id", id);
      if (erase) writeErasureDown(draft, id, user);
      if (user) {
        requireRevision(user, request.expectedRevision);
        draft.users.remove(id);
        handOnEmail(draft, user);
        // A server of a version before may have given the id of a deleted user again.
        if (!draft.deletedUsers.find("id", id)) draft.deletedUsers.put({ id, revision: 1 });
      }
      // Of a former user there is something only where a server of a version before has left it.
      if (draft.credentials.find("id", id) !== undefined) draft.credentials.remove(id);
      for (const identity of draft.identities.findAll("userId", id)) draft.identities.remove(identity.id);
      for (const membership of draft.memberships.findAll("userId", id)) draft.memberships.remove(membership.id);
      draft.guard(id, "deletes");
      return undefined;
    },
  };
};

/** The addresses go with the user, and events that hold none tell of the deletion: so they are kept until all is erased. */
const writeErasureDown = (draft: Draft, id: string, user: User | undefined): void => {
  const { lockedUntil: _another, ...before } = draft.erasures.find("id", id) ?? { emails: [], revision: 0 };
  const identities = draft.identities.findAll("userId", id);
  const emails = [user, ...identities].flatMap((holder) => holder?.email ?? []);
  draft.erasures.put({ ...before, id, emails: [...new Set([...before.emails, ...emails])], requestedAt: draft.now });
};
