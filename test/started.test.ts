import { describe, expect, it } from "vitest";
import { Started } from "../src/started.js";

const never = () => new Promise<void>(() => {});

describe("what was started", () => {
  it("is stopped, the latest first, and waited for", async () => {
    const started = new Started(0);
    const seen: string[] = [];
    for (const name of ["first", "second"]) {
      started.add(async () => {
        seen.push(`${name} is asked`);
        await new Promise((resolve) => setTimeout(resolve, 50));
        seen.push(`${name} is over`);
      });
    }
    await started.stopAll();
    expect(seen).toEqual(["second is asked", "second is over", "first is asked", "first is over"]);
  });

  it("says goodbye to a database that is away without waiting for longer than the grace", async () => {
    const started = new Started(100);
    let asked = 0;
    for (let i = 0; i < 20; i++) {
      started.addFarewell(() => {
        asked += 1;
        return never();
      });
    }
    const begun = Date.now();
    await started.stopAll();
    expect(asked).toBe(20);
    // 250 ms for each would be five seconds.
    expect(Date.now() - begun).toBeLessThan(3_000);
  });
});
