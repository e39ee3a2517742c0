/** Something that others wait for, to look again whether it is as they need it. */
export class Condition {
  readonly #signal: AbortSignal;
  #waiting: (() => void)[] = [];

  /** The signal's reason ends every wait. */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener("abort", () => this.notify(), { once: true });
  }

  notify(): void {
    for (const look of this.#waiting.splice(0)) look();
  }

  /** Waits until `holds`, which is asked again after each notification. */
  async until(holds: () => boolean): Promise<void> {
    this.#signal.throwIfAborted();
    while (!holds()) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      this.#signal.throwIfAborted();
    }
  }
}
