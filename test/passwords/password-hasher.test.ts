import { describe, expect, it } from "vitest";
import {
  type BcryptCredential,
  HashingOverloaded,
  HashingPool,
  type PasswordCredential,
  PasswordHasher,
  type PasswordHash,
  parsePasswordHash,
} from "../../src/passwords/index.js";

const cost = 6;
const newHasher = (options: ConstructorParameters<typeof HashingPool>[0] = {}) =>
  new PasswordHasher({ cost, pool: new HashingPool(options) });
const parsed = (given: PasswordHash): PasswordCredential => {
  const credential = parsePasswordHash(given);
  if ("problem" in credential) throw new Error(credential.problem);
  return credential;
};

describe("PasswordHasher", () => {
  it("hashes at its cost and verifies", async () => {
    const hasher = newHasher();
    const credential = (await hasher.hash("correct horse")) as PasswordCredential;
    expect(credential).toMatchObject({ algorithm: "bcrypt", hash: expect.stringMatching(/^\$2b\$06\$/) });
    expect(hasher.needsRehash(credential, "correct horse")).toBe(false);
    expect(await hasher.verify(credential, "correct horse")).toBe(true);
    expect(await hasher.verify(credential, "wrong horse")).toBe(false);
  });

  it("says why it hashes no password that bcrypt would cut", async () => {
    expect(await newHasher().hash("x".repeat(73))).toEqual({ problem: "must be at most 72 bytes of UTF-8, not 73" });
  });

  const credentials: [string, PasswordCredential | undefined][] = [
    ["no credential", undefined],
    ["bcrypt", parsed({ algorithm: "BCRYPT", hash: "$2b$06$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui" })],
    ["salted SHA", parsed({ algorithm: "SSHA", hash: "{SSHA}0H+zTv8o4MR4H43n03eCsvw1luG8LdB7" })],
    ["argon2", parsed({ algorithm: "ARGON2", hash: `$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$${"A".repeat(43)}` })],
    ["scrypt", parsed({ algorithm: "SCRYPT", hash: `$scrypt$ln=4,r=8,p=1$c29tZXNhbHQ$${"A".repeat(43)}` })],
    ["pbkdf2", parsed({ algorithm: "PBKDF2", hash: `$pbkdf2$i=1000,d=sha256$c29tZXNhbHQ$${"A".repeat(43)}` })],
  ];

  it.each(credentials)("makes one operation of a wrong password for %s", async (_, credential) => {
    const hasher = newHasher();
    for (const [i, password] of ["wrong", "", "x".repeat(100), "nul\0", "Cafe\u0301"].entries()) {
      expect(await hasher.verify(credential, password)).toBe(false);
      expect(hasher.pool.operations).toBe(i + 1);
    }
  });

  it("tells whether a hash is of a password that is to be set, and of no other", async () => {
    const hasher = newHasher();
    const own = (await hasher.hash("x".repeat(72))) as BcryptCredential;
    const imported = parsed({ algorithm: "BCRYPT", hash: own.hash });
    expect(await hasher.matches(own, "x".repeat(72))).toBe(true);
    expect(await hasher.matches(own, "x".repeat(71))).toBe(false);
    // It may be of a longer password, which must not be left beside the one that is set.
    expect(await hasher.verify(imported, "x".repeat(72))).toBe(true);
    expect(await hasher.matches(imported, "x".repeat(72))).toBe(false);
  });

  it("leaves the event loop alone while it hashes", async () => {
    const hasher = new PasswordHasher({ cost: 11, pool: new HashingPool({ concurrency: 1 }) });
    await hasher.verify(undefined, "warm");
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 2);
    await hasher.hash("correct horse");
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });

  it("counts the memory that a verification takes", async () => {
    const scrypt = credentials.find(([name]) => name === "scrypt")?.[1];
    // 128 r (n + p + 2) = 19,456 for each.
    const hasher = newHasher({ concurrency: 3, maxMemory: 40_000 });
    const verified = Array.from({ length: 3 }, () => hasher.verify(scrypt, "wrong"));
    expect([hasher.pool.running, hasher.pool.waiting]).toEqual([2, 1]);
    expect(await Promise.all(verified)).toEqual([false, false, false]);
  });

  it.each<[name: string, isDear: boolean, given: PasswordHash]>([
    ["bcrypt of 2 more", false, { algorithm: "BCRYPT", hash: `$2b$08$${".".repeat(53)}` }],
    ["bcrypt of 3 more", true, { algorithm: "BCRYPT", hash: `$2b$09$${".".repeat(53)}` }],
    [
      "argon2 of 129 MiB, which is quick",
      true,
      { algorithm: "ARGON2", hash: `$argon2id$v=19$m=132096,t=1,p=1$c29tZXNhbHQ$${"A".repeat(43)}` },
    ],
  ])("verifies %s in the lane for dear ones, or not: %s", async (_name, isDear, given) => {
    const hasher = newHasher({ concurrency: 3 });
    const running = Array.from({ length: 2 }, () => hasher.verify(parsed(given), "wrong"));
    expect([hasher.pool.running, hasher.pool.waiting]).toEqual(isDear ? [1, 1] : [2, 0]);
    expect(await Promise.all(running)).toEqual([false, false]);
  });

  it.each<[string, (hasher: PasswordHasher, signal: AbortSignal) => Promise<unknown>]>([
    ["hashes", (hasher, signal) => hasher.hash("correct horse", signal)],
    ["verifications", (hasher, signal) => hasher.verify(undefined, "wrong", signal)],
  ])(
    "is overloaded for hashes and verifications alike, and lets callers leave that wait for %s",
    async (_name, wait) => {
      const hasher = newHasher({ concurrency: 1, maxQueue: 1 });
      const leaving = new AbortController();
      const running = hasher.hash("correct horse");
      const waiting = wait(hasher, leaving.signal);
      await expect(hasher.hash("correct horse")).rejects.toThrow(HashingOverloaded);
      await expect(hasher.verify(undefined, "wrong")).rejects.toThrow(HashingOverloaded);
      leaving.abort(new Error("left"));
      await expect(waiting).rejects.toThrow("left");
      await running;
      expect(hasher.pool.operations).toBe(1);
    },
  );
});
