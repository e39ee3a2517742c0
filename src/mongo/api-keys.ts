import type { Db } from "mongodb";
import type { ApiKey, StoredApiKey } from "../directory/api-keys/api-key.js";
import type { ApiKeyStore } from "../directory/api-keys/api-key-store.js";
import { coalescedDocumentFind } from "./coalesced-find.js";
import { withRosterErrors } from "./error.js";
import { findDocumentRange } from "./range.js";

const collection = "apiKeys";

interface KeyDocument extends Omit<ApiKey, "id"> {
  readonly _id: string;
  readonly secretHash: string;
}

/** Keeps API keys in MongoDB. */
export const mongoApiKeys = (db: Db): ApiKeyStore => {
  const keys = db.collection<KeyDocument>(collection);
  return {
    async insert(key) {
      const { id: _id, ...rest } = key;
      await withRosterErrors(keys.insertOne({ _id, ...rest }));
    },

    byId: coalescedDocumentFind(db, { collection, field: "_id" }, toStoredKey),

    async range(range, signal) {
      const found = await findDocumentRange<KeyDocument>(db, { collection, filter: {}, range, signal });
      return { ...found, items: found.items.map(toKey) };
    },

    async revoke(id, at) {
      const before = await withRosterErrors(
        keys.findOneAndUpdate({ _id: id, revokedAt: { $exists: false } }, { $set: { revokedAt: at } }),
      );
      const found = before ?? (await withRosterErrors(keys.findOne({ _id: id })));
      if (found === null) return undefined;
      return { key: { revokedAt: at, ...toKey(found) }, revokedNow: before !== null };
    },

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
