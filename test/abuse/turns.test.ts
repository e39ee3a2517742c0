import { describe, expect, it } from "vitest";
import { Turns } from "../../src/rpc/turns.js";

describe("turns", () => {
  const { signal } = new AbortController();

  it("are taken as long as there are any, and then in the order of asking", async () => {
    const turns = new Turns(2);
    const begun: string[] = [];
    const begin = (name: string, given = signal) =>
      turns.begin(given).then(
        () => begun.push(name),
        (reason) => begun.push(`${name}: ${reason}`),
      );
    const impatient = new AbortController();
    const all = [begin("a"), begin("b"), begin("c"), begin("d", impatient.signal), begin("e")];
    await Promise.all(all.slice(0, 2));
    expect(begun).toEqual(["a", "b"]);
    impatient.abort("enough");
    await all[3];
    turns.end();
    turns.end();
    await Promise.all(all);
    expect(begun).toEqual(["a", "b", "d: enough", "c", "e"]);
    turns.end();
    turns.end();
    await Promise.all([begin("f"), begin("g")]);
    expect(begun.slice(5)).toEqual(["f", "g"]);
  });
});
