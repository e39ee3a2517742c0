import type { PasswordCredential } from "../passwords/index.js";
import type { Draft } from "./commit/working-set.js";
import { isSamePassword } from "./credential.js";
import { foldedEmailOf } from "./email.js";
import { FieldChecker } from "./field-checker.js";
import { optionalTextNames } from "./field-rules.js";
import { laterThan } from "./later-than.js";
import type { Metadata } from "./metadata.js";
import { isSameMetadata, type MetadataChange, withMetadataChange } from "./metadata-change.js";
import { statusOf, type User, type UserStatus, withStatus } from "./user.js";
import { handOnEmail, isSameEmail, requireFit, withEmail, withRightToEmail } from "./user-email.js";
import type { UserFields } from "./user-fields.js";

/** What changes with a user's fields. */
export interface OtherChanges {
  readonly removeMetadata?: readonly string[];
  readonly clearMetadata?: boolean | undefined;
  readonly status?: UserStatus | undefined;
  /** The new password, or "none" to remove the one that is there. It changes nothing when it is the hash that is there. */
  readonly password?: PasswordCredential | "none" | undefined;
}

/**
 * Changes a user: what is given replaces what is there, an empty text removes it, pairs of metadata are added. Returns the
 * user as it is when nothing changes. A change of the password is told by an event of its own, behind that of the fields.
 * Looks up the user's identities when the email becomes another one, and the password when it is set or removed.
 */
export const changeUser = (
  draft: Draft,
  user: User,
  fields: UserFields,
  { removeMetadata = [], clearMetadata, status = statusOf(user), password }: OtherChanges = {},
): User => {
  const { email } = fields;
  if (email && email.address !== user.email) requireFit(email);
  const named = email ? withEmail(draft, user, email) : user;
  const movesOn = email !== undefined && !isSameEmail(user, email);
  const metadata = withMetadata(user.metadata, { clearMetadata, metadata: fields.metadata, removeMetadata });
  const changed = withStatus(
    withFields(movesOn ? { ...named, emailVerified: false } : named, fields, metadata),
    status,
  );
  if (movesOn) dropIdentities(draft, user);
  const passwordChanged = password !== undefined && changePassword(draft, user.id, password);
  if (!passwordChanged && isSameUser(user, changed)) return user;
  const entitled = movesOn || changed.emailVerified === user.emailVerified ? changed : withRightToEmail(draft, changed);
  const stored = draft.users.put({ ...entitled, updatedAt: laterThan(user.updatedAt, draft.now) });
  if (stored.foldedEmail !== user.foldedEmail) handOnEmail(draft, user);
  if (passwordChanged) draft.tell({ type: "user.password_changed", user: stored });
  return stored;
};

/** Sets or removes the password. Returns whether that changes anything. */
const changePassword = (draft: Draft, id: string, password: PasswordCredential | "none"): boolean => {
  const current = draft.credentials.find("id", id)?.password;
  if (password === "none") {
    if (current) draft.credentials.remove(id);
    return current !== undefined;
  }
  if (isSamePassword(current, password)) return false;
  draft.credentials.put({ id, revision: 1, password });
  return true;
};

/** Removes the identities that carry the user's email: whoever has it next must not be taken for this user. */
const dropIdentities = (draft: Draft, user: User): void => {
  const email = foldedEmailOf(user);
  for (const identity of draft.identities.findAll("userId", user.id)) {
    if (foldedEmailOf(identity) === email) draft.identities.remove(identity.id);
  }
};

const withFields = (user: User, { emailVerified, texts }: UserFields, metadata: Metadata): User => {
  const changed: { -readonly [K in keyof User]: User[K] } = { ...user, metadata };
  if (emailVerified !== undefined) changed.emailVerified = emailVerified;
  for (const name of optionalTextNames) {
    const text = texts[name];
    if (text === "") delete changed[name];
    else if (text !== undefined) changed[name] = text;
  }
  return changed;
};

const withMetadata = (current: Metadata, change: MetadataChange): Metadata => {
  if (change.metadata.size === 0 && change.removeMetadata.length === 0 && !change.clearMetadata) return current;
  const check = new FieldChecker();
  const changed = withMetadataChange(check, current, change);
  check.done();
  return changed;
};

const isSameUser = (a: User, b: User): boolean =>
  a.email === b.email &&
  a.emailVerified === b.emailVerified &&
  a.status === b.status &&
  optionalTextNames.every((name) => a[name] === b[name]) &&
  isSameMetadata(a.metadata, b.metadata);
