import { EventEmitter } from "node:events";
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

  /** `last`: the last event of the entry with that number. */
  startBehind(number: number, last: string): void {
    this.#number = number;
    this.#tail = last;
  }

  /** Adds the entries that come next. Where some in between are gone, what was kept before is dropped: it has an end. */
  add(entries: readonly LogEntry[]): void {
    if (entries.length === 0) return;
    for (const entry of entries) {
      if (entry.after !== this.#tail) {
        this.#entries = [];
        this.#bytes = 0;
      }
      this.#entries.push(entry);
      this.#bytes += entry.bytes;
      this.startBehind(entry.number, entry.last);
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
  waitBehind(place: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAdded = () => {
        if (this.#tail > place) end(resolve);
      };
      const onTimeout = () => end(resolve);
      const onAbort = () => end(() => reject(signal.reason));
      const timer = setTimeout(onTimeout, Math.max(0, timeoutMs));
      // A signal made of others would stay with them for as long as they are there.
      const end = (settle: () => void) => {
        clearTimeout(timer);
        this.#added.off("added", onAdded);
        signal.removeEventListener("abort", onAbort);
        settle();
      };
      this.#added.on("added", onAdded);
      signal.addEventListener("abort", onAbort);
      if (signal.aborted) onAbort();
      else onAdded();
    });
  }
}
