import type { PasswordCredential } from "../../passwords/index.js";
import type { CredentialReader } from "../credential-reader.js";
import type { EventLog } from "../events/event-log.js";
import { keysetList } from "../lists/keyset-list.js";
import type { KeyRange, RangeAnswer } from "../lists/range.js";
import { userBytes } from "../message-size.js";
import type { User } from "../user.js";
import type { UserReader } from "../user-reader.js";

/** What an export works with. */
export interface ExportParts {
  readonly users: UserReader;
  readonly credentials: CredentialReader;
  readonly events: EventLog;
}

/** Everything that another directory needs of a user. */
export interface ExportedUser {
  readonly id: string;
  readonly user: User;
  /** Undefined when the user has none. */
  readonly password: PasswordCredential | undefined;
}

/** One message of an export. */
export interface ExportPage {
  readonly users: readonly ExportedUser[];
  /** The place in the events that nothing exported is older than. In the first page only. */
  readonly cursor?: string;
}

const everything = { direction: "ascending", pageSize: 1_000, limit: Number.POSITIVE_INFINITY } as const;

/**
 * All users in the order of their ids, as they are when each page is read, one page ahead of who takes them. The cursor is
 * read first: a change that a page does not show has its event behind it.
 */
export async function* exportUsers(parts: ExportParts, signal: AbortSignal): AsyncGenerator<ExportPage> {
  const cursor = await parts.events.currentTail(signal);
  const list = {
    range: (range: KeyRange) => readRange(parts, range, signal),
    bytesOf: ({ user, password }: ExportedUser) => userBytes(user) + (password ? hashBytes(password) : 0),
  };
  let first = true;
  for await (const { items } of keysetList(list, everything)) {
    yield { users: items, ...(first && { cursor }) };
    first = false;
  }
}

const readRange = async (
  { users, credentials }: ExportParts,
  range: KeyRange,
  signal: AbortSignal,
): Promise<RangeAnswer<ExportedUser>> => {
  const answer = await users.range({}, range, signal);
  const ids = answer.items.map(({ id }) => id);
  const found = ids.length > 0 ? await credentials.byUserIds(ids, signal) : [];
  const passwords = new Map(found.map(({ id, password }) => [id, password]));
  const items = answer.items.map((user) => ({ id: user.id, user, password: passwords.get(user.id) }));
  return { ...answer, items };
};

/** At least as many bytes as a password hash takes in a message. */
const hashBytes = (password: PasswordCredential): number => {
  let bytes = 200;
  for (const value of Object.values<unknown>({ ...password })) if (typeof value === "string") bytes += 2 * value.length;
  return bytes;
};
