import type { PasswordCredential } from "../passwords/index.js";
import type { Lookup, Mutation } from "./commit/mutation.js";
import { requestKey } from "./commit/request-key.js";
import { FieldChecker } from "./field-checker.js";
import type { NewPassword } from "./new-password.js";
import type { User } from "./user.js";
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
  const fields = checkUserFields(check, request);
  check.requestId(request.requestId);
  check.done();

  const email = check.email("email", request.email);
  const { externalId } = fields.texts;
  const unique = { table: "users", expectedAbsent: true } as const;
  const lookups: Lookup[] = [{ ...unique, key: "normalizedEmail", value: email.normalized }];
  if (externalId) lookups.push({ ...unique, key: "externalId", value: externalId });
  return (credential) => ({
    lookups,
    ...requestKey("CreateUser", request),
    apply: (draft) => {
      const user = newUser(draft, email, fields);
      if (credential) draft.credentials.put({ id: user.id, revision: 1, password: credential });
      return draft.users.put(user);
    },
  });
};
