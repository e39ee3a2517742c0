import { availableParallelism } from "node:os";
import { lowerPoolPriority, poolThreads } from "./low-priority.js";

/** The queue is full. Nothing was done; the same may work after `retryAfterMs`. */
export class HashingOverloaded extends Error {
  override readonly name = "HashingOverloaded";
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super("too many passwords are being hashed");
    this.retryAfterMs = retryAfterMs;
  }
}

/** Bounds of a pool. */
export interface HashingPoolOptions {
  /** How many jobs run at a time. Default: the number of cores, and at least one less than the pool has threads. */
  readonly concurrency?: number;
  /** How many jobs may wait. Default: 64. */
  readonly maxQueue?: number;
  /** How much memory running jobs may declare together; one job alone always may run. Default: 256 MiB. */
  readonly maxMemory?: number;
}

/** What a job tells of itself. */
export interface JobOptions {
  /** Once aborted, a job that waits is dropped. One that runs cannot be stopped, and its result stands. */
  readonly signal?: AbortSignal | undefined;
  /** Bytes that the job needs. */
  readonly memory?: number;
}

interface Waiting {
  readonly memory: number;
  start(): void;
}

/** Fewer than the pool has threads, so that name look-ups and files always find one. */
const defaultConcurrency = (): number => Math.max(1, Math.min(availableParallelism(), poolThreads() - 1));

/**
 * Runs expensive jobs on the thread pool, few at a time, in the order of their arrival. The pool's threads get a low
 * priority where the platform allows it, before the first job runs.
 */
export class HashingPool {
  readonly #concurrency: number;
  readonly #maxQueue: number;
  readonly #maxMemory: number;
  readonly #queue: Waiting[] = [];
  #running = 0;
  #memory = 0;
  #operations = 0;
  // What a job takes, on average over the last ones; the first value is a guess.
  #averageMs = 250;

  constructor({ concurrency = defaultConcurrency(), maxQueue = 64, maxMemory = 2 ** 28 }: HashingPoolOptions = {}) {
    this.#concurrency = concurrency;
    this.#maxQueue = maxQueue;
    this.#maxMemory = maxMemory;
  }

  /** How many jobs were started since the pool was made. */
  get operations(): number {
    return this.#operations;
  }

  /** How many jobs run now. */
  get running(): number {
    return this.#running;
  }

  /** How many jobs wait now. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Throws HashingOverloaded when a job that needs `memory` would be refused now. */
  throwIfFull(memory = 0): void {
    if (this.#queue.length >= this.#maxQueue && !this.#hasRoomFor(memory)) throw this.#overloaded();
  }

  /** The result of the job. Throws what it throws, HashingOverloaded at once, or the reason of the signal. */
  async run<T>(job: () => Promise<T>, { signal, memory = 0 }: JobOptions = {}): Promise<T> {
    signal?.throwIfAborted();
    this.throwIfFull(memory);
    await this.#turn(memory, signal);
    try {
      await lowerPoolPriority();
      this.#operations += 1;
      const started = performance.now();
      const result = await job();
      this.#averageMs += (performance.now() - started - this.#averageMs) / 8;
      return result;
    } finally {
      this.#running -= 1;
      this.#memory -= memory;
      this.#startNext();
    }
  }

  /** Resolves when the job may run and has been counted as running. */
  #turn(memory: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const drop = () => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(signal?.reason as Error);
        this.#startNext();
      };
      const waiting: Waiting = {
        memory,
        start: () => {
          signal?.removeEventListener("abort", drop);
          resolve();
        },
      };
      signal?.addEventListener("abort", drop, { once: true });
      this.#queue.push(waiting);
      this.#startNext();
    });
  }

  // Only ever the first: a job with much memory waits for its room and is not overtaken.
  #startNext(): void {
    for (let next = this.#queue[0]; next !== undefined && this.#fits(next.memory); next = this.#queue[0]) {
      this.#queue.shift();
      this.#running += 1;
      this.#memory += next.memory;
      next.start();
    }
  }

  #hasRoomFor(memory: number): boolean {
    return this.#queue.length === 0 && this.#fits(memory);
  }

  #fits(memory: number): boolean {
    if (this.#running >= this.#concurrency) return false;
    return this.#running === 0 || this.#memory + memory <= this.#maxMemory;
  }

  #overloaded(): HashingOverloaded {
    const untilEmpty = ((this.#queue.length + this.#running) * this.#averageMs) / this.#concurrency;
    return new HashingOverloaded(Math.round(Math.min(Math.max(untilEmpty / 2, 100), 30_000)));
  }
}
