import { setTimeout as sleep } from "node:timers/promises";
import { Turns } from "../turns.js";
import type { Attempt, AttemptOf, Attempts, EmailForms } from "./attempts.js";
import { ErrorReason, RosterError } from "./error.js";

/** How long an attempt waits for those under way to make room, and what it is told when they do not. */
const maxWaitMs = 2_000;
const retryAfterMs = 1_000;
/** Between looks whether there is room: the first pause, and the longest. */
const firstPauseMs = 20;
const maxPauseMs = 100;

interface Line {
  readonly turns: Turns;
  length: number;
}

/** Lets attempts at passwords in, as far as there were not too many failures. */
export class Throttle {
  readonly #attempts: Attempts;
  /** Attempts for one email from one network ask one after another: else many would meet in one document, again and again. */
  readonly #lines = new Map<string, Line>();

  constructor(attempts: Attempts) {
    this.#attempts = attempts;
  }

  /**
   * Lets an attempt in, or throws TOO_MANY_ATTEMPTS. Where nothing but attempts under way stand in the way, which may yet
   * succeed, it waits for them, 2 s at most. Rejects with the signal's reason when that comes first.
   */
  async begin(attempt: AttemptOf, signal: AbortSignal): Promise<Attempt> {
    signal.throwIfAborted();
    const timedOut = AbortSignal.timeout(maxWaitMs);
    const ended = AbortSignal.any([signal, timedOut]);
    try {
      return await this.#inLine(attempt, ended, () => this.#untilLetIn(attempt, ended));
    } catch (error) {
      signal.throwIfAborted();
      throw timedOut.aborted && !(error instanceof RosterError) ? tooManyAttempts(retryAfterMs) : error;
    }
  }

  /** See `Attempts.forget`. */
  forget(emails: readonly EmailForms[]): Promise<void> {
    return this.#attempts.forget(emails);
  }

  /**
   * The same after new passwords for these emails were committed. Not in that commit: what fails here, or is lost with this
   * server, leaves failures that leave the window by themselves.
   */
  async passwordsSet(emails: readonly EmailForms[]): Promise<void> {
    if (emails.length > 0) await this.#attempts.forget(emails).catch(() => {});
  }

  async #inLine<T>({ email, network }: AttemptOf, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const key = JSON.stringify([email, network]);
    const line = this.#lines.get(key) ?? { turns: new Turns(1), length: 0 };
    this.#lines.set(key, line);
    line.length += 1;
    try {
      return await line.turns.take(work, { signal });
    } finally {
      line.length -= 1;
      if (line.length === 0) this.#lines.delete(key);
    }
  }

  async #untilLetIn(attempt: AttemptOf, signal: AbortSignal): Promise<Attempt> {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, maxPauseMs)) {
      const begun = await this.#attempts.begin(attempt);
      if (!("retryAfterMs" in begun)) return begun;
      if (begun.retryAfterMs > 0) throw tooManyAttempts(begun.retryAfterMs);
      await sleep(pauseMs, undefined, { signal });
    }
  }
}

const tooManyAttempts = (ms: number): RosterError =>
  new RosterError(ErrorReason.TOO_MANY_ATTEMPTS, "too many passwords were wrong for this email or from this address", {
    retryAfterMs: ms,
  });
