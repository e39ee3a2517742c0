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
  /** How many ordinary jobs may wait, and eight times how many dear ones. Default: 64. */
  readonly maxQueue?: number;
  /** How much memory running ordinary jobs may declare together; one job alone always may run. Default: 256 MiB. */
  readonly maxMemory?: number;
}

/** What a job tells of itself. */
export interface JobOptions {
  /** Once aborted, a job that waits is dropped. One that runs cannot be stopped, and its result stands. */
  readonly signal?: AbortSignal | undefined;
  /** Bytes that the job needs. */
  readonly memory?: number;
  /** Takes many times as long, or as much memory, as others: it waits in a lane of its own. Default: false. */
  readonly isDear?: boolean;
}

interface Waiting {
  readonly memory: number;
  start(): void;
}

/** The jobs of one lane: those that wait, and what is known of those that run. */
interface Lane {
  readonly queue: Waiting[];
  readonly maxQueue: number;
  running: number;
  memory: number;
  /** What a job takes, on average over the last ones; the first value is a guess. */
  averageMs: number;
}

const newLane = (maxQueue: number, averageMs: number): Lane => {
  return { queue: [], maxQueue, running: 0, memory: 0, averageMs };
};

/** Fewer than the pool has threads, so that name look-ups and files always find one. */
const defaultConcurrency = (): number => Math.max(1, Math.min(availableParallelism(), poolThreads() - 1));

/**
 * Runs expensive jobs on the thread pool, few at a time. The pool's threads get a low priority where the platform allows it,
 * before the first job runs.
 *
 * There are two lanes, each in the order of arrival. In that of dear jobs one runs at a time, whatever waits in the other. The
 * ordinary ones have all other places, and always one: where there is one place in all, a dear job runs beside it.
 */
export class HashingPool {
  readonly #concurrency: number;
  readonly #maxMemory: number;
  readonly #ordinary: Lane;
  readonly #dear: Lane;
  #operations = 0;

  constructor({ concurrency = defaultConcurrency(), maxQueue = 64, maxMemory = 2 ** 28 }: HashingPoolOptions = {}) {
    this.#concurrency = concurrency;
    this.#maxMemory = maxMemory;
    this.#ordinary = newLane(maxQueue, 250);
    this.#dear = newLane(maxQueue >> 3, 2_000);
  }

  /** How many jobs were started since the pool was made. */
  get operations(): number {
    return this.#operations;
  }

  /** How many jobs run now. */
  get running(): number {
    return this.#ordinary.running + this.#dear.running;
  }

  /** How many jobs wait now. */
  get waiting(): number {
    return this.#ordinary.queue.length + this.#dear.queue.length;
  }

  /** Throws HashingOverloaded when an ordinary job that needs no memory would be refused now. */
  throwIfFull(): void {
    this.#throwIfFull(this.#ordinary, 0);
  }

  /** The result of the job. Throws what it throws, HashingOverloaded at once, or the reason of the signal. */
  async run<T>(job: () => Promise<T>, { signal, memory = 0, isDear = false }: JobOptions = {}): Promise<T> {
    const lane = isDear ? this.#dear : this.#ordinary;
    signal?.throwIfAborted();
    this.#throwIfFull(lane, memory);
    await this.#turn(lane, memory, signal);
    try {
      await lowerPoolPriority();
      this.#operations += 1;
      const started = performance.now();
      const result = await job();
      lane.averageMs += (performance.now() - started - lane.averageMs) / 8;
      return result;
    } finally {
      lane.running -= 1;
      lane.memory -= memory;
      this.#startNext();
    }
  }

  #throwIfFull(lane: Lane, memory: number): void {
    const hasRoom = lane.queue.length === 0 && this.#fits(lane, memory);
    if (lane.queue.length >= lane.maxQueue && !hasRoom) throw this.#overloaded(lane);
  }

  /** Resolves when the job may run and has been counted as running. */
  #turn(lane: Lane, memory: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const drop = () => {
        lane.queue.splice(lane.queue.indexOf(waiting), 1);
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
      lane.queue.push(waiting);
      this.#startNext();
    });
  }

  #startNext(): void {
    // The dear one first: else it would never find a place beside the many others.
    for (const lane of [this.#dear, this.#ordinary]) {
      // Only ever the first of a lane: a job with much memory waits for its room and is not overtaken.
      for (let next = lane.queue[0]; next !== undefined && this.#fits(lane, next.memory); next = lane.queue[0]) {
        lane.queue.shift();
        lane.running += 1;
        lane.memory += next.memory;
        next.start();
      }
    }
  }

  #fits(lane: Lane, memory: number): boolean {
    if (lane === this.#dear) return lane.running === 0 && this.#ordinary.running < Math.max(2, this.#concurrency);
    if (lane.running === 0) return true;
    return this.running < this.#concurrency && lane.memory + memory <= this.#maxMemory;
  }

  #overloaded(lane: Lane): HashingOverloaded {
    const atATime = lane === this.#dear ? 1 : this.#concurrency;
    const untilEmpty = ((lane.queue.length + lane.running) * lane.averageMs) / atATime;
    return new HashingOverloaded(Math.round(Math.min(Math.max(untilEmpty / 2, 100), 30_000)));
  }
}
