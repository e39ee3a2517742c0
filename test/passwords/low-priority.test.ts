import { pbkdf2 } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { getPriority } from "node:os";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { HashingPool, hashPassword } from "../../src/passwords/index.js";
import { lowerPoolPriority, poolThreads } from "../../src/passwords/low-priority.js";

const threads = (): number[] => readdirSync("/proc/self/task").map(Number);
const cpuTime = (thread: number): number =>
  Number(readFileSync(`/proc/self/task/${thread}/schedstat`, "utf8").split(" ")[0]);

describe.runIf(process.platform === "linux")("the priority of threads on Linux", () => {
  it("is lowest for the pool's threads once a job has run, and as before for all others", async () => {
    const before = new Map(threads().map((thread) => [thread, getPriority(thread)]));
    expect(new Set(before.values()).has(19)).toBe(false);
    await new HashingPool().run(() => hashPassword("correct horse", 4));
    const lowered = await lowerPoolPriority();
    expect(lowered).toHaveLength(poolThreads());
    for (const thread of threads()) {
      expect(getPriority(thread)).toBe(lowered.includes(thread) ? 19 : (before.get(thread) ?? 0));
    }
    expect(lowered).not.toContain(process.pid);
  });

  it("is lowest where hashing takes its CPU time", async () => {
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
