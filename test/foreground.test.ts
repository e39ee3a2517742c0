import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { Foreground } from "../src/foreground.js";

/** Gives way for so many objects, and says when it goes on. */
const giveWay = (foreground: Foreground, objects: number, done: string[]) =>
  foreground.giveWay(objects).then(() => done.push("goes on"));

describe("what gives way to reads", () => {
  it("goes on at once when there are none", async () => {
    const foreground = new Foreground();
    expect(await foreground.read(async () => "found")).toBe("found");
    await expect(foreground.read(() => Promise.reject(new Error("away")))).rejects.toThrow("away");
    const done: string[] = [];
    await Promise.race([giveWay(foreground, 1e9, done), sleep(1_000)]);
    expect(done).toEqual(["goes on"]);
  });

  it("waits until all that are under way are answered", async () => {
    const foreground = new Foreground();
    const done: string[] = [];
    const read = (ms: number) => foreground.read(() => sleep(ms)).then(() => done.push("answered"));
    await Promise.all([read(5), read(20), giveWay(foreground, 1e9, done)]);
    expect(done).toEqual(["answered", "answered", "goes on"]);
  });

  it("waits for those, too, that have come but have not begun", async () => {
    const foreground = new Foreground();
    const done: string[] = [];
    const waiting = giveWay(foreground, 1e9, done);
    setImmediate(() => {
      void foreground.read(() => sleep(5)).then(() => done.push("answered"));
    });
    await waiting;
    expect(done).toEqual(["answered", "goes on"]);
  });

  it("goes on beside reads without end when its objects have waited enough", async () => {
    const foreground = new Foreground();
    const done: string[] = [];
    const end = new AbortController();
    const reads = foreground.read(() => sleep(10_000, undefined, end)).catch(() => {});
    await Promise.race([giveWay(foreground, 100, done), sleep(5_000)]);
    expect(done).toEqual(["goes on"]);
    end.abort();
    await reads;
  });
});
