import { foreground } from "./foreground.js";
import { Turns } from "./turns.js";

/** What was read. */
export interface ReadTotals {
  /** What a limit counts: objects, or what holds several of them. */
  readonly parts: number;
  readonly objects: number;
  /** At least as many as they take in messages. */
  readonly bytes: number;
}

/** What is read at once at most: decoding it holds up everything else. */
const most = { objects: 250, bytes: 768 * 1_024 };
/** The reads of all lists of this process are made one after another. */
const turns = new Turns(1);
/** A read that takes longer waits for the database, not for this process: the next one begins beside it. */
const longestReadMs = 25;

/** The reads of one list, as large as they may be and when they hold up nobody. */
export class PacedReads {
  #parts: number;
  readonly #fewest: number;
  #hasBegun = false;

  /** `first`: how many parts to read as long as nobody knows how large they are. `fewest`: less is not worth reading. */
  constructor(first: number, fewest: number) {
    this.#parts = first;
    this.#fewest = fewest;
  }

  /** How many parts to read at once, going by those before. */
  get parts(): number {
    return this.#parts;
  }

  /**
   * Reads about so many objects when it is the list's turn. Lists that begin do not wait for those that go on, and do not
   * give way.
   */
  async take<T>(objects: number, read: () => Promise<T>): Promise<T> {
    const isUrgent = !this.#hasBegun;
    const found = await turns.take(
      async () => {
        if (!isUrgent) await foreground.giveWay(objects);
        return read();
      },
      { isUrgent, atMostMs: longestReadMs },
    );
    this.#hasBegun = true;
    return found;
  }

  /** Sets how many parts are read next, by how large the last ones were. At most twice as many as before. */
  learn({ parts, objects, bytes }: ReadTotals): void {
    if (parts === 0) return;
    const fit = Math.ceil(parts * Math.min(most.objects / objects, most.bytes / bytes));
    this.#parts = Math.max(Math.min(fit, 2 * this.#parts), this.#fewest);
  }
}
