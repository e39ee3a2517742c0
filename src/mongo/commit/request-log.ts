import type { ClientSession, Db } from "mongodb";
import type { Mutation, RequestKey } from "../../directory/commit/mutation.js";
import { requestIdReused } from "../../directory/error.js";
import { findAllIn } from "../find.js";
import { insertAll } from "./write.js";

/** How long a request is remembered. */
const requestLifetimeMs = 24 * 60 * 60 * 1_000;

const collection = "requests";

/** The first answer to a request with an id. The database drops it some time after `expiresAt`. */
interface RequestDocument {
  _id: string;
  fingerprint: string;
  result?: unknown;
  expiresAt: Date;
}

/** The requests with an id that one commit answers: those answered before, and those it answers first. */
export class RequestLog {
  readonly #answered: Map<string, RequestDocument>;
  readonly #new: RequestDocument[] = [];
  /** Records whose time is over but that the database has not dropped yet. */
  readonly #expired: string[];
  readonly #now: Date;

  private constructor(found: readonly RequestDocument[], now: Date) {
    this.#answered = new Map(found.filter(({ expiresAt }) => expiresAt > now).map((doc) => [doc._id, doc]));
    this.#expired = found.filter(({ expiresAt }) => expiresAt <= now).map((doc) => doc._id);
    this.#now = now;
  }

  /** `now`: by the clock. */
  static async load(
    db: Db,
    session: ClientSession,
    mutations: readonly Mutation<unknown>[],
    now: Date,
  ): Promise<RequestLog> {
    const ids = new Set(mutations.flatMap(({ request }) => request?.requestId ?? []));
    if (ids.size === 0) return new RequestLog([], now);
    return new RequestLog(
      await findAllIn<RequestDocument>(db, { collection, field: "_id", values: [...ids], session }),
      now,
    );
  }

  /** The first answer to this request, or undefined. Throws REQUEST_ID_REUSED when it was given to another request. */
  answered(request: RequestKey | undefined): { result: unknown } | undefined {
    const record = request && this.#answered.get(request.requestId);
    if (!record) return undefined;
    if (record.fingerprint !== request.fingerprint) throw requestIdReused(request.requestId);
    return { result: record.result };
  }

  remember(request: RequestKey | undefined, result: unknown): void {
    if (!request) return;
    const { requestId: _id, fingerprint } = request;
    const record = { _id, fingerprint, result, expiresAt: new Date(this.#now.getTime() + requestLifetimeMs) };
    this.#answered.set(_id, record);
    this.#new.push(record);
  }

  async save(db: Db, session: ClientSession): Promise<void> {
    if (this.#new.length === 0) return;
    const requests = db.collection<RequestDocument>(collection);
    if (this.#expired.length > 0) await requests.deleteMany({ _id: { $in: this.#expired } }, { session });
    await insertAll(db, session, collection, this.#new);
  }
}
