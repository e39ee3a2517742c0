import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Document, MongoClient } from "mongodb";
import { findMongod } from "../../src/mongo/embedded/binary.js";
import { freePort } from "./ports.js";

/** When there was no primary, in milliseconds since 1970. */
export interface Outage {
  readonly from: number;
  readonly to: number;
}

/** A primary that another member has replaced, and that does not step down: it does not know it yet. */
export interface DeposedPrimary {
  /** Lets it know. */
  end(): Promise<void>;
}

/** A replica set, of three unless it is told, whose primary can be killed or deposed. */
export class ReplicaSet {
  private readonly processes = new Map<number, ChildProcess>();

  private constructor(
    private readonly binary: string,
    private readonly folder: string,
    private readonly ports: readonly number[],
    private readonly envOf: (member: number) => Readonly<Record<string, string>>,
  ) {}

  /**
   * `settings`: of the replica set, beside those that make it quick. `envOf`: what is added to the environment of a member, by
   * its number from 0 on.
   */
  static async start(
    settings: Document = {},
    { members = 3, envOf = (_member: number): Readonly<Record<string, string>> => ({}) } = {},
  ): Promise<ReplicaSet> {
    const folder = await mkdtemp(join(tmpdir(), "roster-test-"));
    const ports = await Promise.all(Array.from({ length: members }, freePort));
    const set = new ReplicaSet(await findMongod(() => {}), folder, ports, envOf);
    try {
      await set.#initiate({ electionTimeoutMillis: 1_000, heartbeatIntervalMillis: 200, ...settings });
      return set;
    } catch (error) {
      await set.remove();
      throw error;
    }
  }

  get uri(): string {
    return `mongodb://${this.ports.map((port) => `127.0.0.1:${port}`).join(",")}/?replicaSet=three`;
  }

  /**
   * Ends the primary as a crash would, waits until another member is, where there is one, and starts it again. Returns for how
   * long there was none.
   */
  async killPrimary(): Promise<Outage> {
    const port = await this.#primary();
    const from = Date.now();
    await this.#kill(port);
    if (this.ports.length === 1) await this.#run(port);
    await this.#primary();
    const outage = { from, to: Date.now() };
    if (this.ports.length > 1) await this.#run(port);
    await this.#settled();
    return outage;
  }

  /** A connection string for the primary alone. */
  async primaryUri(): Promise<string> {
    return directUri(await this.#primary());
  }

  /**
   * Makes another member the primary, while the one before hears nothing of the others and goes on as the primary, for as
   * long as the election timeout. By fail points: the links of processes on one machine cannot be cut without more rights.
   */
  async deposePrimary(): Promise<DeposedPrimary> {
    const port = await this.#primary();
    const [next, last] = this.ports.filter((other) => other !== port) as [number, number];
    const heard = ["replSetHeartbeat", "replSetRequestVotes", "replSetUpdatePosition"];
    const deafen = async (mode: "alwaysOn" | "off") => {
      const silence = { configureFailPoint: "networkInterfaceDiscardCommandsBeforeAcquireConn", mode };
      await this.#command(port, silence);
      const data = { failCommands: heard, errorCode: 6, failInternalCommands: true };
      await this.#command(port, { configureFailPoint: "failCommand", mode, ...(mode === "alwaysOn" && { data }) });
    };
    await deafen("alwaysOn");
    await this.#elect(next);
    // The third one would go on to read from the deposed one, where nothing comes any more.
    await this.#kill(last);
    await this.#run(last);
    while ((await this.#hello(next)).isWritablePrimary !== true) await sleep(50);
    while ((await this.#hello(last)).secondary !== true) await sleep(50);
    return {
      end: async () => {
        await deafen("off");
        while ((await this.#hello(port)).isWritablePrimary === true) await sleep(50);
        await this.#settled();
      },
    };
  }

  async remove(): Promise<void> {
    for (const process of this.processes.values()) {
      if (process.exitCode !== null || process.signalCode !== null) continue;
      process.kill("SIGKILL");
      await once(process, "exit");
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  async #initiate(settings: Document): Promise<void> {
    for (const port of this.ports) await this.#run(port);
    const members = this.ports.map((port, _id) => ({ _id, host: `127.0.0.1:${port}` }));
    await this.#command(this.ports[0] as number, { replSetInitiate: { _id: "three", members, settings } });
    await this.#elect(this.ports[0] as number);
    await this.#settled();
  }

  async #kill(port: number): Promise<void> {
    const killed = this.processes.get(port) as ChildProcess;
    killed.kill("SIGKILL");
    await once(killed, "exit");
  }

  async #elect(port: number): Promise<void> {
    const elected = () =>
      this.#command(port, { replSetStepUp: 1 }).then(
        () => true,
        () => false,
      );
    while (!(await elected())) await sleep(50);
  }

  async #run(port: number): Promise<void> {
    const dbPath = join(this.folder, String(port));
    await mkdir(dbPath, { recursive: true });
    const args = ["--dbpath", dbPath, "--port", String(port), "--bind_ip", "127.0.0.1", "--replSet", "three"];
    const small = ["--oplogSize", "64", "--wiredTigerCacheSizeGB", "0.25", "--nounixsocket", "--quiet"];
    const limits = ["--setParameter", "transactionLifetimeLimitSeconds=5", "--setParameter", "enableTestCommands=1"];
    const env = { ...process.env, ...this.envOf(this.ports.indexOf(port)) };
    this.processes.set(port, spawn(this.binary, [...args, ...small, ...limits], { stdio: "ignore", env }));
    while ((await this.#hello(port)).ok !== 1) await sleep(50);
  }

  /** The number of the member that takes writes, once there is one. */
  async primary(): Promise<number> {
    return this.ports.indexOf(await this.#primary());
  }

  /** The port of the member that takes writes, once there is one. */
  async #primary(): Promise<number> {
    for (;;) {
      for (const port of this.ports) if ((await this.#hello(port)).isWritablePrimary === true) return port;
      await sleep(50);
    }
  }

  /** Waits until there is a primary and every member takes part. */
  async #settled(): Promise<void> {
    await this.#primary();
    for (const port of this.ports) {
      for (;;) {
        const hello = await this.#hello(port);
        if (hello.isWritablePrimary === true || hello.secondary === true) break;
        await sleep(50);
      }
    }
  }

  async #hello(port: number): Promise<Document> {
    return this.#command(port, { hello: 1 }).catch(() => ({}));
  }

  async #command(port: number, command: Document): Promise<Document> {
    const client = new MongoClient(directUri(port), { serverSelectionTimeoutMS: 300 });
    try {
      return await client.db("admin").command(command);
    } finally {
      await client.close();
    }
  }
}

const directUri = (port: number): string => `mongodb://127.0.0.1:${port}/?directConnection=true`;
