import { EventEmitter, once } from "node:events";
import { firstCursor } from "../../directory/events/event.js";
import type { LogEntry } from "./log-document.js";

/** Bytes that are kept, beside at least one entry. */
const maxBytes = 16 * 1_024 * 1_024;

/** The end of the log, kept in memory, and its readers that wait for more. */
export class RecentEntries {
  readonly #added = new EventEmitter<{ added: [] }>().setMaxListeners(0);
  #entries: LogEntry[] = [];
  #bytes = 0;
  #number = 0;
  #tail = firstCursor;

  /** Number of the last entry of the log, 0 when there is none. */
  get number(): number {
    return this.#number;
  }

  /** The place behind the last entry. */
  get tail(): string {
    return this.#tail;
  }

  startBehind({ number, last }: LogEntry): void {
    this.#number = number;
    this.#tail = last;
  }

  /** Adds the entries that follow the last one. */
  add(entries: readonly LogEntry[]): void {
    if (entries.length === 0) return;
    for (const entry of entries) {
      this.#entries.push(entry);
      this.#bytes += entry.bytes;
      this.startBehind(entry);
    }
    while (this.#bytes > maxBytes && this.#entries.length > 1) this.#bytes -= this.#entries.shift()?.bytes ?? 0;
    this.#added.emit("added");
  }

  /** The entry that holds the first event behind `place`, or undefined when it is not kept. */
  behind(place: string): LogEntry | undefined {
    const [oldest] = this.#entries;
    if (oldest === undefined || place < oldest.after) return undefined;
    return this.#entries[this.#entries.findLastIndex(({ after }) => after <= place)];
  }

  /** Resolves when there is something behind `place`, or after `timeoutMs`. Rejects with the signal's reason. */
  async waitBehind(place: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
    const timeout = AbortSignal.timeout(Math.max(0, timeoutMs));
    const either = AbortSignal.any([signal, timeout]);
    while (this.#tail <= place) {
      try {
        await once(this.#added, "added", { signal: either });
      } catch (error) {
        signal.throwIfAborted();
        if (timeout.aborted) return;
        throw error;
      }
    }
  }
}
