import { FieldChecker } from "./field-rules.js";
import { maxMessageBytes, userBytes } from "./message-size.js";
import type { User } from "./user.js";
import type { UserFilter, UserRange, UserReader } from "./user-reader.js";

/** What `ListUsers` takes. Empty texts and arrays and zeros are the same as absent. */
export interface ListUsers {
  readonly pageSize: number;
  readonly limit: number;
  readonly order: "ascending" | "descending" | undefined;
  readonly after: string;
  readonly before: string;
  readonly email: string;
  readonly externalIds: readonly string[];
  readonly ids: readonly string[];
}

/** One page of a list, with the cursors of its two ends; each is absent where the list ends. */
export interface UserPage {
  readonly users: User[];
  readonly before?: string;
  readonly after?: string;
}

const defaultPageSize = 100;
const maxPageSize = 1_000;

/** Checks the request and returns the pages. Reads at most one page more than was taken. */
export const listUsers = (request: ListUsers, reader: UserReader, signal: AbortSignal): AsyncGenerator<UserPage> => {
  const check = new FieldChecker();
  if (request.pageSize !== 0) check.range("page_size", request.pageSize, 1, maxPageSize);
  const maxLimit = request.before === "" ? Number.MAX_SAFE_INTEGER : maxPageSize;
  if (request.limit < 0 || request.limit > maxLimit) {
    check.fail("limit", request.before === "" ? "must not be negative" : `must be 0-${maxLimit} together with before`);
  }
  if (request.order === undefined) check.fail("order", "must be ORDER_DESC or ORDER_ASC");
  if (request.after !== "") check.id("user", "after", request.after);
  if (request.before !== "") check.id("user", "before", request.before);
  if (request.after !== "" && request.before !== "") check.fail("before", "must not be given together with after");
  const email = request.email === "" ? undefined : check.email("email", request.email);
  check.count("external_ids", request.externalIds, 0, 1_000);
  request.externalIds.forEach((id, i) => check.externalId(`external_ids[${i}]`, id));
  check.count("ids", request.ids, 0, 1_000);
  request.ids.forEach((id, i) => check.id("user", `ids[${i}]`, id));
  check.done();

  const direction = request.order ?? "descending";
  const pageSize = request.pageSize || defaultPageSize;
  const filter: UserFilter = {
    ...(email && { normalizedEmail: email.normalized }),
    ...(request.externalIds.length > 0 && { externalIds: request.externalIds }),
    ...(request.ids.length > 0 && { ids: request.ids }),
  };
  const list = new UserList(reader, filter, direction, signal);
  return request.before === ""
    ? list.pages(request.after, pageSize, request.limit || Number.POSITIVE_INFINITY)
    : list.pageBefore(request.before, request.limit || pageSize);
};

/** A list in one direction: keyset reads by id, one query for a page, no cursor left open between them. */
class UserList {
  constructor(
    private readonly reader: UserReader,
    private readonly filter: UserFilter,
    private readonly direction: UserRange["direction"],
    private readonly signal: AbortSignal,
  ) {}

  /** All pages behind a cursor, or from the start of the list. */
  async *pages(after: string, pageSize: number, limit: number): AsyncGenerator<UserPage> {
    let left = limit;
    const read = (id: string | undefined) => {
      const from = id === undefined ? undefined : { id, inclusive: false };
      const range = this.#range(this.direction, Math.min(pageSize, left), from);
      // A failure is thrown where the page is awaited, and the consumer may stop before that.
      range.catch(() => {});
      return range;
    };
    let next = read(after || undefined);
    let before = after === "" ? false : await this.#existsFrom(after, opposite(this.direction));
    for (;;) {
      const { users, more } = await next;
      left -= users.length;
      const last = users.at(-1)?.id;
      const goesOn = more && left > 0;
      if (goesOn) next = read(last);
      yield page(users, before, more);
      if (!goesOn) return;
      before = true;
    }
  }

  /** The one page just in front of a cursor. */
  async *pageBefore(before: string, size: number): AsyncGenerator<UserPage> {
    const [{ users, more }, after] = await Promise.all([
      this.#range(opposite(this.direction), size, { id: before, inclusive: false }),
      this.#existsFrom(before, this.direction),
    ]);
    yield page(users.toReversed(), more, after);
  }

  async #range(direction: UserRange["direction"], limit: number, from: UserRange["from"]) {
    const { users, more } = await this.reader.range(
      { filter: this.filter, direction, limit, ...(from && { from }) },
      this.signal,
    );
    const fitting = countFitting(users);
    return fitting < users.length ? { users: users.slice(0, fitting), more: true } : { users, more };
  }

  async #existsFrom(id: string, direction: UserRange["direction"]): Promise<boolean> {
    const { users } = await this.#range(direction, 1, { id, inclusive: true });
    return users.length > 0;
  }
}

/** How many of these users, but at least one, fit into a message. */
const countFitting = (users: readonly User[]): number => {
  let bytes = 0;
  for (const [i, user] of users.entries()) {
    bytes += userBytes(user);
    if (bytes > maxMessageBytes && i > 0) return i;
  }
  return users.length;
};

const opposite = (direction: UserRange["direction"]): UserRange["direction"] =>
  direction === "ascending" ? "descending" : "ascending";

const page = (users: User[], before: boolean, after: boolean): UserPage => {
  const first = users[0]?.id;
  const last = users.at(-1)?.id;
  return {
    users,
    ...(before && first !== undefined && { before: first }),
    ...(after && last !== undefined && { after: last }),
  };
};
