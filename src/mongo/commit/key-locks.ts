interface Waiting {
  readonly keys: readonly string[];
  start(): void;
}

/**
 * Locks on the values that commits under way look up, within this server: two of its own commits must not meet at the
 * database. Commits of other servers are kept apart by the database alone.
 */
export class KeyLocks {
  readonly #held = new Set<string>();
  readonly #waiting: Waiting[] = [];
  readonly #onRelease: () => void;

  /** `onRelease` is called after keys were released and those that wait had their turn. */
  constructor(onRelease: () => void = () => {}) {
    this.#onRelease = onRelease;
  }

  /** Whether nobody holds any of these keys. */
  areFree(keys: readonly string[]): boolean {
    return !keys.some((key) => this.#held.has(key));
  }

  /** Takes keys that are free. */
  hold(keys: Iterable<string>): void {
    for (const key of keys) this.#held.add(key);
  }

  /** Takes keys when they are free and everybody who waits longer has theirs. */
  acquire(keys: readonly string[]): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ keys, start: resolve });
      this.#startNext();
    });
  }

  release(keys: Iterable<string>): void {
    for (const key of keys) this.#held.delete(key);
    this.#startNext();
    this.#onRelease();
  }

  #startNext(): void {
    for (let next = this.#waiting[0]; next !== undefined && this.areFree(next.keys); next = this.#waiting[0]) {
      this.#waiting.shift();
      this.hold(next.keys);
      next.start();
    }
  }
}
