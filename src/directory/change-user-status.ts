import type { Mutation } from "./commit/mutation.js";
import { requestKey } from "./commit/request-key.js";
import { userNotFound } from "./error.js";
import { checkExpectedRevision, requireRevision } from "./expected-revision.js";
import { FieldChecker } from "./field-checker.js";
import { laterThan } from "./later-than.js";
import { statusOf, type User, type UserStatus, withStatus } from "./user.js";

/** What `DeactivateUser` and `ReactivateUser` take. */
export interface ChangeUserStatus {
  readonly id: string;
  readonly expectedRevision?: bigint | undefined;
  readonly requestId: string;
}

/** Checks the request and returns the mutation that keeps the user from signing in. */
export const deactivateUser = (request: ChangeUserStatus): Mutation<User> =>
  changeStatus("DeactivateUser", request, "inactive");

/** Checks the request and returns the mutation that lets the user sign in again. */
export const reactivateUser = (request: ChangeUserStatus): Mutation<User> =>
  changeStatus("ReactivateUser", request, "active");

/** Gives the user a status. One who has it already stays as it is. */
const changeStatus = (method: string, request: ChangeUserStatus, status: UserStatus): Mutation<User> => {
  const { id, expectedRevision } = request;
  const check = new FieldChecker();
  check.id("user", "id", id);
  checkExpectedRevision(check, expectedRevision);
  check.requestId(request.requestId);
  check.done();

  return {
    lookups: [{ table: "users", key: "id", value: id }],
    ...requestKey(method, request),
    apply: (draft) => {
      const user = draft.users.find("id", id);
      if (user === undefined) throw userNotFound("id", id);
      requireRevision(user, expectedRevision);
      if (statusOf(user) === status) return user;
      return draft.users.put({ ...withStatus(user, status), updatedAt: laterThan(user.updatedAt, draft.now) });
    },
  };
};
