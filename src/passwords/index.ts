export { type BcryptCredential, bcryptCost, hashPassword } from "./algorithms/bcrypt.js";
export { needsRehash, type PasswordCredential } from "./credential.js";
export { formatPasswordHash } from "./format.js";
export { HashingOverloaded, HashingPool, type JobOptions } from "./hashing-pool.js";
export {
  type PasswordHash,
  type PasswordHashAlgorithm,
  parsePasswordHash,
  passwordHashAlgorithms,
} from "./parse.js";
export { PasswordHasher } from "./password-hasher.js";
export { checkPasswordPolicy, maxTypedBytes, type PasswordOwner } from "./policy.js";
export { verifyPassword } from "./verify.js";
