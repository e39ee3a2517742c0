import { ConfigError, loadConfig } from "../../config/config.js";
import { ApiKeys } from "../../directory/api-keys/api-keys.js";
import { mongoApiKeys, ownSessions } from "../../mongo/api-keys.js";
import { Database, DatabaseSetupError } from "../../mongo/database.js";
import { EmbeddedMongod } from "../../mongo/embedded/mongod.js";
import { CommandError, exitCodes } from "../command-error.js";

/** Does something with the keys of the database that the environment names, by that database's clock. */
export const withApiKeys = async <T>(use: (apiKeys: ApiKeys, now: Date) => Promise<T>): Promise<T> => {
  const opened: (() => Promise<void>)[] = [];
  try {
    const { mongodbUri, database: name, dataDir } = loadConfig(process.env);
    let uri = mongodbUri;
    if (uri === undefined) {
      const mongod = await startEmbedded(dataDir);
      opened.push(() => mongod.stop());
      uri = mongod.uri;
    }
    const database = await Database.open(uri, name);
    opened.push(() => database.close());
    const { db, clock } = database;
    return await use(new ApiKeys({ store: mongoApiKeys(db, ownSessions(db)), clock, onChange: () => {} }), clock.now());
  } catch (error) {
    if (error instanceof ConfigError) throw new CommandError(error.message);
    if (error instanceof DatabaseSetupError) throw new CommandError(error.message, exitCodes.failed);
    throw error;
  } finally {
    for (const close of opened.toReversed()) await close();
  }
};

const startEmbedded = async (dataDir: string): Promise<EmbeddedMongod> => {
  try {
    return await EmbeddedMongod.start({ dataDir, report: (line) => process.stderr.write(`${line}\n`) });
  } catch (error) {
    if (!(error instanceof DatabaseSetupError)) throw error;
    throw new CommandError(
      `${error.message}\nMONGODB_URI is not set, so the keys are those of the embedded MongoDB, which only one process can ` +
        "use. While its server runs, call roster.v1.ApiKeyService of that server instead.",
      exitCodes.failed,
    );
  }
};
