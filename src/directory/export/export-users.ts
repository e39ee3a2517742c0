import type { PasswordCredential } from "../../passwords/index.js";
import type { CredentialReader } from "../credential-reader.js";
import type { EventLog } from "../events/event-log.js";
import { keysetList } from "../lists/keyset-list.js";
import { userBytes } from "../message-size.js";
import type { User } from "../user.js";
import type { UserReader } from "../user-reader.js";

/** What an export stands on. */
export interface ExportParts {
  readonly users: UserReader;
  readonly credentials: CredentialReader;
  readonly events: EventLog;
}

/** A user with everything that another directory needs. */
export interface ExportedUser extends User {
  /** Absent when the user has no password. */
  readonly password?: PasswordCredential;
}

/** One message of an export. */
export interface ExportPage {
  readonly users: readonly ExportedUser[];
  /** The place in the events that everything exported is at or behind. In the first page only. */
  readonly cursor?: string;
}

const pageSize = 1_000;
/** At least as many bytes as a password hash takes in a message. */
const passwordBytes = 2_200;

/**
 * All users in the order of their ids, as they are when each page is read, one page ahead of who takes them. The cursor is
 * read first: a change that a page does not show has its event behind it.
 */
export async function* exportUsers(parts: ExportParts, signal: AbortSignal): AsyncGenerator<ExportPage> {
  const { users, credentials, events } = parts;
  const cursor = await events.currentTail(signal);
  const range: Parameters<typeof keysetList<ExportedUser>>[0]["range"] = async (part) => {
    const answer = await users.range({}, part, signal);
    const passwords = await credentials.byUserIds(
      answer.items.map(({ id }) => id),
      signal,
    );
    const byId = new Map(passwords.map(({ id, password }) => [id, password]));
    return {
      ...answer,
      items: answer.items.map((user) => {
        const password = byId.get(user.id);
        return password ? { ...user, password } : user;
      }),
    };
  };
  const list = { range, bytesOf: (user: ExportedUser) => userBytes(user) + (user.password ? passwordBytes : 0) };
  let first = true;
  const everything = { direction: "ascending", pageSize, limit: Number.POSITIVE_INFINITY } as const;
  for await (const { items } of keysetList(list, everything)) {
    yield { users: items, ...(first && { cursor }) };
    first = false;
  }
}
