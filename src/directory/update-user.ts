import type { PasswordCredential } from "../passwords/index.js";
import type { Lookup, Mutation } from "./commit/mutation.js";
import type { Draft } from "./commit/working-set.js";
import { requestKey } from "./commit/request-key.js";
import { revisionMismatch, userNotFound } from "./error.js";
import { FieldChecker, type OptionalText, optionalTextNames } from "./field-rules.js";
import { laterThan } from "./later-than.js";
import type { Metadata } from "./metadata.js";
import { checkMetadataChange, isSameMetadata, type MetadataChange, withMetadataChange } from "./metadata-change.js";
import type { NewPassword } from "./new-password.js";
import type { User } from "./user.js";

/** What `UpdateUser` takes: what is undefined stays as it is, an empty optional text is removed. */
export interface UpdateUser extends NewPassword, Readonly<Partial<Record<OptionalText, string | undefined>>> {
  readonly id: string;
  readonly email?: string | undefined;
  readonly emailVerified?: boolean | undefined;
  readonly metadata: ReadonlyMap<string, string>;
  readonly removeMetadata: readonly string[];
  readonly expectedRevision?: bigint | undefined;
  readonly requestId: string;
}

/** Checks the request, and returns the mutation that changes the user, with a new credential or without. */
export const updateUser = (request: UpdateUser): ((credential?: PasswordCredential) => Mutation<User>) => {
  const check = new FieldChecker();
  check.id("user", "id", request.id);
  const email = request.email === undefined ? undefined : check.email("email", request.email);
  const texts: Partial<Record<OptionalText, string>> = {};
  for (const name of optionalTextNames) {
    const given = request[name];
    if (given !== undefined) texts[name] = given === "" ? "" : check.optionalText(name, given);
  }
  checkMetadataChange(check, request);
  if (request.expectedRevision !== undefined && request.expectedRevision < 1n) {
    check.fail("expected_revision", "must be 1 or more");
  }
  check.requestId(request.requestId);
  check.done();

  const lookups: Lookup[] = [{ table: "users", key: "id", value: request.id }];
  if (email) {
    lookups.push({ table: "users", key: "normalizedEmail", value: email.normalized });
    lookups.push({ table: "identities", key: "userId", value: request.id });
  }
  if (texts.externalId) lookups.push({ table: "users", key: "externalId", value: texts.externalId });

  return (credential) => ({
    lookups: credential ? [...lookups, { table: "credentials", key: "id", value: request.id }] : lookups,
    ...requestKey("UpdateUser", request),
    apply: (draft) => {
      const user = draft.users.find("id", request.id);
      if (user === undefined) throw userNotFound("id", request.id);
      if (request.expectedRevision !== undefined && request.expectedRevision !== BigInt(user.revision)) {
        throw revisionMismatch(user.revision);
      }
      const changed = withChanges(user, {
        email,
        emailVerified: request.emailVerified,
        texts,
        metadata: withMetadata(user.metadata, request),
      });
      if (changed.normalizedEmail !== user.normalizedEmail) dropIdentities(draft, user);
      if (credential) draft.credentials.put({ id: user.id, revision: 1, password: credential });
      else if (isSameUser(user, changed)) return user;
      return draft.users.put({ ...changed, updatedAt: laterThan(user.updatedAt) });
    },
  });
};

/** Removes the identities that carry the user's email: whoever has it next must not be taken for this user. */
const dropIdentities = (draft: Draft, { id: userId, normalizedEmail }: User): void => {
  for (const identity of draft.identities.findAll("userId", userId)) {
    if (identity.normalizedEmail === normalizedEmail) draft.identities.remove(identity.id);
  }
};

interface Changes {
  email: { address: string; normalized: string } | undefined;
  emailVerified: boolean | undefined;
  texts: Partial<Record<OptionalText, string>>;
  metadata: Metadata;
}

const withChanges = (user: User, { email, emailVerified, texts, metadata }: Changes): User => {
  const changed: { -readonly [K in keyof User]: User[K] } = { ...user, metadata };
  if (email) {
    changed.email = email.address;
    changed.normalizedEmail = email.normalized;
    if (email.normalized !== user.normalizedEmail) changed.emailVerified = false;
  }
  if (emailVerified !== undefined) changed.emailVerified = emailVerified;
  for (const name of optionalTextNames) {
    const text = texts[name];
    if (text === "") delete changed[name];
    else if (text !== undefined) changed[name] = text;
  }
  return changed;
};

const withMetadata = (current: Metadata, change: MetadataChange): Metadata => {
  const check = new FieldChecker();
  const changed = withMetadataChange(check, current, change);
  check.done();
  return changed;
};

const isSameUser = (a: User, b: User): boolean =>
  a.email === b.email &&
  a.emailVerified === b.emailVerified &&
  optionalTextNames.every((name) => a[name] === b[name]) &&
  isSameMetadata(a.metadata, b.metadata);
