import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { keysetList, type ListSource } from "../../src/directory/lists/keyset-list.js";
import type { ListPart, Page } from "../../src/directory/lists/list-request.js";
import type { KeyRange } from "../../src/directory/lists/range.js";
import { maxMessageBytes } from "../../src/directory/message-size.js";

interface Thing {
  readonly id: string;
}

/** A range in short: `2>c` looks at two behind c, `1>=c` also at c, `2<c` the other way. */
const shortRange = ({ direction, from, limit }: KeyRange): string =>
  `${limit}${direction === "ascending" ? ">" : "<"}${from?.inclusive ? "=" : ""}${from?.id ?? ""}`;

/**
 * Things with a letter each as their id. Of a capital letter only the index knows. A digit behind a letter is the size
 * in sixths of a message.
 */
const source = (index: string) => {
  const entries = [...index.matchAll(/([a-z])(\d?)/gi)].map(([, letter = "", sixths = "0"]) => ({
    id: letter.toLowerCase(),
    exists: letter === letter.toLowerCase(),
    bytes: (Number(sixths) * maxMessageBytes) / 6,
  }));
  const asked: string[] = [];
  const things: ListSource<Thing> = {
    range: async (range) => {
      asked.push(shortRange(range));
      const { direction, from, limit } = range;
      const inOrder = direction === "ascending" ? entries : entries.toReversed();
      const isBehind = (id: string, place: string) => (direction === "ascending" ? id > place : id < place);
      const matching = inOrder.filter(({ id }) => !from || isBehind(id, from.id) || (from.inclusive && id === from.id));
      const looked = matching.slice(0, limit);
      const items = looked.filter(({ exists }) => exists).map(({ id }) => ({ id }));
      return { items, more: matching.length > limit, end: looked.at(-1)?.id };
    },
    bytesOf: ({ id }) => entries.find((entry) => entry.id === id)?.bytes ?? 0,
  };
  return { things, asked };
};

/** A page in short: its things, `<` when it has a `before`, `>` when it has an `after`. */
const short = ({ items, before, after }: Page<Thing>): string => {
  if (before !== undefined) expect(before).toBe(items[0]?.id);
  if (after !== undefined) expect(after).toBe(items.at(-1)?.id);
  const ids = items.map(({ id }) => id).join("");
  return `${before === undefined ? "" : "<"}${ids}${after === undefined ? "" : ">"}`;
};

const list = (things: ListSource<Thing>, given: Partial<ListPart>): AsyncGenerator<Page<Thing>> =>
  keysetList(things, { direction: "ascending", pageSize: 3, limit: Number.POSITIVE_INFINITY, ...given });

const listWhole = async (things: ListSource<Thing>, given: Partial<ListPart>): Promise<string[]> => {
  const pages: string[] = [];
  for await (const page of list(things, given)) pages.push(short(page));
  return pages;
};

type Case = [name: string, index: string, given: Partial<ListPart>, pages: string[]];

const whole: Case[] = [
  ["in pages", "abcdefg", {}, ["abc>", "<def>", "<g"]],
  ["in pages, descending", "abcdefg", { direction: "descending" }, ["gfe>", "<dcb>", "<a"]],
  ["behind a cursor", "abcdefg", { after: "c" }, ["<def>", "<g"]],
  ["in front of a cursor", "abcdefg", { before: "f" }, ["<cde>"]],
  ["in front of a cursor, by limit over page size", "abcdefg", { before: "f", limit: 4 }, ["<bcde>"]],
  ["in one empty page when there are none", "", {}, [""]],
];

const gone: Case[] = [
  ["are missing in their page", "aBcdEfG", {}, ["ac>", "<df>"]],
  ["leave out a page that held no others", "abcDEFghi", {}, ["abc>", "<ghi"]],
  ["leave out several pages", "abcDEFGHIj", {}, ["abc>", "<j"]],
  ["leave out the first pages", "ABCDEFg", {}, ["g"]],
  ["leave out the last page", "abcDE", {}, ["abc>"]],
  ["leave one empty page when there are no others", "ABCDEFG", {}, [""]],
  ["do not count for the limit", "aBcDefgh", { limit: 5 }, ["ac>", "<ef>", "<g>"]],
  ["do not count for a limit that only the next pages reach", "aBCDEFgh", { limit: 2 }, ["a>", "<g>"]],
  ["do not hide what is in front of a cursor", "aBCd", { after: "c" }, ["<d"]],
  ["are nothing in front of a cursor", "ABCd", { after: "c" }, ["d"]],
  ["are missing in the page in front of a cursor", "abCDefg", { before: "f" }, ["<e>"]],
  ["do not make the page in front of a cursor empty", "abcDEFg", { before: "g" }, ["abc>"]],
  ["make the page in front of a cursor empty when there are no others", "ABCd", { before: "d" }, [""]],
  ["are nothing behind a page in front of a cursor", "abCD", { before: "c" }, ["ab"]],
];

