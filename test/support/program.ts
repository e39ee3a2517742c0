import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach } from "vitest";
import { processInfo } from "../../src/mongo/embedded/process-info.js";
import { keepOutputOf } from "./output.js";

const cli = fileURLToPath(new URL("../../dist/src/cli.js", import.meta.url));

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of the `roster` program. */
export class Program {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  #stdout = "";
  #stderr = "";

  constructor(args: readonly string[], env: Readonly<Record<string, string | undefined>>, piped = false) {
    this.process = spawn(process.execPath, [cli, ...args], { env, stdio: [piped ? "pipe" : "ignore", "pipe", "pipe"] });
    keepOutputOf(this.process, args[0] ?? "help");
    this.process.stdout?.on("data", (chunk) => {
      this.#stdout += String(chunk);
    });
    this.process.stderr?.on("data", (chunk) => {
      this.#stderr += String(chunk);
    });
    this.ended = once(this.process, "close").then(([code]) => ({ code, stdout: this.#stdout, stderr: this.#stderr }));
  }

  get stdout(): string {
    return this.#stdout;
  }

  /** Waits until standard output matches, and returns the first group. Rejects when the program ends before. */
  async output(pattern: RegExp): Promise<string> {
    const ended = this.ended.then(({ code, stdout, stderr }) => {
      throw new Error(`ended with ${code} before ${pattern}:\n${stdout}${stderr}`);
    });
    ended.catch(() => {});
    for (;;) {
      const match = pattern.exec(this.#stdout);
      if (match) return match[1] ?? "";
      await Promise.race([once(this.process.stdout as NodeJS.ReadableStream, "data"), ended]);
    }
  }

  /** Waits until it listens, and returns the address. */
  listening(): Promise<string> {
    return this.output(/listening on ([^,"]+)/);
  }

  kill(signal: NodeJS.Signals): Promise<Ended> {
    this.process.kill(signal);
    return this.ended;
  }
}

/** Runs of the program, and folders; those that a test leaves are gone when it is over. */
export const usePrograms = () => {
  const programs: Program[] = [];
  const folders: string[] = [];
  afterEach(async () => {
    for (const program of programs.splice(0)) {
      if (program.process.exitCode === null && program.process.signalCode === null) await program.kill("SIGTERM");
    }
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  return {
    /**
     * Runs the program with the environment of the tests, but for what is given. `piped`: its standard input is a pipe
     * from the test; else it has none.
     */
    run(args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}, piped = false): Program {
      const program = new Program(args, { ...process.env, ROSTER_LISTEN: "127.0.0.1:0", ...env }, piped);
      programs.push(program);
      return program;
    },
    async folder(): Promise<string> {
      const folder = await mkdtemp(join(tmpdir(), "roster-test-"));
      folders.push(folder);
      return folder;
    },
  };
};

/** The process id of the mongod that uses a data folder, or undefined when it has none. */
export const mongodOf = async (dataDir: string): Promise<number | undefined> => {
  const pid = Number.parseInt(await readFile(join(dataDir, "db/mongod.lock"), "utf8").catch(() => ""), 10);
  return Number.isNaN(pid) ? undefined : pid;
};

/** Whether there is a process with this id that has not ended. */
export const isRunning = async (pid: number): Promise<boolean> => (await processInfo(pid)) !== undefined;
