import { foreground } from "../../foreground.js";
import { PacedReads } from "../../paced-reads.js";
import { maxMessageBytes } from "../message-size.js";
import type { ListPart, Page } from "./list-request.js";
import type { Direction, KeyRange, RangeAnswer } from "./range.js";

/** Where the objects of a list come from; its filter and its signal are already bound. */
export interface ListSource<T extends { readonly id: string }> {
  range(range: KeyRange): Promise<RangeAnswer<T>>;
  /** At least as many bytes as the object takes in a message. */
  bytesOf(item: T): number;
}

/** Objects that a list reads at once as long as nobody knows how large they are. */
const firstRead = 100;
// Not worth reading less.
const fewObjects = 10;

/**
 * The pages of a part of a list. Reads at most one page more than was taken, and none before the first one was. A page
 * without objects is left out unless it is the only one; so the last page has an `after` when all that an index named
 * behind it were gone.
 */
export const keysetList = <T extends { readonly id: string }>(
  source: ListSource<T>,
  { direction, pageSize, limit, after, before }: ListPart,
): AsyncGenerator<Page<T>> => {
  const list = new KeysetList(source, direction);
  if (before === undefined) return list.pages(after, pageSize, limit);
  return list.pageBefore(before, Number.isFinite(limit) ? limit : pageSize);
};

/** A list in one direction: keyset reads by id, one query for a page, no cursor left open between them. */
class KeysetList<T extends { readonly id: string }> {
  readonly #source: ListSource<T>;
  readonly #direction: Direction;
  readonly #reads = new PacedReads(firstRead, fewObjects);

  constructor(source: ListSource<T>, direction: Direction) {
    this.#source = source;
    this.#direction = direction;
  }

  /** All pages behind a cursor, or from the start of the list. */
  async *pages(after: string | undefined, pageSize: number, limit: number): AsyncGenerator<Page<T>> {
    let left = limit;
    const read = (id: string | undefined) => {
      const found = this.#firstFound(this.#direction, Math.min(pageSize, left), behind(id));
      // A failure is thrown where the page is awaited, and the consumer may stop before that.
      found.catch(() => {});
      return found;
    };
    let next = read(after);
    let before = after !== undefined && (await this.#existsFrom(after, opposite(this.#direction)));
    for (let first = true; ; first = false) {
      const { items, more, end } = await next;
      left -= items.length;
      const goesOn = more && left > 0;
      if (goesOn && !first) next = read(end);
      if (items.length > firstRead) await foreground.giveWay(items.length);
      if (items.length > 0 || first) yield page(items, before, more);
      if (!goesOn) return;
      if (first) next = read(end);
      before = true;
    }
  }

  /** The one page just in front of a cursor. */
  async *pageBefore(before: string, size: number): AsyncGenerator<Page<T>> {
    const [{ items, more }, after] = await Promise.all([
      this.#firstFound(opposite(this.#direction), size, behind(before)),
      this.#existsFrom(before, this.#direction),
    ]);
    yield page(items.toReversed(), more, after);
  }

  /** The first range from a place on that holds an object; without one, the last range. */
  async #firstFound(direction: Direction, limit: number, from: KeyRange["from"]): Promise<RangeAnswer<T>> {
    let answer = await this.#range({ direction, limit, from });
    while (answer.items.length === 0 && answer.more) {
      answer = await this.#range({ direction, limit, from: behind(answer.end) });
    }
    return answer;
  }

  async #existsFrom(id: string, direction: Direction): Promise<boolean> {
    const { items } = await this.#firstFound(direction, 1, { id, inclusive: true });
    return items.length > 0;
  }

  /** One range, as much of it as fits into a message; at least one object. */
  async #range(range: KeyRange): Promise<RangeAnswer<T>> {
    const items: T[] = [];
    let bytes = 0;
    let { from } = range;
    for (let asked = 0; ; ) {
      const part = { ...range, from, limit: Math.min(range.limit - asked, this.#reads.parts) };
      const answer = await this.#reads.take(part.limit, () => this.#source.range(part));
      const sizes = answer.items.map((item) => this.#source.bytesOf(item));
      this.#learn(sizes);
      for (const [i, item] of answer.items.entries()) {
        bytes += sizes[i] ?? 0;
        if (bytes > maxMessageBytes && items.length > 0) return { items, more: true, end: items.at(-1)?.id };
        items.push(item);
      }
      asked += part.limit;
      if (!answer.more || asked === range.limit) return { ...answer, items };
      from = behind(answer.end);
    }
  }

  #learn(sizes: readonly number[]): void {
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    this.#reads.learn({ parts: sizes.length, objects: sizes.length, bytes });
  }
}

const opposite = (direction: Direction): Direction => (direction === "ascending" ? "descending" : "ascending");

const behind = (id: string | undefined): KeyRange["from"] => (id === undefined ? undefined : { id, inclusive: false });

const page = <T extends { readonly id: string }>(items: readonly T[], before: boolean, after: boolean): Page<T> => {
  const first = items[0]?.id;
  const last = items.at(-1)?.id;
  return {
    items,
    ...(before && first !== undefined && { before: first }),
    ...(after && last !== undefined && { after: last }),
  };
};
