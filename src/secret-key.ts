import { readFile } from "node:fs/promises";
import type { Db } from "mongodb";
import { type Config, ConfigError } from "./config/config.js";
import { settings } from "./config/settings.js";
import { SecretKey, secretKeyBytes } from "./directory/secret-key.js";
import type { Logger } from "./log.js";
import { exchangeKeyCheck, keptSecretKey } from "./mongo/secret-key.js";

const { variable } = settings.secretKeyFile;

/** The key that the configuration names a file for; undefined where it names none. Throws ConfigError. */
export const readSecretKeyFile = async ({
  secretKeyFile: path,
}: Pick<Config, "secretKeyFile">): Promise<Buffer | undefined> => {
  if (path === undefined) return undefined;
  const text = await readFile(path, "latin1").catch((error: Error) => {
    throw new ConfigError(`${variable} cannot be read: ${error.message}`, { cause: error });
  });
  const key = Buffer.from(text.trim(), "base64");
  // Node.js reads over what is no base64.
  if (key.length !== secretKeyBytes || key.toString("base64") !== text.trim()) {
    throw new ConfigError(`${variable} must hold ${secretKeyBytes} bytes in base64, 44 characters; ${path} does not`);
  }
  return key;
};

/** The server's secret key: the one read from a file, or the one kept in the database. Says which, and when it is a new one. */
export const openSecretKey = async (read: Buffer | undefined, db: Db, logger: Logger): Promise<SecretKey> => {
  const key = new SecretKey(read ?? (await keptSecretKey(db)));
  if (read === undefined) {
    logger.info(
      `${variable} is not set, so the secret key is kept in the database: one-time codes, and the other short texts that are ` +
        "stored under it, are only as safe as the database; see docs/security.md",
    );
  }
  if ((await exchangeKeyCheck(db, key.digest("key check", ""))) !== undefined) {
    logger.warn(
      "the secret key is not that of the server that started before this one: all servers must have the same; " +
        "see docs/security.md",
    );
  }
  return key;
};
