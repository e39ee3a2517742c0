import type { Direction, KeyRange, RangeAnswer } from "../directory/lists/range.js";

/** Where ranges are read from. */
export interface RangeSource<T extends { readonly id: string }> {
  range(range: KeyRange): Promise<RangeAnswer<T>>;
  /** At least as many bytes as the object takes. */
  bytesOf(item: T): number;
}

/** For how long what was read ahead counts, from when its read began. */
const lifetimeMs = 1_000;
/** Most objects in one read, unless a single page has more. */
const maxObjects = 1_000;
/** The next read has twice as many pages, unless the last one had more bytes than this. */
const maxBytes = 512 * 1_024;

/** A read of some pages. */
interface Read<T> {
  readonly direction: Direction;
  /** It is of what comes behind this id. */
  readonly start: string;
  readonly pages: number;
  readonly until: number;
  readonly answer: Promise<RangeAnswer<T>>;
}

type Chunk<T> = Omit<Read<T>, "answer"> & { readonly answer: RangeAnswer<T> };

/**
 * Answers range after range of a list whose objects cost the less the more of them are read at once. Of a list that goes
 * on where its last range ended, more and more pages are read in one piece, and the next ones while those before are
 * still taken. One that pauses begins anew.
 */
export class ReadAhead<T extends { readonly id: string }> {
  readonly #source: RangeSource<T>;
  #chunk: Chunk<T> | undefined;
  /** What comes behind the chunk. */
  #coming: Read<T> | undefined;
  /** Where the last answer ended. */
  #end: string | undefined;

  constructor(source: RangeSource<T>) {
    this.#source = source;
  }

  /** What the range holds, or held at most a second ago. */
  async range(range: KeyRange): Promise<RangeAnswer<T>> {
    const { from } = range;
    if (from?.inclusive) return this.#source.range(range);
    const chunk = from && (await this.#chunkBehind(from.id, range));
    const answer = chunk ? take(chunk.answer, from.id, range) : await this.#source.range(range);
    if (chunk) this.#continue(chunk, answer, range);
    this.#end = answer.end;
    return answer;
  }

  async #chunkBehind(id: string, range: KeyRange): Promise<Chunk<T> | undefined> {
    const { direction } = range;
    const chunk = this.#chunk;
    if (chunk && counts(chunk, direction) && isBehind(chunk.answer.end, id, direction)) return chunk;
    if (id !== this.#end) return undefined;
    const coming = this.#coming;
    this.#coming = undefined;
    const read = coming?.start === id && counts(coming, direction) ? coming : this.#read(id, 1, range);
    this.#chunk = { ...read, answer: await read.answer };
    return this.#chunk;
  }

  /** Reads on when no more than half of a chunk is left. */
  #continue({ answer: { items, more, end }, pages }: Chunk<T>, taken: RangeAnswer<T>, range: KeyRange): void {
    if (this.#coming || !more || end === undefined) return;
    const last = taken.items.at(-1);
    const left = last === undefined ? 0 : items.length - 1 - items.lastIndexOf(last);
    if (left > items.length / 2) return;
    this.#coming = this.#read(end, this.#mayGrow(items) ? 2 * pages : pages, range);
    // A failure is thrown to whoever comes for it; the list may end before that.
    this.#coming.answer.catch(() => {});
  }

  #mayGrow(items: readonly T[]): boolean {
    if (items.length > maxObjects / 2) return false;
    return items.reduce((sum, item) => sum + this.#source.bytesOf(item), 0) <= maxBytes;
  }

  #read(start: string, wanted: number, { direction, limit }: KeyRange): Read<T> {
    const pages = Math.max(1, Math.min(wanted, Math.floor(maxObjects / limit)));
    const until = performance.now() + lifetimeMs;
    const answer = this.#source.range({ direction, limit: pages * limit, from: { id: start, inclusive: false } });
    return { direction, start, pages, until, answer };
  }
}

const counts = (read: { direction: Direction; until: number }, direction: Direction): boolean =>
  read.direction === direction && performance.now() < read.until;

/** Whether there is something between `id` and `end`, along the direction. */
const isBehind = (end: string | undefined, id: string, direction: Direction): boolean =>
  end !== undefined && (direction === "ascending" ? end > id : end < id);

/** The part of an answer that a range has of it. */
const take = <T extends { readonly id: string }>(
  { items, more, end }: RangeAnswer<T>,
  id: string,
  { direction, limit }: KeyRange,
): RangeAnswer<T> => {
  const first = items.findIndex((item) => isBehind(item.id, id, direction));
  const rest = first === -1 ? [] : items.slice(first, first + limit);
  const isAll = first === -1 || first + limit >= items.length;
  return isAll ? { items: rest, more, end } : { items: rest, more: true, end: rest.at(-1)?.id };
};
