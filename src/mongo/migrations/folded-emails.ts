import type { AnyBulkWriteOperation, ClientSession, Db } from "mongodb";
import { foldedEmailOf } from "../../directory/email.js";
import type { User } from "../../directory/user.js";
import { byRightToEmail } from "../../directory/user-email.js";
import { type DocumentOf, fromDocument } from "../documents.js";
import { findAllIn, findOnce } from "../find.js";
import type { Migration } from "./migration.js";

const collection = "users";
const usersInStep = 500;
/** Most users who share an email that the log names. */
const maxTold = 100;

type Key = Pick<User, "foldedEmail" | "wantedEmail" | "emailIsWanted">;

/**
 * Gives each user the `foldedEmail` that servers of older versions did not write, or kept when they changed the email. Of
 * users whose emails are one by it, the one with the best right gets it, and the others want it. Callers see nothing of it,
 * so revisions stay.
 */
export const foldedEmails = (id: string): Migration => ({
  id,
  description: "compare emails by Unicode simple case folding",
  olderServers: "may start",

  async step(db, session, position = "") {
    const { documents, complete } = await findOnce<DocumentOf<"users">>(db, {
      collection,
      filter: { _id: { $gt: position } },
      sort: { _id: 1 },
      limit: usersInStep,
      session,
    });
    const users = await withHolders(db, session, documents.map(fromDocument) as User[]);
    await write(db, session, users, keysFor(users));
    return complete && documents.length < usersInStep ? undefined : documents.at(-1)?._id;
  },

  async afterwards(db, log) {
    const { documents } = await findOnce<DocumentOf<"users">>(db, {
      collection,
      filter: { wantedEmail: { $exists: true } },
      hint: "wantedEmail",
      limit: maxTold + 1,
    });
    const wanted = documents.map(({ wantedEmail = "" }) => wantedEmail);
    const holders = await findAllIn<DocumentOf<"users">>(db, { collection, field: "foldedEmail", values: wanted });
    const idOf = new Map(holders.map(({ foldedEmail, _id }) => [foldedEmail, _id]));
    for (const { _id: userId, wantedEmail } of documents.slice(0, maxTold)) {
      const holder = idOf.get(wantedEmail);
      log.warn({ userId, holder }, "two users have the same email; see docs/operations.md#users-who-share-an-email");
    }
    if (documents.length > maxTold) log.warn({}, "more users have the same email than these");
  },
});

/** These users, and all who have a `foldedEmail` that is one of theirs; those of the latter who only kept it bring others. */
const withHolders = async (db: Db, session: ClientSession, users: readonly User[]): Promise<User[]> => {
  const known = new Map(users.map((user) => [user.id, user]));
  for (let added = users; added.length > 0; ) {
    const values = [...new Set(added.map(foldedEmailOf))];
    const found = await findAllIn<DocumentOf<"users">>(db, { collection, field: "foldedEmail", values, session });
    added = (found.map(fromDocument) as User[]).filter(({ id }) => !known.has(id));
    for (const user of added) known.set(user.id, user);
  }
  return [...known.values()];
};

/** What each of these users should have, by id. */
const keysFor = (users: readonly User[]): Map<string, Key> => {
  const byEmail = new Map<string, User[]>();
  for (const user of users) {
    const foldedEmail = foldedEmailOf(user);
    byEmail.set(foldedEmail, [...(byEmail.get(foldedEmail) ?? []), user]);
  }
  const keys = new Map<string, Key>();
  for (const [foldedEmail, sharers] of byEmail) {
    const [first, ...others] = sharers.toSorted(byRightToEmail);
    const isWanted = others.length > 0 || sharers.some(({ emailIsWanted }) => emailIsWanted);
    keys.set(first?.id ?? "", { foldedEmail, ...(isWanted && { emailIsWanted: true }) });
    for (const { id } of others) keys.set(id, { wantedEmail: foldedEmail });
  }
  return keys;
};

const write = async (
  db: Db,
  session: ClientSession,
  users: readonly User[],
  keys: ReadonlyMap<string, Key>,
): Promise<void> => {
  const names = ["foldedEmail", "wantedEmail", "emailIsWanted"] as const;
  const givenUp: AnyBulkWriteOperation<DocumentOf<"users">>[] = [];
  const taken: AnyBulkWriteOperation<DocumentOf<"users">>[] = [];
  for (const user of users) {
    const key = keys.get(user.id) ?? {};
    if (names.every((name) => user[name] === key[name])) continue;
    const gone = names.filter((name) => user[name] !== undefined && user[name] !== key[name]);
    const filter = { _id: user.id };
    if (gone.length > 0) givenUp.push({ updateOne: { filter, update: { $unset: unsetting(gone) } } });
    taken.push({ updateOne: { filter, update: { $set: key } } });
  }
  // A key is given up before it is taken.
  const writes = [...givenUp, ...taken];
  if (writes.length > 0) await db.collection<DocumentOf<"users">>(collection).bulkWrite(writes, { session });
};

const unsetting = (names: readonly (keyof Key)[]): Partial<Record<keyof Key, "">> =>
  Object.fromEntries(names.map((name) => [name, ""]));
