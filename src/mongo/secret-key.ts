import { randomBytes } from "node:crypto";
import { Binary, type Collection, type Db } from "mongodb";
import { secretKeyBytes } from "../directory/secret-key.js";
import { isDuplicateKey } from "./error.js";

/** Servers of versions without it neither read nor write this collection. */
const collection = "secrets";
const keyId = "key";
const checkId = "key check";

/** The key itself, where no file has it; or what tells whether two servers have the same one. */
interface SecretDocument {
  _id: string;
  key?: Binary;
  digest?: string;
}

const secretsOf = (db: Db): Collection<SecretDocument> => db.collection<SecretDocument>(collection);

/** The key that is kept in the database: made once, the same for all servers, also for those that start at once. */
export const keptSecretKey = async (db: Db): Promise<Buffer> => {
  const secrets = secretsOf(db);
  for (;;) {
    // Only what a majority has counts: a key that could be rolled back would be another one for the next server.
    const kept = await secrets.findOne({ _id: keyId });
    if (kept?.key) return Buffer.from(kept.key.buffer);
    const made = new Binary(randomBytes(secretKeyBytes));
    // Another server's key that a majority has not yet is waited for: this write is acknowledged behind it.
    await ignoringDuplicate(secrets.updateOne({ _id: keyId }, { $setOnInsert: { key: made } }, { upsert: true }));
  }
};

/** Notes the check of a server's key. Returns that of the server that noted another one before, undefined without one. */
export const exchangeKeyCheck = async (db: Db, digest: string): Promise<string | undefined> => {
  const note = () => secretsOf(db).findOneAndUpdate({ _id: checkId }, { $set: { digest } }, { upsert: true });
  const before = await note().catch((error) => {
    if (isDuplicateKey(error)) return note();
    throw error;
  });
  return before?.digest === digest ? undefined : before?.digest;
};

const ignoringDuplicate = async (write: Promise<unknown>): Promise<void> => {
  try {
    await write;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
};
