import { foreground } from "../../foreground.js";
import { type LogEntry, type LogPosition, logStart } from "./log-entries.js";

/** Bytes that are kept, beside at least one entry. */
const maxBytes = 16 * 1_024 * 1_024;
/** Readers that are woken at once. Before the next ones, reads of single objects have their turn. */
const wokenTogether = 8;

interface Waiter {
  readonly eventId: string;
  /** Ends its wait. */
  readonly wake: () => void;
}

/** The newest entries of the log, kept in memory, and the readers that wait for more. */
export class LogTail {
  readonly #waiters = new Set<Waiter>();
  #waking = false;
  #entries: LogEntry[] = [];
  #bytes = 0;
  #end = logStart;

  /** The place after the last entry. */
  get end(): LogPosition {
    return this.#end;
  }

  /** Goes on from a place. Nothing before it is kept. */
  startAt(end: LogPosition): void {
    this.#entries = [];
    this.#bytes = 0;
    this.#end = end;
  }

  /** Adds the entries that come next. Where some in between are gone, what was kept before is dropped: it has an end. */
  add(entries: readonly LogEntry[]): void {
    if (entries.length === 0) return;
    for (const entry of entries) {
      if (entry.after !== this.#end.eventId) this.startAt(this.#end);
      this.#entries.push(entry);
      this.#bytes += entry.bytes;
      this.#end = entry.end;
    }
    while (this.#bytes > maxBytes && this.#entries.length > 1) this.#bytes -= this.#entries.shift()?.bytes ?? 0;
    void this.#wake();
  }

  /** Number of the oldest entry that is kept; of the next one where none is. */
  get oldest(): number {
    return this.#entries[0]?.end.entry ?? this.#end.entry + 1;
  }

  /** Puts entries in the place of those with their numbers, as far as these are kept. */
  replace(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      const index = entry.end.entry - this.oldest;
      const before = this.#entries[index];
      if (before === undefined) continue;
      this.#entries[index] = entry;
      this.#bytes += entry.bytes - before.bytes;
    }
  }

  /** The entry that holds the first event after `eventId`, or undefined when it is not kept. */
  entryAfter(eventId: string): LogEntry | undefined {
    const [oldest] = this.#entries;
    if (oldest === undefined || eventId < oldest.after) return undefined;
    return this.#entries[this.#entries.findLastIndex(({ after }) => after <= eventId)];
  }

  /** Resolves when there is something after `eventId`, or after `timeoutMs`. Rejects with the signal's reason. */
  waitAfter(eventId: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = () => end(resolve);
      const onAbort = () => end(() => reject(signal.reason));
      const waiter = { eventId, wake };
      const timer = setTimeout(wake, Math.max(0, timeoutMs));
      // A signal made of others would stay with them for as long as they are there.
      const end = (settle: () => void) => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
        signal.removeEventListener("abort", onAbort);
        settle();
      };
      this.#waiters.add(waiter);
      signal.addEventListener("abort", onAbort);
      if (signal.aborted) onAbort();
      else if (this.#end.eventId > eventId) wake();
    });
  }

  /** Wakes those for whom there is something, some at a time, in the order in which they began to wait. */
  async #wake(): Promise<void> {
    if (this.#waking) return;
    this.#waking = true;
    for (let seen = logStart; seen !== this.#end; ) {
      seen = this.#end;
      let woken = 0;
      // Those who wait again meanwhile come last.
      for (const { eventId, wake } of this.#waiters) {
        if (this.#end.eventId <= eventId) continue;
        wake();
        woken += 1;
        if (woken % wokenTogether === 0) await foreground.giveWay(wokenTogether);
      }
    }
    this.#waking = false;
  }
}
