import { access, chmod, constants, lstat, mkdir, readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseSetupError } from "../database.js";
import type { Report } from "./binary.js";
import { type ProcessInfo, processInfo } from "./process-info.js";

const stopTimeoutMs = 30_000;

/** The folder of an embedded MongoDB. */
export interface DataFolder {
  /** Where mongod keeps its files. It locks them, so that no two of them ever use the folder. */
  readonly dbPath: string;
  readonly logPath: string;
}

/**
 * Makes the folder ready for a mongod of this process, and for nobody but its owner, also where it was there before. Ends a
 * mongod that a killed server left behind in it; throws DatabaseSetupError when a server that is alive uses the folder.
 */
export const takeDataFolder = async (folder: string, report: Report): Promise<DataFolder> => {
  const dbPath = dbPathOf(folder);
  await makeFolder(dbPath).catch((error: NodeJS.ErrnoException) => {
    const reason = reasons[error.code ?? ""] ?? error.message;
    throw new DatabaseSetupError(
      `cannot keep data in ${resolve(folder)}: ${reason}; set ROSTER_DATA_DIR to a folder that can be written`,
    );
  });
  const mongod = await mongodIn(dbPath);
  if (mongod !== undefined) {
    throwIfInUse(folder, mongod);
    report(`embedded MongoDB: ending process ${mongod.pid}, which a killed server left behind`);
    await end(mongod.pid);
  }
  await forOwnerAlone(resolve(folder), report);
  return { dbPath, logPath: join(resolve(folder), "mongod.log") };
};

const reasons: Readonly<Record<string, string>> = {
  EEXIST: "it is a file",
  ENOTDIR: "a part of the path is a file",
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
};

const makeFolder = async (path: string): Promise<void> => {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await access(path, constants.W_OK);
};

/** Throws DatabaseSetupError when a server that is alive has taken the folder by now. */
export const checkStillFree = async (folder: string): Promise<void> => {
  const mongod = await mongodIn(dbPathOf(folder));
  if (mongod !== undefined) throwIfInUse(folder, mongod);
};

/** Takes from everybody else what they may do with the folder and with what mongod keeps in it. Follows no links. */
const forOwnerAlone = async (folder: string, report: Report): Promise<void> => {
  const inside = await readdir(join(folder, "db"), { recursive: true }).catch(() => []);
  const logs = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith("mongod.log"));
  const paths = [folder, join(folder, "db"), ...logs.map((name) => join(folder, name))];
  let refused = 0;
  for (const path of [...paths, ...inside.map((name) => join(folder, "db", name))]) {
    try {
      const info = await lstat(path);
      if (!info.isSymbolicLink() && (info.mode & 0o077) !== 0) await chmod(path, info.mode & 0o700);
    } catch (error) {
      // Gone meanwhile; or it is somebody else's, which only they can change.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") refused += 1;
    }
  }
  if (refused > 0) report(`embedded MongoDB: others than its owner may read ${folder}: it belongs to another user`);
};

/** What a mongod of this process is called, so that others can tell whose it is. */
export const mongodName = (): string => `${namePrefix}${process.pid}`;

const namePrefix = "mongod-of-roster-";
const dbPathOf = (folder: string): string => join(resolve(folder), "db");

interface FoundMongod extends ProcessInfo {
  readonly pid: number;
}

/** The mongod that runs on these files, if one does. */
const mongodIn = async (dbPath: string): Promise<FoundMongod | undefined> => {
  const pid = Number.parseInt(await readFile(join(dbPath, "mongod.lock"), "utf8").catch(() => ""), 10);
  const info = Number.isNaN(pid) ? undefined : await processInfo(pid);
  return info?.command.includes(dbPath) ? { pid, ...info } : undefined;
};

/** A process whose server is gone has another parent than the one that it is named after. */
const throwIfInUse = (folder: string, { parent, command }: FoundMongod): void => {
  if (!command.startsWith(`${namePrefix}${parent} `)) return;
  throw new DatabaseSetupError(
    `the server with process id ${parent} is using ${folder}; stop it, or set ROSTER_DATA_DIR to another folder`,
  );
};

const end = async (pid: number): Promise<void> => {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const giveUpAt = Date.now() + stopTimeoutMs;
    while (Date.now() < giveUpAt) {
      if ((await processInfo(pid)) === undefined) return;
      await sleep(50);
    }
  }
};
