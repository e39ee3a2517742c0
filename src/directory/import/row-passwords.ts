import { setTimeout as sleep } from "node:timers/promises";
import { HashingOverloaded, type PasswordCredential } from "../../passwords/index.js";
import type { Lookup } from "../commit/mutation.js";
import type { ObjectReader } from "../commit/object-reader.js";
import { RosterError } from "../error.js";
import { checkPassword, hashChecked } from "../new-password.js";
import { type NamedUser, ownerOf, withGiven } from "../password-owner.js";
import type { User } from "../user.js";
import { emailLookups, userByEmail } from "../user-email.js";
import type { CheckedRow, Match } from "./check-row.js";
import type { PreparedRow } from "./row-mutation.js";

/** What hashes and compares passwords; `PasswordHasher` does it for keeps. */
export interface RowHasher {
  hash(password: string, signal: AbortSignal): Promise<PasswordCredential | { problem: string }>;
  matches(credential: PasswordCredential, password: string, signal: AbortSignal): Promise<boolean>;
}

/** Passwords of one import that are worked on at a time: others want theirs hashed too. */
const atATime = 4;

/** Prepares the rows that bring a password. */
export class RowPasswords {
  readonly #objects: ObjectReader;
  readonly #hasher: RowHasher;
  readonly #signal: AbortSignal;

  constructor(objects: ObjectReader, hasher: RowHasher, signal: AbortSignal) {
    this.#objects = objects;
    this.#hasher = hasher;
    this.#signal = signal;
  }

  /**
   * Hashes the password of each row that has one, unless it is the one that the row's user has; or tells why the row is
   * rejected. Waits where the hasher is overloaded.
   */
  async prepare(rows: readonly CheckedRow[]): Promise<(PreparedRow | RosterError)[]> {
    const withPassword = rows.filter((row) => row.password !== undefined);
    if (withPassword.length === 0) return [...rows];
    const users = await this.#usersOf(withPassword);
    const prepared = new Map<CheckedRow, PreparedRow | RosterError>();
    for (let i = 0; i < withPassword.length; i += atATime) {
      const some = withPassword.slice(i, i + atATime);
      const done = await Promise.all(some.map((row) => this.#prepareOne(row, users.get(row))));
      some.forEach((row, j) => prepared.set(row, done[j] as PreparedRow | RosterError));
    }
    return rows.map((row) => prepared.get(row) ?? row);
  }

  async #prepareOne(row: CheckedRow, stored: StoredUser | undefined): Promise<PreparedRow | RosterError> {
    const { password = "", ...rest } = row;
    if (stored === undefined && row.unmatched !== "create") return { ...rest, passwordLeft: true };
    const compared = row.match && { compared: { to: stored?.credential } };
    try {
      const given: NamedUser = { email: row.fields.email?.address, ...row.fields.texts };
      const owner = ownerOf(stored ? withGiven(stored.user, given) : given);
      const checked = await this.#patiently(() => checkPassword(password, owner));
      const current = stored?.credential;
      if (current && (await this.#patiently(() => this.#hasher.matches(current, password, this.#signal)))) {
        return { ...rest, ...compared };
      }
      const credential = await this.#patiently(() => hashChecked(checked, this.#hasher, this.#signal));
      return { ...rest, ...compared, credential };
    } catch (error) {
      if (error instanceof RosterError && !this.#signal.aborted) return error;
      throw error;
    }
  }

  /** The users that rows match, with their passwords. */
  async #usersOf(rows: readonly CheckedRow[]): Promise<Map<CheckedRow, StoredUser>> {
    const matches = rows.flatMap(({ match }): Lookup[] => {
      if (match === undefined) return [];
      return "email" in match ? emailLookups(match.email) : [{ table: "users", ...match }];
    });
    if (matches.length === 0) return new Map();
    const { users = [] } = await this.#objects.read(matches);
    const ids = users.map(({ id }) => ({ table: "credentials" as const, key: "id", value: id }));
    const { credentials = [] } = ids.length > 0 ? await this.#objects.read(ids) : {};
    const byId = new Map(credentials.map((credential) => [credential.id, credential.password]));
    const found = new Map<CheckedRow, StoredUser>();
    for (const row of rows) {
      const user = row.match && matching(users, row.match);
      if (user) found.set(row, { user, credential: byId.get(user.id) });
    }
    return found;
  }

  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof HashingOverloaded)) throw error;
        await sleep(error.retryAfterMs, undefined, { signal: this.#signal }).catch(() => {});
        this.#signal.throwIfAborted();
      }
    }
  }
}

const matching = (users: readonly User[], match: Match): User | undefined => {
  const find = (key: keyof User, value: string) => users.find((user) => user[key] === value);
  return "email" in match ? userByEmail(find, match.email) : find(match.key, match.value);
};

interface StoredUser {
  readonly user: User;
  readonly credential: PasswordCredential | undefined;
}
