import type { ClientSession, Db } from "mongodb";
import type { ApiKey, StoredApiKey } from "../directory/api-keys/api-key.js";
import type { ApiKeyStore } from "../directory/api-keys/api-key-store.js";
import { coalescedDocumentFind } from "./coalesced-find.js";
import { commitOne } from "./commit/commit-batch.js";
import { inReadOrWrite } from "./commit/in-transaction.js";
import { savePending } from "./commit/outbox.js";
import type { SessionPool } from "./commit/session-pool.js";
import { withRosterErrors } from "./error.js";
import { findDocumentRange } from "./range.js";

const collection = "apiKeys";

interface KeyDocument extends Omit<ApiKey, "id"> {
  readonly _id: string;
  readonly secretHash: string;
}

/** Lends a session to run a transaction in. */
export type UseSession = SessionPool["use"];

/** Lends sessions that no server knows: for programs that are no server. */
export const ownSessions =
  ({ client }: Db): UseSession =>
  (work) =>
    client.withSession(work);

/** Keeps API keys in MongoDB. Of a change that is under way when a server dies, `useSession` decides who ends it. */
export const mongoApiKeys = (db: Db, useSession: UseSession): ApiKeyStore => {
  const keys = db.collection<KeyDocument>(collection);

  const change = <T>(
    work: (session: ClientSession) => Promise<T>,
    wrote: (result: T) => boolean = () => true,
  ): Promise<T> => commitOne(() => useSession((session) => inReadOrWrite(db, session, () => work(session), wrote)));

  return {
    async insert(key, event) {
      const { id: _id, ...rest } = key;
      await change(async (session) => {
        await keys.insertOne({ _id, ...rest }, { session });
        await savePending(db, session, [event]);
      });
    },

    byId: coalescedDocumentFind(db, { collection, field: "_id" }, toStoredKey),

    async range(range, signal) {
      const found = await findDocumentRange<KeyDocument>(db, { collection, filter: {}, range, signal });
      return { ...found, items: found.items.map(toKey) };
    },

    revoke: (id, at, eventOf) =>
      change(
        async (session) => {
          const before = await keys.findOne({ _id: id }, { session });
          if (before === null) return undefined;
          const key = { revokedAt: at, ...toKey(before) };
          if (before.revokedAt) return { key, revokedNow: false };
          await keys.updateOne({ _id: id }, { $set: { revokedAt: at } }, { session });
          await savePending(db, session, [eventOf(key)]);
          return { key, revokedNow: true };
        },
        (result) => result?.revokedNow === true,
      ),

    async markUsed(times) {
      const updates = [...times].map(([_id, lastUsedAt]) => ({
        updateOne: { filter: { _id }, update: { $max: { lastUsedAt } } },
      }));
      await withRosterErrors(keys.bulkWrite(updates, { ordered: false }));
    },
  };
};

const toStoredKey = ({ _id, ...rest }: KeyDocument): StoredApiKey => ({ id: _id, ...rest });

const toKey = ({ _id, secretHash: _secretHash, ...rest }: KeyDocument): ApiKey => ({ id: _id, ...rest });
