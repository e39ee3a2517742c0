/** Most looks under way that are expected to end soon: while one is answered, another one is on its way. */
const mostUnderWay = 2;
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
  #next: Promise<void> | undefined;
  /** Lets it begin, where it waits for one that is under way. */
  #begin: (() => void) | undefined;

  constructor(look: () => Promise<void>) {
    this.#look = look;
  }

  /** Resolves, or rejects, with a look that began after the call. */
  look(): Promise<void> {
    this.#next ??= new Promise<void>((resolve) => {
      // Whoever asks in the same turn of the event loop goes along.
      if (this.#underWay < mostUnderWay) setImmediate(resolve);
      else this.#begin = resolve;
    }).then(() => this.#run());
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
