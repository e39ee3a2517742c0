import { inSpan } from "../traces/spans.js";
import { type BcryptCredential, decoyBcrypt, hashPassword } from "./algorithms/bcrypt.js";
import { needsRehash, type PasswordCredential } from "./credential.js";
import type { HashingPool } from "./hashing-pool.js";
import { verificationMemory, verifyPassword } from "./verify.js";

// With the time in the queue.
const hashSpan = () => ({ name: "hash password" });
const verifySpan = () => ({ name: "verify password" });

/**
 * Hashes and verifies passwords through the pool that a process shares: one operation of the pool for each call, whoever
 * asks for what.
 */
export class PasswordHasher {
  readonly cost: number;
  readonly pool: HashingPool;
  readonly #decoy: BcryptCredential;

  /** `cost` is that of bcrypt for new passwords. */
  constructor({ cost, pool }: { cost: number; pool: HashingPool }) {
    this.cost = cost;
    this.pool = pool;
    this.#decoy = decoyBcrypt(cost);
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
   * See `verifyPassword`; throws as `HashingPool.run` does. Without a credential it does the work of one and answers
   * false, so that neither the time nor the count of operations tells who has a password. For the same end a hash that
   * costs nothing is verified with that work on top.
   */
  verify(credential: PasswordCredential | undefined, password: string, signal?: AbortSignal): Promise<boolean> {
    const memory = credential === undefined ? 0 : verificationMemory(credential);
    return inSpan(verifySpan, () => this.pool.run(() => this.#verify(credential, password), { signal, memory }));
  }

  async #verify(credential: PasswordCredential | undefined, password: string): Promise<boolean> {
    if (credential !== undefined && credential.algorithm !== "saltedSha") return verifyPassword(credential, password);
    await verifyPassword(this.#decoy, password);
    return credential !== undefined && verifyPassword(credential, password);
  }

  /** See `needsRehash`. */
  needsRehash(credential: PasswordCredential): boolean {
    return needsRehash(credential, this.cost);
  }
}
