import { expect, it } from "vitest";
import { GroupCommit, type GroupEntry } from "../../src/mongo/commit/group-commit.js";
import { KeyLocks } from "../../src/mongo/commit/key-locks.js";

interface Named extends GroupEntry {
  readonly name: string;
}

const entry = (name: string, ...keys: string[]): Named => ({ name, keys, done: false });

/** A group commit whose commits end when the test says so. */
const group = (lanes = 2, maxBatch = 128) => {
  const commits: { readonly names: string; readonly end: () => void }[] = [];
  const locks = new KeyLocks(() => made.flush());
  const made: GroupCommit<Named> = new GroupCommit<Named>({
    lanes,
    maxBatch,
    locks,
    commit: (batch) => new Promise((end) => commits.push({ names: batch.map(({ name }) => name).join(""), end })),
  });
  return { commits, locks, made, names: () => commits.map(({ names }) => names) };
};

const turn = () => new Promise(setImmediate);
const lingered = () => new Promise((resolve) => setTimeout(resolve, 50));

it("starts a commit at once where none is under way, and shares the next ones", async () => {
  const { commits, made, names } = group(1);
  made.add(entry("a"));
  await turn();
  for (const name of "bcd") made.add(entry(name));
  await turn();
  expect([names(), made.waiting]).toEqual([["a"], 3]);
  commits[0]?.end();
  await turn();
  expect([names(), made.waiting]).toEqual([["a", "bcd"], 0]);
});

it("never has more commits under way than lanes, nor more entries in one than it may", async () => {
  const { commits, made, names } = group(2, 3);
  for (const name of "abcdefgh") made.add(entry(name));
  await turn();
  expect(names()).toEqual(["abc", "def"]);
  commits[1]?.end();
  commits[0]?.end();
  await lingered();
  expect(names()).toEqual(["abc", "def", "gh"]);
});

it("does not commit what looks up the same value beside each other", async () => {
  const { commits, made, names } = group();
  made.add(entry("a", "user 1"));
  await turn();
  made.add(entry("b", "user 1"));
  made.add(entry("c", "user 2"));
  await turn();
  expect(names()).toEqual(["a", "c"]);
  commits[0]?.end();
  await lingered();
  expect(names()).toEqual(["a", "c", "b"]);
});

it("leaves out entries whose callers have gone", async () => {
  const { made, names } = group();
  made.add({ name: "a", keys: [], done: true });
  made.add({ name: "b", keys: [], done: false });
  await turn();
  expect(names()).toEqual(["b"]);
});

it("commits a batch by itself when its keys are free", async () => {
  const { commits, made, names } = group();
  made.add(entry("a", "user 1"));
  await turn();
  made.addApart([entry("b", "user 1"), entry("c", "user 1")]);
  made.add(entry("d"));
  await turn();
  expect(names()).toEqual(["a", "d"]);
  commits[0]?.end();
  await turn();
  expect(names()).toEqual(["a", "d", "bc"]);
});

it("gives keys to those that wait for them in order, and then to the others", async () => {
  const { commits, locks, made, names } = group();
  made.add(entry("a", "user 1"));
  await turn();
  const order: string[] = [];
  const first = locks.acquire(["user 1", "user 2"]).then(() => order.push("first"));
  const second = locks.acquire(["user 3"]).then(() => order.push("second"));
  made.add(entry("b", "user 1"));
  await turn();
  expect(order).toEqual([]);
  commits[0]?.end();
  await Promise.all([first, second]);
  expect([order, names()]).toEqual([["first", "second"], ["a"]]);
  locks.release(["user 1", "user 2"]);
  await lingered();
  expect(names()).toEqual(["a", "b"]);
});
