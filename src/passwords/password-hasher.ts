import { inSpan } from "../traces/spans.js";
import { type BcryptCredential, decoyBcrypt, hashPassword } from "./algorithms/bcrypt.js";
import { isComparedInFull, needsRehash, type PasswordCredential } from "./credential.js";
import type { HashingPool, JobOptions } from "./hashing-pool.js";
import { SameWork } from "./same-work.js";
import { estimatedMs, verificationMemory, verifyPassword } from "./verify.js";

// With the time in the queue.
const hashSpan = () => ({ name: "hash password" });
const verifySpan = () => ({ name: "verify password" });

/** How many times the work of a new hash, and how much memory, a verification takes at most to be no dear one. */
const dearFactor = 4;
const dearMemory = 2 ** 27;

/**
 * Hashes and verifies passwords through the pool that a process shares: one operation of the pool for each call, whoever
 * asks for what.
 */
export class PasswordHasher {
  readonly cost: number;
  readonly pool: HashingPool;
  readonly #sameWork: SameWork;

  /** `cost` is that of bcrypt for new passwords. */
  constructor({ cost, pool }: { cost: number; pool: HashingPool }) {
    this.cost = cost;
    this.pool = pool;
    this.#sameWork = new SameWork({ cost });
  }

  /** Throws HashingOverloaded when a call would now: for callers that would do other work in vain before. */
  async ready(): Promise<void> {
    this.pool.throwIfFull();
  }

  /** See `hashPassword`; throws as `HashingPool.run` does. */
  hash(password: string, signal?: AbortSignal): Promise<BcryptCredential | { problem: string }> {
    return inSpan(hashSpan, () => this.pool.run(() => hashPassword(password, this.cost), { signal }));
  }

  /**
   * For a sign-in: neither the time nor the count of operations of a refusal tells who has a password, or of which kind, but
   * for hashes that are dearer than new ones (`SameWork`). False without a credential. Throws as `HashingPool.run` does: the
   * signal's reason only where the work never began.
   */
  verify(credential: PasswordCredential | undefined, password: string, signal?: AbortSignal): Promise<boolean> {
    const job = () => this.#sameWork.verify(credential, password);
    return inSpan(verifySpan, () => this.pool.run(job, this.#jobOptions(credential, signal)));
  }

  /**
   * Whether the credential is of this password and no other (`isComparedInFull`), for a password that is to be set. No
   * sign-in: a refusal takes only the time that it takes. Throws as `HashingPool.run` does.
   */
  async matches(credential: PasswordCredential, password: string, signal?: AbortSignal): Promise<boolean> {
    if (!isComparedInFull(credential, password)) return false;
    const job = () => verifyPassword(credential, password);
    return inSpan(verifySpan, () => this.pool.run(job, this.#jobOptions(credential, signal)));
  }

  /** See `needsRehash`. */
  needsRehash(credential: PasswordCredential, password: string): boolean {
    return needsRehash(credential, password, this.cost);
  }

  #jobOptions(credential: PasswordCredential | undefined, signal: AbortSignal | undefined): JobOptions {
    if (credential === undefined) return { signal };
    const memory = verificationMemory(credential);
    const isDear = memory > dearMemory || estimatedMs(credential) > dearFactor * estimatedMs(decoyBcrypt(this.cost));
    return { signal, memory, isDear };
  }
}
