import type { ApiKeyStore } from "./api-key-store.js";

/** Remembers when keys were last used, and has it written now and then. */
export class KeyUses {
  readonly #store: Pick<ApiKeyStore, "markUsed">;
  #times = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(store: Pick<ApiKeyStore, "markUsed">) {
    this.#store = store;
  }

  note(id: string): void {
    this.#times.set(id, Date.now());
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
      await this.#store.markUsed(new Map([...times].map(([id, time]) => [id, new Date(time)])));
    } catch {
      // The database is away: with the next ones, unless they are later.
      this.#times = new Map([...times, ...this.#times]);
    }
  }
}
