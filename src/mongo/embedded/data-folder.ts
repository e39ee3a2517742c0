import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseSetupError } from "../database.js";
import type { Report } from "./binary.js";
import { processInfo } from "./process-info.js";

const stopTimeoutMs = 30_000;

/** The folder of an embedded MongoDB, held by this process alone. */
export interface DataFolder {
  /** Where mongod keeps its files. */
  readonly dbPath: string;
  readonly logPath: string;
}

/**
 * Takes the folder for this process. Ends a mongod that a killed server left behind in it; throws DatabaseSetupError when
 * a server that is alive uses the folder.
 */
export const takeDataFolder = async (folder: string, report: Report): Promise<DataFolder> => {
  const dbPath = join(resolve(folder), "db");
  const ownerFile = join(resolve(folder), "owner.pid");
  await mkdir(dbPath, { recursive: true, mode: 0o700 });
  const mongod = await readPid(join(dbPath, "mongod.lock"));
  const info = mongod === undefined ? undefined : await processInfo(mongod);
  if (mongod !== undefined && info?.command.includes(dbPath)) {
    if (info.parent === (await readPid(ownerFile))) {
      throw new DatabaseSetupError(
        `the server with process id ${info.parent} is using ${folder}; stop it, or set ROSTER_DATA_DIR to another folder`,
      );
    }
    report(`embedded MongoDB: ending process ${mongod}, which a killed server left behind`);
    await end(mongod);
  }
  await writeFile(ownerFile, `${process.pid}\n`);
  return { dbPath, logPath: join(resolve(folder), "mongod.log") };
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

const readPid = async (file: string): Promise<number | undefined> => {
  const pid = Number.parseInt(await readFile(file, "utf8").catch(() => ""), 10);
  return Number.isNaN(pid) ? undefined : pid;
};