const large: Case[] = [
  ["a page where the message is full", "a2b2c2d2e2", { pageSize: 4 }, ["abc>", "<de"]],
  ["a page, and go on behind it", "a4b4c1d", { pageSize: 4 }, ["a>", "<bcd"]],
  ["a page that is the last otherwise", "a4b4", { pageSize: 2 }, ["a>", "<b"]],
  ["a page behind one object that is larger than a message", "a9b9", { pageSize: 2 }, ["a>", "<b"]],
  ["the page in front of a cursor, and keep its end", "a4b3c2d", { before: "d" }, ["<bc>"]],
];

describe.each([
  ["lists objects", whole],
  ["goes on behind objects that are gone: they", gone],
  ["lets large objects cut", large],
])("a keyset list %s", (_title, cases) => {
  it.each(cases)("%s", async (_name, index, given, pages) => {
    const { things } = source(index);
    expect(await listWhole(things, given)).toEqual(pages);
  });
});

/** Until a read that gives way, and finds no others, has begun. */
const settle = async () => {
  for (let i = 0; i < 10; i++) await setImmediate();
};

describe("a keyset list", () => {
  it("goes on behind what it looked at, and behind what it delivered of a page that was cut", async () => {
    const { things, asked } = source("abCDEFg4h4i");
    await listWhole(things, {});
    expect(asked).toEqual(["3>", "3>c", "3>f", "3>g"]);
  });

  it("reads one page ahead of what was taken, and no more, but not before the first one was", async () => {
    const { things, asked } = source("abcdefghijkl");
    const pages = list(things, {});
    await pages.next();
    await settle();
    expect(asked).toEqual(["3>"]);
    await pages.next();
    await settle();
    expect(asked).toEqual(["3>", "3>c", "3>f"]);
  });

  it("reads nothing behind a limit", async () => {
    const { things, asked } = source("abcdefghijkl");
    await listWhole(things, { limit: 5 });
    expect(asked).toEqual(["3>", "2>c"]);
  });

  it("looks whether anything is in front of its cursor, the object of the cursor too", async () => {
    const { things, asked } = source("abcde");
    await listWhole(things, { after: "c" });
    expect(asked).toEqual(["3>c", "1<=c"]);
  });

  it.each([
    ["typical", 1_000, [100, 200, 250, 250, 200]],
    ["large", 30_000, [100, 27, 27]],
    ["larger than what is read at once", 1_000_000, [100, 10]],
  ])("reads a part of a large page at a time, when objects are %s", async (_name, bytes, reads) => {
    const limits: number[] = [];
    let last = 0;
    const things: ListSource<Thing> = {
      range: async ({ limit }) => {
        limits.push(limit);
        const items = Array.from({ length: limit }, () => ({ id: String((last += 1)).padStart(8, "0") }));
        return { items, more: true, end: items.at(-1)?.id };
      },
      bytesOf: () => bytes,
    };
    const pages = list(things, { pageSize: 1_000 });
    await pages.next();
    await pages.next();
    expect(limits.slice(0, reads.length)).toEqual(reads);
  });

  it("that begins is read before those that go on, and one read is under way at a time", async () => {
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const slow = (name: string): ListSource<Thing> => ({
      range: async ({ from, limit }) => {
        begun.push(from ? `${name}, further` : name);
        await new Promise<void>((resolve) => ends.push(resolve));
        const items = Array.from({ length: limit }, (_, i) => ({ id: `${from?.id ?? ""}${i}` }));
        return { items, more: from === undefined, end: items.at(-1)?.id };
      },
      bytesOf: () => 1,
    });
    const endRead = async () => {
      ends.shift()?.();
      await settle();
    };
    const started = ["a", "b", "c"].map((name) => listWhole(slow(name), {}));
    await settle();
    expect(begun).toEqual(["a"]);
    await endRead();
    expect(begun).toEqual(["a", "b"]);
    started.push(listWhole(slow("d"), {}));
    while (begun.length < 8 || ends.length > 0) await endRead();
    expect(begun).toEqual(["a", "b", "c", "d", "a, further", "b, further", "c, further", "d, further"]);
    await Promise.all(started);
  });

  it("does not wait for a read that takes long", async () => {
    const never = new Promise<never>(() => {});
    void list({ range: () => never, bytesOf: () => 1 }, {}).next();
    const { things } = source("abcd");
    expect(await listWhole(things, {})).toEqual(["abc>", "<d"]);
  });

  it("delivers a page though reading the next one fails, and then fails", async () => {
    const { things } = source("abcdef");
    const failing: ListSource<Thing> = {
      ...things,
      range: async (range) => (range.from ? Promise.reject(new Error("away")) : things.range(range)),
    };
    const pages = list(failing, {});
    expect((await pages.next()).value.items).toHaveLength(3);
    await expect(pages.next()).rejects.toThrow("away");
  });
});
