import { MongoServerError } from "mongodb";
import { expect, it } from "vitest";
import type { Mutation, Outcome } from "../../src/directory/commit/mutation.js";
import { OrderedCommits } from "../../src/mongo/commit/ordered-commits.js";

const names = ["a", "b", "c", "d", "e"];
const mutations = names.map((name): Mutation<string> => ({ lookups: [], apply: () => name }));
const nameOf = ({ apply }: Mutation<unknown>): string => String(apply(undefined as never));

/** Commits of at most two, in a database that has no room for more; `onCommit` is called after each. */
const tight = (onCommit: (commit: string) => void) => {
  const attempt = async (some: readonly Mutation<unknown>[]): Promise<Outcome[]> => {
    if (some.length > 2) throw new MongoServerError({ message: "TransactionTooLargeForCache", code: 388 });
    onCommit(some.map(nameOf).join(""));
    return some.map((mutation) => ({ ok: true, result: nameOf(mutation) }));
  };
  return new OrderedCommits({ busy: new Set(), attempt, onFreed: () => {} });
};

it("what is too much for one commit is done in several, in order", async () => {
  const commits: string[] = [];
  const outcomes = await tight((commit) => commits.push(commit)).run(mutations, [], new AbortController().signal);
  expect(commits).toEqual(["ab", "c", "de"]);
  expect(outcomes).toEqual(names.map((result) => ({ ok: true, result })));
});

it("the rest of several commits is left when the caller goes away", async () => {
  const commits: string[] = [];
  const leaving = new AbortController();
  const gone = new Error("the caller has gone");
  const ordered = tight((commit) => {
    commits.push(commit);
    leaving.abort(gone);
  });
  await expect(ordered.run(mutations, [], leaving.signal)).rejects.toBe(gone);
  expect(commits).toEqual(["ab"]);
});
