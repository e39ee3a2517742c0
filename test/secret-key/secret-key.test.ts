import { randomBytes, randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { ConfigError, loadConfig } from "../../src/config/config.js";
import { SecretKey } from "../../src/directory/secret-key.js";
import { createLogger } from "../../src/log.js";
import { exchangeKeyCheck, keptSecretKey } from "../../src/mongo/secret-key.js";
import { openSecretKey, readSecretKeyFile } from "../../src/secret-key.js";
import { serve } from "../../src/serve.js";
import { useFolder } from "../support/folder.js";

const folder = useFolder();

const newDatabase = () => {
  const mongo = new MongoClient(inject("mongodbUri"), {
    readConcernLevel: "majority",
    writeConcern: { w: "majority" },
  });
  const db = mongo.db(`test-${randomUUID().slice(0, 8)}`);
  onTestFinished(async () => {
    await db.dropDatabase();
    await mongo.close();
  });
  return db;
};

const file = async (content: string | Buffer): Promise<string> => {
  const path = join(folder.path, randomUUID());
  await writeFile(path, content);
  return path;
};

const readFrom = (secretKeyFile: string) => readSecretKeyFile({ secretKeyFile });

/** Opens the key as a server does; returns a digest, and the lines that it logs. */
const open = async (db: ReturnType<typeof newDatabase>, read?: Buffer) => {
  const lines: string[] = [];
  const logger = createLogger("info", { write: (line: string) => void lines.push(line) });
  const key = await openSecretKey(read, db, logger);
  return { digest: key.digest("attempts email", "ada@example.com"), lines: lines.map((line) => JSON.parse(line)) };
};

const inDatabase = {
  level: "info",
  msg:
    "ROSTER_SECRET_KEY_FILE is not set, so the secret key is kept in the database: one-time codes, and the other short " +
    "texts that are stored under it, are only as safe as the database; see docs/security.md",
};
const another = {
  level: "warn",
  msg:
    "the secret key is not that of the server that started before this one: all servers must have the same; " +
    "see docs/security.md",
};

describe("a digest", () => {
  const key = new SecretKey(Buffer.alloc(32, 1));

  it("is the same for the same purpose and text, and another one for any other", () => {
    const digest = key.digest("attempts email", "a");
    expect(digest).toBe("bPE0Kym4UJIrshuf22p49DcCc3/sJ5qrXaVrLbD/8v8=");
    expect(new SecretKey(Buffer.alloc(32, 1)).digest("attempts email", "a")).toBe(digest);
    const others = [
      key.digest("attempts address", "a"),
      key.digest("request password hash", "a"),
      key.digest("attempts email", "b"),
      key.digest("attempts email", ""),
      new SecretKey(Buffer.alloc(32, 2)).digest("attempts email", "a"),
    ];
    expect(new Set([digest, ...others]).size).toBe(6);
  });

  it("needs a key of 32 bytes", () => {
    expect(() => new SecretKey(Buffer.alloc(31))).toThrow("the secret key must have 32 bytes");
  });
});

describe("the key of a file", () => {
  const bytes = randomBytes(32);
  const good: Record<string, string> = {
    "as openssl writes it": `${bytes.toString("base64")}\n`,
    "without a line break": bytes.toString("base64"),
    "with a line break of Windows": `${bytes.toString("base64")}\r\n`,
  };

  it.each(Object.keys(good))("is read %s", async (name) => {
    expect(await readFrom(await file(good[name] as string))).toEqual(bytes);
  });

  const bad: Record<string, string | Buffer> = {
    "is empty": "",
    "has 31 bytes": randomBytes(31).toString("base64"),
    "has 33 bytes": randomBytes(33).toString("base64"),
    "is hexadecimal": bytes.toString("hex"),
    "is binary": Buffer.alloc(32, 0xff),
    "breaks off": bytes.toString("base64").slice(0, 43),
    "has something else behind it": `${bytes.toString("base64")}\nmore`,
    "has a character that is no base64": `${bytes.toString("base64").slice(0, 20)}!${bytes.toString("base64").slice(20)}`,
    "is that of URLs": Buffer.alloc(32, 0xfb).toString("base64url"),
  };

  it.each(Object.keys(bad))("is refused, without its content, where it %s", async (name) => {
    const path = await file(bad[name] as string);
    const error = await readFrom(path).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as Error).message).toBe(
      `ROSTER_SECRET_KEY_FILE must hold 32 bytes in base64, 44 characters; ${path} does not`,
    );
  });

  it("keeps a server from starting where it cannot be read", async () => {
    const path = join(folder.path, "none");
    await rm(path, { force: true });
    const config = loadConfig({ MONGODB_URI: inject("mongodbUri"), ROSTER_SECRET_KEY_FILE: path });
    await expect(serve(config, createLogger("silent", { write: () => {} }))).rejects.toThrow(
      new ConfigError(`ROSTER_SECRET_KEY_FILE cannot be read: ENOENT: no such file or directory, open '${path}'`),
    );
  });

  it("is used in place of the one in the database, and leaves nothing of itself there", async () => {
    const db = newDatabase();
    const kept = await open(db);
    const fromFile = await open(db, bytes);
    expect(fromFile.digest).toBe(new SecretKey(bytes).digest("attempts email", "ada@example.com"));
    expect(fromFile.digest).not.toBe(kept.digest);
    const stored = JSON.stringify(await db.collection("secrets").find().toArray());
    expect(stored).not.toContain(bytes.toString("base64"));
  });
});

describe("the key in the database", () => {
  it("is one, for twenty servers that start at once on an empty database", async () => {
    const db = newDatabase();
    const keys = await Promise.all(Array.from({ length: 20 }, () => keptSecretKey(db)));
    expect(new Set(keys.map((key) => key.toString("hex"))).size).toBe(1);
    expect(keys[0]).toHaveLength(32);
    expect(await keptSecretKey(db)).toEqual(keys[0]);
  });

  it("is another one in another database", async () => {
    expect(await keptSecretKey(newDatabase())).not.toEqual(await keptSecretKey(newDatabase()));
  });

  it("is told at the start", async () => {
    expect((await open(newDatabase())).lines).toMatchObject([inDatabase]);
  });
});

describe("a server", () => {
  const [first, second] = [randomBytes(32), randomBytes(32)];

  it("says when its key is not that of the server before", async () => {
    const db = newDatabase();
    expect((await open(db, first)).lines).toEqual([]);
    expect((await open(db, first)).lines).toEqual([]);
    expect((await open(db, second)).lines).toMatchObject([another]);
    expect((await open(db, second)).lines).toEqual([]);
    expect((await open(db)).lines).toMatchObject([inDatabase, another]);
  });

  it("finds the check of one of the others, where many start at once", async () => {
    const db = newDatabase();
    const found = await Promise.all(Array.from({ length: 10 }, (_, i) => exchangeKeyCheck(db, String(i))));
    expect(found.filter((before) => before === undefined)).toHaveLength(1);
  });
});
