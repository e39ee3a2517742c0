import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll } from "vitest";

/** How to run a program that scripts/clients.mjs built. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

type Programs = Record<string, Program> | { missing: string };

const exec = promisify(execFile);
const script = join(import.meta.dirname, "../../scripts/clients.mjs");

/**
 * The programs of a target of scripts/clients.mjs, built before the first test. Where its toolchain is missing the test
 * that asks for one is skipped; in CI it fails.
 */
export const usePrograms = (target: string): ((name: string, skip: (note: string) => void) => Program) => {
  let programs: Programs = { missing: "" };
  // The first build fetches what the programs depend on.
  beforeAll(async () => {
    const { stdout } = await exec(process.execPath, [script, target]);
    programs = JSON.parse(stdout)[target];
  }, 600_000);
  return (name, skip) => {
    if (typeof programs.missing === "string") {
      const note = `${programs.missing} does not work here`;
      if (process.env.CI === "true") throw new Error(note);
      skip(note);
    }
    return (programs as Record<string, Program>)[name] as Program;
  };
};

/** Runs a program to its end; what it printed. Rejects when it fails. */
export const run = async ({ command, args, env }: Program, ...more: string[]): Promise<string> => {
  const { stdout } = await exec(command, [...args, ...more], { env: { ...process.env, ...env }, timeout: 60_000 });
  return stdout;
};
