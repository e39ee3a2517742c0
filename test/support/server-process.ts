import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { keepOutputOf } from "./output.js";

/** A server in a process of its own, which can be killed. */
export class ServerProcess {
  private constructor(
    readonly process: ChildProcess,
    readonly address: string,
  ) {}

  /** Starts the built program and waits until it listens. */
  static async start(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
    const child = spawn(process.execPath, ["dist/src/cli.js", "serve"], {
      env: { ...process.env, ROSTER_LISTEN: "127.0.0.1:0", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    keepOutputOf(child, "serve");
    child.stderr.pipe(process.stderr);
    for await (const line of createInterface({ input: child.stdout })) {
      const [, address] = /listening on ([\d.:]+)/.exec(line) ?? [];
      if (address === undefined) continue;
      child.stdout.resume();
      return new ServerProcess(child, address);
    }
    throw new Error("the server ended before it was listening");
  }

  /** Ends it as a crash would: no line of it runs any more. */
  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill("SIGKILL");
    await once(this.process, "exit");
  }

  /** Ends it as an operator would; returns its exit code. */
  async stop(): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill("SIGTERM");
      await once(this.process, "exit");
    }
    return this.process.exitCode;
  }
}
