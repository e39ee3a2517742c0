import type { Db } from "mongodb";
import type { ApiKey, StoredApiKey } from "../directory/api-keys/api-key.js";
import type { ApiKeyStore } from "../directory/api-keys/api-key-store.js";
import { Coalescer } from "./coalescer.js";
import { toRosterError } from "./error.js";
import { findAllIn } from "./find.js";
import { findDocumentRange } from "./range.js";

const collection = "apiKeys";

interface KeyDocument extends Omit<ApiKey, "id"> {
  readonly _id: string;
  readonly secretHash: string;
}

/** Keeps API keys in MongoDB. */
export const mongoApiKeys = (db: Db): ApiKeyStore => {
  const keys = db.collection<KeyDocument>(collection);
  const byId = new Coalescer<StoredApiKey>(async (values) => {
    const documents = await findAllIn<KeyDocument>(db, { collection, field: "_id", values });
    return new Map(documents.map((document) => [document._id, toStoredKey(document)]));
  });

  return {
    async insert(key) {
      const { id: _id, ...rest } = key;
      await told(keys.insertOne({ _id, ...rest }));
    },

    byId: (id) => byId.get(id),

    async range(range, signal) {
      const found = await findDocumentRange<KeyDocument>(db, { collection, filter: {}, range, signal });
      return { ...found, items: found.items.map(toKey) };
    },

    async revoke(id, at) {
      const before = await told(
        keys.findOneAndUpdate({ _id: id, revokedAt: { $exists: false } }, { $set: { revokedAt: at } }),
      );
      const found = before ?? (await told(keys.findOne({ _id: id })));
      if (found === null) return undefined;
      return { key: { revokedAt: at, ...toKey(found) }, revokedNow: before !== null };
    },

    async markUsed(times) {
      const updates = [...times].map(([_id, lastUsedAt]) => ({
        updateOne: { filter: { _id }, update: { $max: { lastUsedAt } } },
      }));
      await told(keys.bulkWrite(updates, { ordered: false }));
    },
  };
};

const toStoredKey = ({ _id, ...rest }: KeyDocument): StoredApiKey => ({ id: _id, ...rest });

const toKey = ({ _id, secretHash: _secretHash, ...rest }: KeyDocument): ApiKey => ({ id: _id, ...rest });

/** The answer, or an error of the directory. */
const told = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer;
  } catch (error) {
    throw toRosterError(error);
  }
};
