import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { findMongod } from "../../src/mongo/embedded/binary.js";
import { freePort } from "./ports.js";

/** When there was no primary, in milliseconds since 1970. */
export interface Outage {
  readonly from: number;
  readonly to: number;
}

/** A replica set of three, whose primary can be killed. */
export class ReplicaSet {
  private readonly processes = new Map<number, ChildProcess>();

  private constructor(
    private readonly binary: string,
    private readonly folder: string,
    private readonly ports: readonly number[],
  ) {}

  static async start(): Promise<ReplicaSet> {
    const folder = await mkdtemp(join(tmpdir(), "roster-test-"));
    const ports = [await freePort(), await freePort(), await freePort()];
    const set = new ReplicaSet(await findMongod(() => {}), folder, ports);
    try {
      await set.#initiate();
      return set;
    } catch (error) {
      await set.remove();
      throw error;
    }
  }

  get uri(): string {
    return `mongodb://${this.ports.map((port) => `127.0.0.1:${port}`).join(",")}/?replicaSet=three`;
  }

  /** Ends the primary as a crash would, waits until another member is, and starts it again. Returns for how long there was none. */
  async killPrimary(): Promise<Outage> {
    const port = await this.#primary();
    const killed = this.processes.get(port) as ChildProcess;
    const from = Date.now();
    killed.kill("SIGKILL");
    await once(killed, "exit");
    await this.#primary();
    const outage = { from, to: Date.now() };
    await this.#run(port);
    await this.#settled();
    return outage;
  }

  async remove(): Promise<void> {
    for (const process of this.processes.values()) {
      if (process.exitCode !== null || process.signalCode !== null) continue;
      process.kill("SIGKILL");
      await once(process, "exit");
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  async #initiate(): Promise<void> {
    for (const port of this.ports) await this.#run(port);
    const members = this.ports.map((port, _id) => ({ _id, host: `127.0.0.1:${port}` }));
    const settings = { electionTimeoutMillis: 1_000, heartbeatIntervalMillis: 200 };
    const client = new MongoClient(`mongodb://127.0.0.1:${this.ports[0]}/?directConnection=true`);
    await client.db("admin").command({ replSetInitiate: { _id: "three", members, settings } });
    await client.close();
    await this.#settled();
  }

  async #run(port: number): Promise<void> {
    const dbPath = join(this.folder, String(port));
    await mkdir(dbPath, { recursive: true });
    const args = ["--dbpath", dbPath, "--port", String(port), "--bind_ip", "127.0.0.1", "--replSet", "three"];
    const small = ["--oplogSize", "64", "--wiredTigerCacheSizeGB", "0.25", "--nounixsocket", "--quiet"];
    const limits = ["--setParameter", "transactionLifetimeLimitSeconds=5"];
    this.processes.set(port, spawn(this.binary, [...args, ...small, ...limits], { stdio: "ignore" }));
    while ((await this.#hello(port)).ok !== 1) await sleep(50);
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

  async #hello(port: number): Promise<Record<string, unknown>> {
    const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
      serverSelectionTimeoutMS: 300,
    });
    try {
      return await client.db("admin").command({ hello: 1 });
    } catch {
      return {};
    } finally {
      await client.close();
    }
  }
}
