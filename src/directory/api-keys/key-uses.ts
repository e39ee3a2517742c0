import type { Clock } from "../clock.js";
import type { ApiKeyStore } from "./api-key-store.js";

/** Remembers when keys were last used, and has it written now and then. */
export class KeyUses {
  readonly #store: Pick<ApiKeyStore, "markUsed">;
  readonly #clock: Pick<Clock, "now">;
  #times = new Map<string, Date>();
  #timer: NodeJS.Timeout | undefined;

  constructor(store: Pick<ApiKeyStore, "markUsed">, clock: Pick<Clock, "now">) {
    this.#store = store;
    this.#clock = clock;
  }

  note(id: string): void {
    this.#times.set(id, this.#clock.now());
  }

  /** Has what was noted written in this interval. */
  start(intervalMs = 60_000): void {
    this.#timer = setInterval(() => void this.#write(), intervalMs);
  }

  /** Has the last of it written. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#write();
  }

  async #write(): Promise<void> {
    const times = this.#times;
    if (times.size === 0) return;
    this.#times = new Map();
    try {
      await this.#store.markUsed(times);
    } catch {
      // The database is away: with the next ones, unless they are later.
      this.#times = new Map([...times, ...this.#times]);
    }
  }
}
