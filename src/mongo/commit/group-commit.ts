import type { KeyLocks } from "./key-locks.js";

/** Something that waits for a commit. */
export interface GroupEntry {
  /** What no two commits under way may have in common. */
  readonly keys: readonly string[];
  /** Nobody waits for it any more. */
  readonly done: boolean;
}

/** Bounds of a group commit, and what makes the commits. */
export interface GroupCommitParts<Entry> {
  /** Most commits under way: the calls of one are decided and answered while the database works for another. */
  readonly lanes: number;
  /** Most entries of a commit. */
  readonly maxBatch: number;
  readonly locks: KeyLocks;
  /** Commits a batch. Never rejects. */
  commit(batch: readonly Entry[]): Promise<void>;
}

/** How long to linger for the next calls of those that were just answered, as a share of the commit's own duration. */
const lingerShare = 0.5;

/**
 * Decides which entries share a commit, and when it starts. While commits are under way, the calls that arrive wait for the
 * next one together; a call that finds nothing under way starts at once.
 *
 * Callers answered together call again together. A commit that started immediately would miss half of them, so it lingers
 * briefly until its share has arrived. Knows nothing of databases.
 */
export class GroupCommit<Entry extends GroupEntry> {
  readonly #parts: GroupCommitParts<Entry>;
  #queue: Entry[] = [];
  /** Batches to commit by themselves, before all others. */
  readonly #apart: (readonly Entry[])[] = [];
  #isScheduled = false;
  #lanesUsed = 0;
  /** Entries in commits under way. */
  #running = 0;
  /** Entries that were just answered, whose callers are likely to call again. */
  #expected = 0;
  #lingerTimer: NodeJS.Timeout | undefined;

  constructor(parts: GroupCommitParts<Entry>) {
    this.#parts = parts;
  }

  /** How many entries wait. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Whether there is more to do than one commit. */
  get isBusy(): boolean {
    return this.#lanesUsed > 1 || this.#queue.length > 0;
  }

  add(entry: Entry): void {
    this.#queue.push(entry);
    if (this.#expected > 0) this.#expected--;
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.flush();
    });
  }

  /** Adds a batch to be committed by itself, as soon as a lane and its keys are free. */
  addApart(batch: readonly Entry[]): void {
    this.#apart.push(batch);
    this.flush();
  }

  /** Starts the commits that are due. To be called when keys were released elsewhere. */
  flush(): void {
    while (this.#lanesUsed < this.#parts.lanes) {
      const batch = this.#takeApart() ?? (this.#shouldFlush() ? this.#take() : []);
      if (batch.length === 0) return;
      void this.#run(batch);
    }
  }

  /** Whether a commit should start now: its share of the entries waits, or nobody else is expected. */
  #shouldFlush(): boolean {
    const { lanes, maxBatch } = this.#parts;
    const waiting = this.#queue.length;
    if (waiting === 0) return false;
    if (this.#lanesUsed === 0 && this.#expected === 0) return true;
    return waiting >= Math.min(maxBatch, Math.ceil((waiting + this.#running + this.#expected) / lanes));
  }

  #takeApart(): readonly Entry[] | undefined {
    const index = this.#apart.findIndex((batch) => this.#parts.locks.areFree(batch.flatMap(({ keys }) => keys)));
    return index === -1 ? undefined : this.#apart.splice(index, 1)[0];
  }

  /** The entries of the next commit, in the order of their arrival, without those that a commit under way must not meet. */
  #take(): Entry[] {
    const { maxBatch, locks } = this.#parts;
    const batch: Entry[] = [];
    const left: Entry[] = [];
    let seen = 0;
    for (const entry of this.#queue) {
      if (batch.length === maxBatch) break;
      seen++;
      if (entry.done) continue;
      (locks.areFree(entry.keys) ? batch : left).push(entry);
    }
    this.#queue = [...left, ...this.#queue.slice(seen)];
    return batch;
  }

  async #run(batch: readonly Entry[]): Promise<void> {
    const { commit, locks } = this.#parts;
    const keys = new Set(batch.flatMap((entry) => entry.keys));
    this.#lanesUsed++;
    this.#running += batch.length;
    locks.hold(keys);
    const started = performance.now();
    await commit(batch);
    this.#lanesUsed--;
    this.#running -= batch.length;
    if (batch.length > 1) this.#linger(batch.length, (performance.now() - started) * lingerShare);
    locks.release(keys);
    this.flush();
  }

  #linger(answered: number, durationMs: number): void {
    this.#expected += answered;
    clearTimeout(this.#lingerTimer);
    this.#lingerTimer = setTimeout(() => {
      this.#expected = 0;
      this.flush();
    }, durationMs);
  }
}
