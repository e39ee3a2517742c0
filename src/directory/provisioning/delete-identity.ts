import type { Mutation } from "../commit/mutation.js";
import { requestKey } from "../commit/request-key.js";
import { identityNotFound, userNotFound } from "../error.js";
import { FieldChecker } from "../field-checker.js";
import { identityId } from "../identity.js";

/** What `DeleteIdentity` takes. */
export interface DeleteIdentity {
  readonly userId: string;
  readonly connectionId: string;
  readonly idpId: string;
  readonly requestId: string;
}

/** Checks the request and returns the mutation that unlinks the user from the subject. */
export const deleteIdentity = (request: DeleteIdentity): Mutation<undefined> => {
  const { userId, connectionId, idpId, requestId } = request;
  const check = new FieldChecker();
  check.id("user", "user_id", userId);
  check.ssoConnection(request);
  check.requestId(requestId);
  check.done();

  const id = identityId(connectionId, idpId);
  return {
    lookups: [
      { table: "users", key: "id", value: userId },
      { table: "identities", key: "id", value: id },
    ],
    ...requestKey("DeleteIdentity", request),
    apply: (draft) => {
      if (draft.users.find("id", userId) === undefined) throw userNotFound("user_id", userId);
      if (draft.identities.find("id", id)?.userId !== userId) throw identityNotFound(connectionId, idpId);
      draft.identities.remove(id);
      return undefined;
    },
  };
};
