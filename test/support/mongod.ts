import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { EmbeddedMongod } from "../../src/mongo/embedded/mongod.js";

declare module "vitest" {
  export interface ProvidedContext {
    mongodbUri: string;
  }
}

/** A mongod of its own, with fail points; its folder goes with it. */
export const startMongod = async (): Promise<{ mongod: EmbeddedMongod; dataDir: string; remove(): Promise<void> }> => {
  const dataDir = await mkdtemp(join(tmpdir(), "roster-test-"));
  const mongod = await EmbeddedMongod.start({
    dataDir,
    report: () => {},
    args: ["--setParameter", "enableTestCommands=1"],
  });
  const remove = async () => {
    await mongod.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { mongod, dataDir, remove };
};

/** The mongod that the test files share; each uses a database of its own. */
export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const { mongod, remove } = await startMongod();
  provide("mongodbUri", mongod.uri);
  return remove;
};
