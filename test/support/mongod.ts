import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Document, MongoClient } from "mongodb";
import { afterAll, beforeAll } from "vitest";
import type { TestProject } from "vitest/node";
import { EmbeddedMongod } from "../../src/mongo/embedded/mongod.js";
import { keepOutput } from "./output.js";

declare module "vitest" {
  export interface ProvidedContext {
    mongodbUri: string;
  }
}

const args = ["--setParameter", "enableTestCommands=1"];

/** A mongod that can be made to misbehave. */
export class TestMongod {
  #mongod: EmbeddedMongod;
  #frozen = false;

  private constructor(
    mongod: EmbeddedMongod,
    private readonly dataDir: string,
    private readonly keepLog: (log: string) => void,
  ) {
    this.#mongod = mongod;
  }

  /** `keepLog` is given its log in the end. */
  static async start(keepLog = (log: string) => keepOutput("mongod", log)): Promise<TestMongod> {
    const dataDir = await mkdtemp(join(tmpdir(), "roster-test-"));
    try {
      return new TestMongod(await EmbeddedMongod.start({ dataDir, report: () => {}, args }), dataDir, keepLog);
    } catch (error) {
      await rm(dataDir, { recursive: true, force: true });
      throw error;
    }
  }

  get uri(): string {
    return this.#mongod.uri;
  }

  /** Everything that it has written down about itself. */
  log(): Promise<string> {
    return readFile(join(this.dataDir, "mongod.log"), "utf8");
  }

  stop(): Promise<void> {
    return this.#mongod.stop();
  }

  /** Starts it again where it was, with the data that it had. */
  async startAgain(): Promise<void> {
    const port = Number(new URL(this.uri).port);
    this.#mongod = await EmbeddedMongod.start({ dataDir: this.dataDir, report: () => {}, port, args });
  }

  /** Makes it hang: it holds its connections and answers nothing. */
  async freeze(): Promise<void> {
    process.kill(this.#mongod.pid, "SIGSTOP");
    this.#frozen = true;
    // Its threads go on for a moment.
    await sleep(100);
  }

  unfreeze(): void {
    process.kill(this.#mongod.pid, "SIGCONT");
    this.#frozen = false;
  }

  /** Makes commands of Roster fail while `run` does its work. */
  async whileFailing<T>(data: Document, mode: Document | "alwaysOn", run: () => Promise<T>): Promise<T> {
    const client = new MongoClient(this.uri);
    const set = (command: Document) => client.db("admin").command({ configureFailPoint: "failCommand", ...command });
    try {
      await set({ mode, data: { ...data, appName: "roster" } });
      return await run();
    } finally {
      await set({ mode: "off" });
      await client.close();
    }
  }

  /** Stops it and removes what it leaves. */
  async remove(): Promise<void> {
    if (this.#frozen) this.unfreeze();
    await this.stop();
    this.keepLog(await this.log());
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** The mongod of a test file that must have one for itself. */
export const useMongod = (): { readonly current: TestMongod } => {
  const holder: { current: TestMongod } = { current: undefined as unknown as TestMongod };
  beforeAll(async () => {
    holder.current = await TestMongod.start();
  });
  afterAll(async () => {
    await holder.current?.remove();
  });
  return holder;
};

/**
 * What all test files share: the mongod, where each uses a database of its own, and the built program, which the tests of
 * the command line run.
 */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  execFileSync("npm", ["run", "--silent", "build"], { stdio: ["ignore", 2, 2] });
  const { outputFolder } = project.getProvidedContext();
  const mongod = await TestMongod.start((log) => writeFileSync(join(outputFolder, "mongod of the run"), log));
  project.provide("mongodbUri", mongod.uri);
  return () => mongod.remove();
};
