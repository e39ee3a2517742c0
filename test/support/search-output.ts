import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { type Secret, secretsFile, SecretSearch } from "./find-secrets.js";

/** Texts of the program itself: a password that is one of its words cannot be told from these. */
const programText = async (): Promise<string> => {
  const folder = new URL("../../src/", import.meta.url);
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = files.flatMap((file) => (file.isFile() ? readFile(join(file.parentPath, file.name), "utf8") : []));
  return (await Promise.all(texts)).join("\n");
};

const secretsIn = async (folder: string): Promise<Secret[]> => {
  const lines = (await readFile(join(folder, secretsFile), "utf8").catch(() => "")).split("\n").filter(Boolean);
  const own = await programText();
  return lines.map((line) => JSON.parse(line) as Secret).filter(({ text }) => !own.includes(text));
};

/**
 * Keeps everything that servers, commands and databases write during the run, and fails the run when it holds one of the
 * secrets that the tests used.
 */
export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), "roster-output-"));
  provide("outputFolder", folder);
  return async () => {
    const secrets = await secretsIn(folder);
    const search = new SecretSearch(secrets);
    const files = (await readdir(folder)).filter((file) => file !== secretsFile);
    let bytes = 0;
    for (const file of files) {
      const text = await readFile(join(folder, file), "utf8");
      bytes += text.length;
      for (const { kind, before } of search.in(text).slice(0, 5)) {
        console.error(`FAILED: a secret was written by ${file}: ${kind}, behind ${JSON.stringify(before)}`);
        // An error of a teardown is told, but does not fail the run.
        process.exitCode = 1;
      }
    }
    await rm(folder, { recursive: true, force: true });
    console.log(`searched ${(bytes / 1e6).toFixed(1)} MB of output for ${secrets.length} secrets`);
  };
};
