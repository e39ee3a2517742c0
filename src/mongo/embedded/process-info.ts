import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** What the operating system says of a process. */
export interface ProcessInfo {
  parent: number;
  command: string;
}

/** The process with this id, or undefined when there is none. */
export const processInfo = async (pid: number): Promise<ProcessInfo | undefined> => {
  try {
    return process.platform === "linux" ? await fromProc(pid) : await fromPs(pid);
  } catch {
    return undefined;
  }
};

const fromProc = async (pid: number): Promise<ProcessInfo | undefined> => {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  // The name of the program, in parentheses, may hold anything.
  const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (state === "Z") return undefined;
  const command = (await readFile(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ");
  return { parent: Number(parent), command };
};

const fromPs = async (pid: number): Promise<ProcessInfo> => {
  const { stdout } = await promisify(execFile)("ps", ["-o", "ppid=,command=", "-p", String(pid)]);
  const [, parent, command] = /^\s*(\d+)\s+(.*)$/.exec(stdout) ?? [];
  return { parent: Number(parent), command: command ?? "" };
};
