import { execFileSync } from "node:child_process";
import { pbkdf2 } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { hashPassword } from "../../src/passwords/index.js";
import { lowerPoolPriority, poolThreads } from "../../src/passwords/low-priority.js";

const threads = (): number[] => readdirSync("/proc/self/task").map(Number);
const cpuTime = (thread: number): number =>
  Number(readFileSync(`/proc/self/task/${thread}/schedstat`, "utf8").split(" ")[0]);

/** Runs a job in a process of its own, and prints the priorities of its threads before and after. */
const inProcess = `
  import { readdirSync } from "node:fs";
  import { getPriority } from "node:os";
  import { HashingPool, hashPassword } from "./dist/src/passwords/index.js";
  import { lowerPoolPriority } from "./dist/src/passwords/low-priority.js";
  const priorities = () => readdirSync("/proc/self/task").map((thread) => [Number(thread), getPriority(Number(thread))]);
  const before = priorities();
  await new HashingPool().run(() => hashPassword("correct horse", 4));
  const lowered = await lowerPoolPriority();
  console.log(JSON.stringify({ pid: process.pid, before, lowered, after: priorities() }));
  process.exit();
`;
const options = { cwd: new URL("../..", import.meta.url), encoding: "utf8" } as const;

describe.runIf(process.platform === "linux")("the priority of threads on Linux", () => {
  it("is low, and not the lowest, for the pool's threads once a job has run, and as before for all others", async () => {
    const { pid, before, lowered, after } = JSON.parse(
      execFileSync(process.execPath, ["--input-type=module", "--eval", inProcess], options),
    );
    expect(before.map(([, priority]: [number, number]) => priority)).not.toContain(10);
    expect(lowered).toHaveLength(poolThreads());
    const known = new Map(before);
    for (const [thread, priority] of after) {
      expect(priority).toBe(lowered.includes(thread) ? 10 : (known.get(thread) ?? 0));
    }
    expect(lowered).not.toContain(pid);
  });

  it("is low where hashing takes its CPU time", async () => {
    const lowered = await lowerPoolPriority();
    const before = new Map(threads().map((thread) => [thread, cpuTime(thread)]));
    await Promise.all([1, 2, 3, 4].map(() => hashPassword("correct horse", 8)));
    await promisify(pbkdf2)("", "", 50_000, 32, "sha256");
    const used = (among: (thread: number) => boolean): number =>
      threads()
        .filter(among)
        .reduce((sum, thread) => sum + cpuTime(thread) - (before.get(thread) ?? 0), 0);
    const low = used((thread) => lowered.includes(thread));
    expect(low).toBeGreaterThan(20e6);
    expect(low).toBeGreaterThan(5 * used((thread) => !lowered.includes(thread)));
  });
});

describe("lowerPoolPriority", () => {
  it("does its work once", () => {
    expect(lowerPoolPriority()).toBe(lowerPoolPriority());
  });
});
