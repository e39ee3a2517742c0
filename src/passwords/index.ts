export { type BcryptCredential, bcryptCost, hashPassword } from "./algorithms/bcrypt.js";
export type { SaltPosition } from "./algorithms/salted-sha.js";
export { needsRehash, type PasswordCredential } from "./credential.js";
export { formatPasswordHash } from "./format.js";
export { HashingOverloaded, HashingPool, type HashingPoolOptions, type JobOptions } from "./hashing-pool.js";
export {
  type PasswordHash,
  type PasswordHashAlgorithm,
  type PasswordHashProblem,
  parsePasswordHash,
  passwordHashAlgorithms,
} from "./parse.js";
export { PasswordHasher } from "./password-hasher.js";
export { checkPasswordPolicy, maxTypedBytes, type PasswordOwner, type PolicyResult } from "./policy.js";
export { verifyPassword } from "./verify.js";
