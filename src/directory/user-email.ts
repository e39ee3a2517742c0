import type { Lookup } from "./commit/mutation.js";
import type { Draft } from "./commit/working-set.js";
import { type Email, foldedEmailOf } from "./email.js";
import { invalidRequest } from "./error.js";
import type { User } from "./user.js";

/** Looks up whom an address finds. */
export const emailLookups = ({ normalized, folded }: Pick<Email, "normalized" | "folded">): Lookup[] => [
  { table: "users", key: "normalizedEmail", value: normalized },
  { table: "users", key: "foldedEmail", value: folded },
];

/**
 * The user of an address: the one whose email is the same by the rule of older versions, else the one who has its
 * `foldedEmail`. Two users can have addresses that are one by folding; each is found by their own then.
 */
export const userByEmail = (
  find: (key: "normalizedEmail" | "foldedEmail", value: string) => User | undefined,
  { normalized, folded }: Pick<Email, "normalized" | "folded">,
): User | undefined => {
  const exact = find("normalizedEmail", normalized);
  const holder = find("foldedEmail", folded);
  return exact ?? (holder && holdsFoldedEmail(holder) ? holder : undefined);
};

/** `userByEmail` in a draft. */
export const findByEmail = (draft: Draft, email: Email): User | undefined =>
  userByEmail((key, value) => draft.users.find(key, value), email);

/** Whether the user's `foldedEmail` is that of the email. It is not where an older server has changed the email since. */
export const holdsFoldedEmail = (user: User): boolean => user.foldedEmail === foldedEmailOf(user);

/** Throws INVALID_REQUEST when no user can be given this address. */
export const requireFit = ({ unfit }: Email): void => {
  if (unfit !== undefined) throw invalidRequest([{ field: "email", description: unfit }]);
};

/** Adds a user. Throws when the email or external id is another one's. */
export const addUser = (draft: Draft, user: User): User => {
  if (user.foldedEmail !== undefined) holderOf(draft, user.foldedEmail);
  return draft.users.put(user);
};

/**
 * The user with another address, or another spelling of the same, with its `foldedEmail` unless that is another user's. It
 * may be so where the address stays the same; else `put` refuses the user.
 */
export const withEmail = (draft: Draft, user: User, email: Email): User => {
  const { foldedEmail: _old, wantedEmail, emailIsWanted, ...rest } = user;
  const changed = { ...rest, email: email.address, normalizedEmail: email.normalized };
  const holder = holderOf(draft, email.folded);
  const isSame = isSameEmail(user, email);
  if (isSame && holder && holder.id !== user.id) return { ...changed, ...(wantedEmail && { wantedEmail }) };
  return { ...changed, foldedEmail: email.folded, ...(isSame && emailIsWanted && { emailIsWanted }) };
};

/** Whether the address is that of the user. */
export const isSameEmail = (user: User, { folded }: Email): boolean => foldedEmailOf(user) === folded;

/**
 * The user, whose `emailVerified` has changed, with the `foldedEmail` or without it, as the right to it is now: where it comes
 * from another user, that one has given it up; where it goes to another one, `handOnEmail` is to follow.
 */
export const withRightToEmail = (draft: Draft, user: User): User => {
  const { foldedEmail, wantedEmail, emailIsWanted, ...rest } = user;
  // A server of a version before keeps either when it changes the email.
  if ((foldedEmail ?? wantedEmail) !== foldedEmailOf(user)) return user;
  if (emailIsWanted && foldedEmail !== undefined) {
    const [first] = wantersOf(draft, foldedEmail);
    return first && byRightToEmail(first, user) < 0 ? { ...rest, wantedEmail: foldedEmail } : user;
  }
  if (wantedEmail === undefined) return user;
  const holder = holderOf(draft, wantedEmail);
  if (holder) {
    if (byRightToEmail(holder, user) < 0) return user;
    const { foldedEmail: _given, emailIsWanted: _wanted, ...without } = holder;
    draft.users.amend({ ...without, wantedEmail });
  }
  return { ...rest, foldedEmail: wantedEmail, emailIsWanted: true };
};

/** Gives the `foldedEmail` that a user has given up, and that another one wants, to the one with the best right to it. */
export const handOnEmail = (draft: Draft, { foldedEmail, emailIsWanted }: User): void => {
  if (!emailIsWanted || foldedEmail === undefined) return;
  const [heir, ...others] = wantersOf(draft, foldedEmail);
  if (heir === undefined) return;
  const { wantedEmail: _wanted, ...rest } = heir;
  draft.users.amend({ ...rest, foldedEmail, ...(others.length > 0 && { emailIsWanted: true }) });
};

/** Who wants a `foldedEmail`, the one with the best right first. */
const wantersOf = (draft: Draft, foldedEmail: string): User[] =>
  draft.users
    .findAll("wantedEmail", foldedEmail)
    .filter((user) => foldedEmailOf(user) === foldedEmail)
    .toSorted(byRightToEmail);

type Claimant = Pick<User, "id" | "emailVerified" | "createdAt">;

/** Of users whose addresses are one: whose email is verified comes first, else who is older. */
export const byRightToEmail = (a: Claimant, b: Claimant): number =>
  Number(b.emailVerified) - Number(a.emailVerified) ||
  a.createdAt.getTime() - b.createdAt.getTime() ||
  (a.id < b.id ? -1 : 1);

/** The user who has a `foldedEmail`. From one who only kept it, it is taken. */
const holderOf = (draft: Draft, foldedEmail: string): User | undefined => {
  const holder = draft.users.find("foldedEmail", foldedEmail);
  if (holder === undefined || holdsFoldedEmail(holder)) return holder;
  const { foldedEmail: _kept, emailIsWanted: _wanted, ...rest } = holder;
  draft.users.amend(rest);
  return undefined;
};
