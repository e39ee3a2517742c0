import type { PasswordCredential } from "../passwords/index.js";
import type { Lookup, Mutation } from "./commit/mutation.js";
import { requestKey } from "./commit/request-key.js";
import { FieldChecker, type OptionalText, optionalTextNames } from "./field-rules.js";
import { newId } from "./id.js";
import { toMetadata } from "./metadata.js";
import type { NewPassword } from "./new-password.js";
import type { User } from "./user.js";

/** What `CreateUser` takes. In an optional text, empty is the same as absent. */
export interface CreateUser extends NewPassword, Readonly<Partial<Record<OptionalText, string | undefined>>> {
  readonly email: string;
  readonly emailVerified: boolean;
  readonly metadata: ReadonlyMap<string, string>;
  readonly requestId: string;
}

/** Checks the request, and returns the mutation that creates the user with a credential or without. */
export const createUser = (request: CreateUser): ((credential?: PasswordCredential) => Mutation<User>) => {
  const check = new FieldChecker();
  const email = check.email("email", request.email);
  const texts: Partial<Record<OptionalText, string>> = {};
  for (const name of optionalTextNames) {
    const given = request[name];
    if (given) texts[name] = check.optionalText(name, given);
  }
  check.metadata(request.metadata);
  check.requestId(request.requestId);
  check.done();

  const now = new Date();
  const user: User = {
    id: newId("user"),
    email: email.address,
    normalizedEmail: email.normalized,
    emailVerified: request.emailVerified,
    ...texts,
    metadata: toMetadata(request.metadata),
    createdAt: now,
    updatedAt: now,
    revision: 1,
  };
  const unique = { table: "users", expectedAbsent: true } as const;
  const lookups: Lookup[] = [{ ...unique, key: "normalizedEmail", value: user.normalizedEmail }];
  if (user.externalId !== undefined) lookups.push({ ...unique, key: "externalId", value: user.externalId });
  return (credential) => ({
    lookups,
    ...requestKey("CreateUser", request),
    apply: (draft) => {
      if (credential) draft.credentials.put({ id: user.id, revision: 1, password: credential });
      return draft.users.put(user);
    },
  });
};
