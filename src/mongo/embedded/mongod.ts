import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type Db, MongoClient } from "mongodb";
import { DatabaseSetupError } from "../database.js";
import { findMongod, type Report } from "./binary.js";
import { checkStillFree, type DataFolder, mongodName, takeDataFolder } from "./data-folder.js";

const replicaSet = "roster";
const startTimeoutMs = 60_000;
const stopTimeoutMs = 20_000;

interface MongodOptions {
  /** The folder that keeps the data between runs. Made when it is not there. */
  readonly dataDir: string;
  readonly report: Report;
  /** Not set: a free one. */
  readonly port?: number;
  /** Memory for what it has read from its files, in GiB. Default: 0.5. */
  readonly cacheGiB?: number;
  /** More arguments for mongod. */
  readonly args?: readonly string[];
}

/**
 * A MongoDB of this process's own: a replica set of one, on a free port of the loopback interface, without access
 * control. It ends when this process ends, however that happens. Emits `exit` when it ends without having been stopped.
 */
export class EmbeddedMongod extends EventEmitter<{ exit: [reason: Error] }> {
  readonly uri: string;
  readonly #process: ChildProcess;
  #stopping = false;

  private constructor(process: ChildProcess, port: number, logPath: string) {
    super();
    this.#process = process;
    this.uri = `mongodb://127.0.0.1:${port}/?replicaSet=${replicaSet}`;
    process.on("exit", (code, signal) => {
      if (this.#stopping) return;
      this.emit("exit", new Error(`the embedded MongoDB ended (${signal ?? `exit code ${code}`}); see ${logPath}`));
    });
  }

  /** Finds or fetches a mongod, starts it and waits until it takes writes. Throws DatabaseSetupError. */
  static async start({
    dataDir,
    report,
    port: given,
    cacheGiB = 0.5,
    args = [],
  }: MongodOptions): Promise<EmbeddedMongod> {
    const binary = await findMongod(report);
    const folder = await takeDataFolder(dataDir, report);
    const port = given ?? (await freePort());
    const process = spawnMongod(binary, port, folder, ["--wiredTigerCacheSizeGB", String(cacheGiB), ...args]);
    const mongod = new EmbeddedMongod(process, port, folder.logPath);
    const failed = new AbortController();
    try {
      const ended = once(mongod, "exit").then(([reason]) => Promise.reject(reason));
      await Promise.race([makeWritable(port, failed.signal), ended]);
      report(`embedded MongoDB: ready, port ${port}, data in ${dataDir}`);
      return mongod;
    } catch (error) {
      failed.abort();
      await mongod.stop();
      // Of servers that start at the same time, one mongod gets the folder.
      await checkStillFree(dataDir);
      throw new DatabaseSetupError((error as Error).message, { cause: error });
    }
  }

  get pid(): number {
    return this.#process.pid as number;
  }

  /** Ends it cleanly: what was acknowledged is on disk. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exited = once(this.#process, "exit");
    this.#process.kill("SIGTERM");
    const killer = setTimeout(() => this.#process.kill("SIGKILL"), stopTimeoutMs);
    await exited;
    clearTimeout(killer);
  }
}

const spawnMongod = (binary: string, port: number, { dbPath, logPath }: DataFolder, args: readonly string[]) => {
  // A session of its own, so that Ctrl-C in a terminal reaches the server alone, which stops mongod when it is done.
  const mongod = spawn(
    binary,
    [
      ...["--dbpath", dbPath, "--logpath", logPath, "--logappend", "--port", String(port), "--bind_ip", "127.0.0.1"],
      ...["--replSet", replicaSet, "--oplogSize", "256", "--nounixsocket", "--quiet"],
      // Its log would name slow operations with their documents: emails, and hashes of passwords.
      ...["--slowms", String(2 ** 31 - 1)],
      // Server processes that die in a transaction must not keep its documents locked for the default minute.
      ...["--setParameter", "transactionLifetimeLimitSeconds=5"],
      ...args,
    ],
    { stdio: "ignore", detached: true, argv0: mongodName() },
  );
  // The pipe closes when this process is gone, even by SIGKILL.
  const watchdog = spawn("sh", ["-c", `cat >/dev/null; kill -TERM ${mongod.pid} 2>/dev/null`], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  mongod.on("exit", () => watchdog.stdin?.destroy());
  for (const child of [mongod, watchdog]) child.unref();
  (watchdog.stdin as unknown as { unref?(): void }).unref?.();
  return mongod;
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
};

/** Waits for the server, makes it a replica set of one at this port, and waits until it is the primary. */
const makeWritable = async (port: number, signal: AbortSignal): Promise<void> => {
  const giveUpAt = Date.now() + startTimeoutMs;
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: startTimeoutMs,
    heartbeatFrequencyMS: 500,
    minHeartbeatFrequencyMS: 50,
  });
  signal.addEventListener("abort", () => void client.close());
  try {
    const admin = client.db("admin");
    await setMember(admin, `127.0.0.1:${port}`);
    while (!(await admin.command({ hello: 1 })).isWritablePrimary) {
      if (Date.now() > giveUpAt) throw new Error(`the embedded MongoDB did not become writable`);
      await sleep(20);
    }
  } finally {
    await client.close();
  }
};

const notYetInitialized = 94;

const setMember = async (admin: Db, host: string): Promise<void> => {
  const members = [{ _id: 0, host }];
  try {
    const { config } = await admin.command({ replSetGetConfig: 1 });
    if (config.members[0].host === host) return;
    // The folder was last used at another port.
    await admin.command({ replSetReconfig: { ...config, version: config.version + 1, members }, force: true });
  } catch (error) {
    if ((error as { code?: unknown }).code !== notYetInitialized) throw error;
    await admin.command({ replSetInitiate: { _id: replicaSet, members } });
  }
};
