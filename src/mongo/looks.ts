/** Most looks under way that are expected to end soon. More would be answered sooner, and cost more than that saves. */
const mostUnderWay = 1;
/** A look that takes longer, in milliseconds, does not hold up the next one. */
const slowMs = 100;

/**
 * Looks at something from a moment on, shared by all who ask in that moment. A caller joins only a look that has not
 * begun, so what it hears is never older than its call.
 */
export class Looks {
  readonly #look: () => Promise<void>;
  #underWay = 0;
  /** The look that has not begun. */
  #next: { readonly begun: Promise<void>; readonly looked: Promise<void> } | undefined;
  /** Lets it begin, where it waits for one that is under way. */
  #begin: (() => void) | undefined;

  constructor(look: () => Promise<void>) {
    this.#look = look;
  }

  /** Resolves, or rejects, with a look that began after the call. */
  look(): Promise<void> {
    return this.#upcoming().looked;
  }

  /**
   * Does a read beside a look that begins after the call, and resolves when both are done. The read begins with the look:
   * its answer could not be used sooner, and all reads of a look share their queries.
   */
  async beside<T>(read: () => Promise<T>): Promise<T> {
    const { begun, looked } = this.#upcoming();
    await begun;
    const [answer] = await Promise.all([read(), looked]);
    return answer;
  }

  #upcoming() {
    if (this.#next === undefined) {
      const begun = new Promise<void>((resolve) => {
        // Whoever asks in the same turn of the event loop goes along.
        if (this.#underWay < mostUnderWay) setImmediate(resolve);
        else this.#begin = resolve;
      });
      this.#next = { begun, looked: begun.then(() => this.#run()) };
    }
    return this.#next;
  }

  async #run(): Promise<void> {
    this.#next = undefined;
    this.#begin = undefined;
    this.#underWay += 1;
    let counts = true;
    const makeWay = () => {
      if (!counts) return;
      counts = false;
      this.#underWay -= 1;
      this.#begin?.();
    };
    const timer = setTimeout(makeWay, slowMs);
    try {
      await this.#look();
    } finally {
      clearTimeout(timer);
      makeWay();
    }
  }
}
