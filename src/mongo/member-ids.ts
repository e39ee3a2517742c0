import type { Db, Document } from "mongodb";
import type { Direction, KeyRange } from "../directory/lists/range.js";
import { findOnce } from "./find.js";
import { behind, signOf } from "./range.js";

/** The active members of an organization whom a list is about. */
export interface Members {
  readonly organizationId: string;
  /** What else holds for the users; of their ids, that they are among some. */
  readonly conditions: Document;
  readonly signal: AbortSignal;
}

/** Ids of users, and whether there are more behind the last one. */
interface Ids {
  readonly ids: readonly string[];
  readonly more: boolean;
}

/** Most users for whom conditions on users, each of a list of at most so many values, can hold. */
const maxUsers = 1_000;
/** Ids that a list that goes on reads ahead. */
const chunkSize = 1_000;
/** For how long these count. */
const chunkLifetimeMs = 1_000;

/**
 * The ids of an organization's active members, along an index that is in the order of users and holds all that is asked
 * for. A list that goes on from page to page reads the ids of many pages at once.
 */
export class MemberIds {
  readonly #db: Db;
  readonly #members: Members;
  #chunk: (Ids & { readonly direction: Direction; readonly until: number }) | undefined;
  /** Where the last answer ended: a range behind it goes on. */
  #end: string | undefined;

  constructor(db: Db, members: Members) {
    this.#db = db;
    this.#members = members;
  }

  /** The ids of one range, at most a little older than the call. */
  async range(range: KeyRange): Promise<Ids> {
    const { from } = range;
    if (from?.inclusive) return this.#read(range);
    const known = from && this.#known(from.id, range);
    const goesOn = from !== undefined && from.id === this.#end;
    const { ids, more } = known ?? (goesOn ? await this.#readAhead(range) : await this.#read(range));
    this.#end = ids.at(-1);
    return { ids, more };
  }

  /** What the chunk tells of a range behind this id; undefined when that is not all. */
  #known(id: string, { direction, limit }: KeyRange): Ids | undefined {
    const chunk = this.#chunk;
    if (chunk?.direction !== direction || Date.now() >= chunk.until) return undefined;
    const { ids, more } = chunk;
    const at = ids.indexOf(id);
    if (at === -1) return undefined;
    const found = ids.slice(at + 1, at + 1 + limit);
    const left = ids.length - at - 1 - found.length;
    return found.length < limit && more ? undefined : { ids: found, more: more || left > 0 };
  }

  async #readAhead(range: KeyRange): Promise<Ids> {
    const until = Date.now() + chunkLifetimeMs;
    const { ids, more } = await this.#read({ ...range, limit: Math.max(range.limit, chunkSize) });
    this.#chunk = { ids, more, direction: range.direction, until };
    return { ids: ids.slice(0, range.limit), more: more || ids.length > range.limit };
  }

  async #read({ direction, from, limit }: KeyRange): Promise<Ids> {
    const { organizationId, signal } = this.#members;
    const beyond = from && behind(from, direction);
    const among = await this.#among(beyond);
    const { documents } = await findOnce<{ userId: string }>(this.#db, {
      collection: "memberships",
      filter: {
        organizationId,
        status: "active",
        ...((among || beyond) && { userId: { ...(among && { $in: among }), ...beyond } }),
      },
      sort: { userId: signOf(direction) },
      projection: { _id: 0, userId: 1 },
      hint: "members",
      // One more than asked tells whether there are more.
      limit: limit + 1,
      signal,
    });
    return { ids: documents.slice(0, limit).map(({ userId }) => userId), more: documents.length > limit };
  }

  /** The ids of the users for whom the conditions hold; undefined where there are none. */
  async #among(beyond: Document | undefined): Promise<readonly string[] | undefined> {
    const { conditions, signal } = this.#members;
    const { _id, ...others } = conditions;
    if (Object.keys(others).length === 0) return _id?.$in;
    const { documents } = await findOnce<{ _id: string }>(this.#db, {
      collection: "users",
      filter: { ...others, ...((_id || beyond) && { _id: { ..._id, ...beyond } }) },
      projection: { _id: 1 },
      limit: maxUsers,
      signal,
    });
    return documents.map((document) => document._id);
  }
}
