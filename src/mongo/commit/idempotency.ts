import type { ClientSession, Db } from "mongodb";
import type { Replays } from "../../directory/commit/decide.js";
import type { AttributedMutation, RequestKey } from "../../directory/commit/mutation.js";
import { requestIdReused, userNotFound } from "../../directory/error.js";
import type { SecretKey } from "../../directory/secret-key.js";
import { findAllIn } from "../find.js";
import { insertAll, replaceAll } from "./write.js";

/** How long a request is remembered. */
const requestLifetimeMs = 24 * 60 * 60 * 1_000;

const collection = "requests";

type AskedMutation = Pick<AttributedMutation<unknown>, "request" | "actor">;

/** A request with an id, and whose it is. */
interface Asked {
  readonly caller: string;
  readonly request: RequestKey;
}

/**
 * The first answer to a request with an id. The database drops it some time after `expiresAt`.
 *
 * The same id may be in use by several callers. The newest record of an id has the plain id as its `_id`, those that other
 * callers have of it stand under `ownId`. Servers of versions without `caller` know plain ids only, for all callers
 * together: they find the newest record, with the fingerprint that they make too, and execute nothing that was executed.
 * Their own records have no `caller` and count for every caller, because nobody can say whose they are: whoever repeats
 * the request word for word gets the answer, which its scope would show them by another call as well, and any other
 * request is refused. So these too are executed once.
 */
interface RequestDocument {
  _id: string;
  /** Absent in records of versions that did not ask whose request it was. Empty where callers are not asked. */
  caller?: string;
  fingerprint: string;
  /** The keyed digest of what the fingerprint leaves out. Absent where the request had nothing of it. */
  secret?: string;
  result?: unknown;
  /** The id of the user whom the result was about, and of whom it holds nothing any more. */
  erasedUser?: string;
  expiresAt: Date;
}

/** What an idempotency store works with. */
export interface IdempotencyParts {
  readonly secretKey: SecretKey;
  /** By the clock. */
  readonly now: Date;
}

/** The requests with an id that one commit answers: those answered before, and those it answers first. */
export class IdempotencyStore implements Replays {
  readonly #secretKey: SecretKey;
  /** What is remembered, by `_id`. What has expired is not. */
  readonly #records = new Map<string, RequestDocument>();
  /** The `_id`s that are in the database. */
  readonly #stored = new Set<string>();
  readonly #changed = new Set<string>();

  readonly #now: Date;

  private constructor({ secretKey, now }: IdempotencyParts) {
    this.#secretKey = secretKey;
    this.#now = now;
  }

  /** Reads what was answered to these requests: in the snapshot of a transaction where a session is given. */
  static async load(
    db: Db,
    session: ClientSession | undefined,
    mutations: readonly AskedMutation[],
    parts: IdempotencyParts,
  ): Promise<IdempotencyStore> {
    const log = new IdempotencyStore(parts);
    const asked = mutations.flatMap((mutation) => askedOf(mutation) ?? []);
    await log.#load(
      db,
      session,
      asked.map(({ request }) => request.requestId),
    );
    // The plain record is the last to expire: where there is none, other callers have none.
    const hidden = asked.filter((own) => log.#plainOfAnother(own) !== undefined);
    await log.#load(db, session, hidden.map(ownId));
    return log;
  }

  /**
   * The first answer to this request, or undefined. Throws REQUEST_ID_REUSED when it was given to another request, and
   * USER_NOT_FOUND where it was about a user who is erased.
   */
  find(mutation: AskedMutation): { result: unknown } | undefined {
    const asked = askedOf(mutation);
    if (!asked) return undefined;
    const { request } = asked;
    const record = this.#records.get(this.#plainOfAnother(asked) ? ownId(asked) : request.requestId);
    if (!record) return undefined;
    const isSame =
      record.fingerprint === request.fingerprint &&
      (record.caller === undefined || record.secret === this.#digest(request));
    if (!isSame) throw requestIdReused(request.requestId);
    if (record.erasedUser !== undefined) throw userNotFound("id", record.erasedUser);
    return { result: record.result };
  }

  remember(mutation: AskedMutation, result: unknown): void {
    const asked = askedOf(mutation);
    if (!asked) return;
    const { caller, request } = asked;
    const other = this.#plainOfAnother(asked);
    if (other) this.#put({ ...other, _id: ownId({ caller: other.caller as string, request }) });
    const secret = this.#digest(request);
    const expiresAt = this.#now.getTime() + requestLifetimeMs;
    this.#put({
      _id: request.requestId,
      caller,
      fingerprint: request.fingerprint,
      ...(secret !== undefined && { secret }),
      result,
      // The clock may have gone back.
      expiresAt: new Date(Math.max(expiresAt, other?.expiresAt.getTime() ?? 0)),
    });
  }

  /** Whether there is something to save. */
  get hasChanged(): boolean {
    return this.#changed.size > 0;
  }

  async save(db: Db, session: ClientSession): Promise<void> {
    const changed = [...this.#changed].map((id) => this.#records.get(id) as RequestDocument);
    const isNew = ({ _id }: RequestDocument) => !this.#stored.has(_id) && !_id.includes(" ");
    await insertAll(db, session, collection, changed.filter(isNew));
    await replaceAll(
      db,
      session,
      collection,
      changed.filter((record) => !isNew(record)),
    );
  }

  async #load(db: Db, session: ClientSession | undefined, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const values = [...new Set(ids)];
    const found = await findAllIn<RequestDocument>(db, {
      collection,
      field: "_id",
      values,
      ...(session && { session }),
    });
    for (const record of found) {
      this.#stored.add(record._id);
      if (record.expiresAt > this.#now) this.#records.set(record._id, record);
    }
  }

  /** The record that stands under the plain id of a request and is another caller's. */
  #plainOfAnother({ caller, request }: Asked): RequestDocument | undefined {
    const plain = this.#records.get(request.requestId);
    return plain?.caller !== undefined && plain.caller !== caller ? plain : undefined;
  }

  #put(record: RequestDocument): void {
    this.#records.set(record._id, record);
    this.#changed.add(record._id);
  }

  #digest({ secret }: RequestKey): string | undefined {
    return secret === undefined ? undefined : this.#secretKey.digest("request password hash", secret);
  }
}

const askedOf = ({ request, actor }: AskedMutation): Asked | undefined =>
  request && { caller: actor?.id ?? "", request };

/** Where the record of a caller stands when another one has the plain id. No request id has a space. */
const ownId = ({ caller, request }: Asked): string => `${request.requestId} ${caller}`;
