import type { PasswordCredential } from "../passwords/index.js";
import type { Lookup, Mutation } from "./commit/mutation.js";
import { requestKey } from "./commit/request-key.js";
import { FieldChecker } from "./field-checker.js";
import type { NewPassword } from "./new-password.js";
import type { User } from "./user.js";
import { addUser, emailLookups } from "./user-email.js";
import { checkUserFields, type GivenFields, newUser } from "./user-fields.js";

/** What `CreateUser` takes. In an optional text, empty is the same as absent. */
export interface CreateUser extends NewPassword, GivenFields {
  readonly email: string;
  readonly emailVerified: boolean;
  readonly requestId: string;
}

/** Checks the request, and returns the mutation that creates the user with a credential or without. */
export const createUser = (request: CreateUser): ((credential?: PasswordCredential) => Mutation<User>) => {
  const check = new FieldChecker();
  const email = check.newEmail("email", request.email);
  const fields = checkUserFields(check, { ...request, email: undefined });
  check.requestId(request.requestId);
  check.done();

  const { externalId } = fields.texts;
  const lookups = emailLookups(email);
  if (externalId) lookups.push({ table: "users", key: "externalId", value: externalId });
  return (credential) => ({
    lookups: lookups.map((lookup): Lookup => ({ ...lookup, expectedAbsent: true })),
    ...requestKey("CreateUser", request),
    apply: (draft) => {
      const user = newUser(draft, email, fields);
      if (credential) draft.credentials.put({ id: user.id, revision: 1, password: credential });
      return addUser(draft, user);
    },
  });
};
