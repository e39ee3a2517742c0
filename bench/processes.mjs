// Child processes of the benchmark, and what they cost.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const ticksPerSecond = 100;

/** Starts a Node script and waits for a line of its output that matches; returns the process and the match. */
export const startNode = async (script, args, { env = {}, ready }) => {
  const child = spawn(process.execPath, ["--max-semi-space-size=4", script, ...args], {
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const match = ready.exec(line);
    if (!match) continue;
    // Reading from it again keeps the pipe from filling up.
    child.stdout.resume();
    return { child, match };
  }
  throw new Error(`${script} ended before it was ready`);
};

export const stop = async (child) => {
  if (child.exitCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
};

/** CPU seconds that a process has used, user and system. */
export const cpuSeconds = (pid) => {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
};

/** Resident memory of a process, in MiB. */
export const residentMiB = (pid) =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1_024;

/** Runs `work` and returns its result with the CPU seconds that each process used meanwhile. */
export const withCpu = async (pids, work) => {
  const before = Object.entries(pids).map(([name, pid]) => [name, pid, cpuSeconds(pid)]);
  const result = await work();
  const cpu = Object.fromEntries(before.map(([name, pid, start]) => [name, cpuSeconds(pid) - start]));
  return { result, cpu };
};
