import type { PasswordOwner } from "../passwords/index.js";

/** What a password must have nothing to do with; the email may be as a request brings it. */
export interface NamedUser {
  readonly email?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly name?: string | undefined;
}

/** The same as the policy of passwords takes it. */
export const ownerOf = ({ email = "", firstName, lastName, name }: NamedUser): PasswordOwner => ({
  // White space around it may be megabytes, which would be searched for words.
  email: email.trim(),
  names: [firstName, lastName, name].filter((part) => part !== undefined),
});

/** The user with what a request changes. */
export const withGiven = (user: NamedUser, given: NamedUser): NamedUser => ({
  email: given.email ?? user.email,
  firstName: given.firstName ?? user.firstName,
  lastName: given.lastName ?? user.lastName,
  name: given.name ?? user.name,
});
