import { MongoServerError } from "mongodb";
import { describe, expect, it } from "vitest";
import { NeedsOwnCommit } from "../../src/directory/commit/decide.js";
import type { Outcome } from "../../src/directory/commit/mutation.js";
import { type BatchWork, commitBatch, halves } from "../../src/mongo/commit/commit-batch.js";
import { WriteConflict } from "../../src/mongo/commit/write.js";

const tooLarge = () => new MongoServerError({ message: "TransactionTooLargeForCache", code: 388 });
const notAuthorized = () => new MongoServerError({ message: "not authorized", code: 13 });

/** Commits letters. Keeps which ones were committed together, in order, and what became of each. */
const committing = (failure: (batch: string) => unknown, changes: Partial<BatchWork<string>> = {}) => {
  const commits: string[] = [];
  const outcomes = new Map<string, Outcome>();
  let running = 0;
  const work: BatchWork<string> = {
    isOrdered: false,
    maxConflicts: 1,
    backoffMs: 1,
    isWanted: () => true,
    async attempt(batch) {
      running += 1;
      expect(running).toBe(1);
      await new Promise(setImmediate);
      running -= 1;
      const error = failure(batch.join(""));
      if (error) throw error;
      commits.push(batch.join(""));
      return batch.map((result) => ({ ok: true, result }));
    },
    settle: (entry, outcome) => outcomes.set(entry, outcome),
    cut: halves,
    ...changes,
  };
  const failed = () => [...outcomes].flatMap(([entry, { ok }]) => (ok ? [] : [entry])).join("");
  return { commits, outcomes, failed, run: (batch: string) => commitBatch([...batch], work) };
};

const inOrder = { isOrdered: true };

describe("a batch", () => {
  it.each([
    [inOrder, ["ab", "c", "de"]],
    [{}, ["ab", "c", "de"]],
  ])("that is too much for one commit is done in several: %j", async (policy, expected) => {
    const { run, commits, failed } = committing((batch) => (batch.length > 2 ? tooLarge() : undefined), policy);
    await run("abcde");
    expect([commits, failed()]).toEqual([expected, ""]);
  });

  it.each([
    [inOrder, ["ab", "cde"]],
    [{}, ["abde", "c"]],
  ])("of which one needs a commit of its own: %j", async (policy, expected) => {
    const { run, commits } = committing((batch) => {
      return batch.includes("c") && batch.indexOf("c") > 0 ? new NeedsOwnCommit(batch.indexOf("c")) : undefined;
    }, policy);
    await run("abcde");
    expect(commits).toEqual(expected);
  });

  it("is cut where one of it keeps meeting others, one transaction at a time", async () => {
    const attempts: string[] = [];
    const postponed: string[] = [];
    const meets = (batch: string) => {
      attempts.push(batch);
      return batch.includes("c") ? new WriteConflict() : undefined;
    };
    const { run, commits } = committing(meets, { postpone: (batch) => postponed.push(batch.join("")) });
    await run("abcdefgh");
    expect(attempts).toEqual(["abcdefgh", "abcdefgh", "abcd", "abcd", "ab", "cd", "cd", "c", "c", "d", "efgh"]);
    expect(commits).toEqual(["ab", "d", "efgh"]);
    expect(postponed).toEqual(["c"]);
  });

  it("keeps together what cannot be cut", async () => {
    const postponed: string[] = [];
    const { run, commits } = committing(() => new WriteConflict(), {
      cut: (batch) => [batch],
      postpone: (batch) => postponed.push(batch.join("")),
    });
    await run("abc");
    expect([commits, postponed]).toEqual([[], ["abc"]]);
  });

  it("gives everybody the error that nothing is done about", async () => {
    const { run, outcomes, failed } = committing(notAuthorized);
    await run("abc");
    expect(failed()).toBe("abc");
    expect(outcomes.get("b")).toMatchObject({ ok: false, error: { message: "internal error" } });
  });

  it("ends in order with such an error, and leaves what comes after", async () => {
    const { run, commits } = committing(
      (batch) => (batch.length > 2 ? tooLarge() : batch.includes("c") ? notAuthorized() : undefined),
      inOrder,
    );
    await expect(run("abcde")).rejects.toThrow("internal error");
    expect(commits).toEqual(["ab"]);
  });

  it("leaves its rest when the caller goes away", async () => {
    const gone = new Error("the caller has gone");
    const { run, commits } = committing((batch) => (batch.length > 2 ? tooLarge() : undefined), {
      ...inOrder,
      isWanted() {
        if (commits.length > 0) throw gone;
        return true;
      },
    });
    await expect(run("abcde")).rejects.toBe(gone);
    expect(commits).toEqual(["ab"]);
  });
});
