import type { Draft } from "./commit/working-set.js";
import type { Email } from "./email.js";
import type { FieldChecker } from "./field-checker.js";
import { type OptionalText, optionalTextNames } from "./field-rules.js";
import { idAt } from "./id.js";
import { toMetadata } from "./metadata.js";
import type { User, UserStatus } from "./user.js";

/** The fields of a user as callers give them; what is undefined is not given. */
export interface GivenFields extends Readonly<Partial<Record<OptionalText, string | undefined>>> {
  readonly email?: string | undefined;
  readonly emailVerified?: boolean | undefined;
  readonly metadata: ReadonlyMap<string, string>;
}

/** The same in the form that is stored. A text that was given empty is there and empty. */
export interface UserFields {
  readonly email: Email | undefined;
  readonly emailVerified: boolean | undefined;
  readonly texts: Readonly<Partial<Record<OptionalText, string>>>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** Checks the fields of a user. The answer holds once `check` is done. */
export const checkUserFields = (check: FieldChecker, given: GivenFields): UserFields => {
  const email = given.email === undefined ? undefined : check.email("email", given.email);
  const texts: Partial<Record<OptionalText, string>> = {};
  for (const name of optionalTextNames) {
    const text = given[name];
    if (text !== undefined) texts[name] = text === "" ? "" : check.optionalText(name, text);
  }
  check.metadata(given.metadata);
  return { email, emailVerified: given.emailVerified, texts, metadata: given.metadata };
};

/** What a user brings from another directory. */
export interface Origin {
  readonly id?: string | undefined;
  readonly createdAt?: Date | undefined;
  readonly lastSignInAt?: Date | undefined;
  readonly status?: UserStatus | undefined;
}

/** A new user with these fields; an empty text is the same as none. */
export const newUser = (
  { now, newId }: Pick<Draft, "now" | "newId">,
  email: Email,
  { emailVerified, texts, metadata }: UserFields,
  origin: Origin = {},
): User => {
  const user: { -readonly [K in keyof User]: User[K] } = {
    id: origin.id ?? (origin.createdAt ? idAt("user", origin.createdAt) : newId("user")),
    email: email.address,
    normalizedEmail: email.normalized,
    foldedEmail: email.folded,
    emailVerified: emailVerified ?? false,
    metadata: toMetadata(metadata),
    createdAt: origin.createdAt ?? now,
    updatedAt: origin.createdAt && origin.createdAt > now ? origin.createdAt : now,
    revision: 1,
  };
  for (const name of optionalTextNames) {
    const text = texts[name];
    if (text) user[name] = text;
  }
  if (origin.lastSignInAt) user.lastSignInAt = origin.lastSignInAt;
  if (origin.status === "inactive") user.status = origin.status;
  return user;
};
