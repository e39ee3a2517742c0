import bcryptLibrary from "bcrypt";
import { describe, expect, it } from "vitest";
import {
  type BcryptCredential,
  bcryptCost,
  hashPassword,
  needsRehash,
  type PasswordCredential,
  type PasswordHash,
  parsePasswordHash,
  verifyPassword,
} from "../../src/passwords/index.js";

const made = async (password: string, cost = 4): Promise<BcryptCredential> => {
  const result = await hashPassword(password, cost);
  if ("problem" in result) throw new Error(result.problem);
  return result;
};
const parsed = (given: PasswordHash): PasswordCredential => {
  const credential = parsePasswordHash(given);
  if ("problem" in credential) throw new Error(credential.problem);
  return credential;
};
const imported = ({ hash }: BcryptCredential): PasswordCredential => parsed({ algorithm: "BCRYPT", hash });

const passwords = ["correct horse", "Pässwörd 🔑", "trailing  ", "", "x".repeat(72), "é".repeat(36), "🔑".repeat(18)];

describe("hashPassword", () => {
  it.each(passwords)("makes a hash of %j that only this password verifies", async (password) => {
    const credential = await made(password, 5);
    expect(credential).toEqual({
      algorithm: "bcrypt",
      hash: expect.stringMatching(/^\$2b\$05\$[./A-Za-z0-9]{53}$/),
      imported: false,
    });
    expect(bcryptCost(credential)).toBe(5);
    expect(await verifyPassword(credential, password)).toBe(true);
    for (const other of [`${password} `, `${password}x`, `x${password}`, password.slice(1)]) {
      if (other !== password) expect(await verifyPassword(credential, other), other).toBe(false);
    }
  });

  it("makes another salt each time", async () => {
    expect((await made("same")).hash).not.toBe((await made("same")).hash);
  });

  it.each([
    ["73 bytes", "x".repeat(73), "must be at most 72 bytes of UTF-8, not 73"],
    ["37 characters of two bytes", "é".repeat(37), "must be at most 72 bytes of UTF-8, not 74"],
    ["NUL at its end", "correct horse\0", "must not contain the character NUL"],
    ["NUL alone", "\0", "must not contain the character NUL"],
  ])("hashes no password with %s", async (_, password, problem) => {
    expect(await hashPassword(password, 4)).toEqual({ problem });
  });
});

describe("verification against a hash that Roster made", () => {
  it("fails for a longer password with the same 72 bytes", async () => {
    const credential = await made("x".repeat(72));
    expect(await verifyPassword(credential, "x".repeat(73))).toBe(false);
    expect(await verifyPassword(credential, "x".repeat(5_000))).toBe(false);
  });

  it("takes the password in NFC, however it was typed", async () => {
    const credential = await made("Caf\u00e9 au lait");
    expect(await verifyPassword(credential, "Cafe\u0301 au lait")).toBe(true);
  });

  // To bcrypt, which repeats the password and its NUL, "ab" and "ab\0ab" are one.
  it("fails for a password with NUL", async () => {
    const credential = await made("ab");
    expect(await verifyPassword(credential, "ab\0ab")).toBe(false);
    expect(await verifyPassword(credential, "ab\0")).toBe(false);
  });
});

describe("verification against an imported bcrypt hash", () => {
  it("looks at the first 72 bytes, as the system that made it did", async () => {
    const credential = imported(await made("x".repeat(72)));
    expect(await verifyPassword(credential, "x".repeat(73))).toBe(true);
    expect(await verifyPassword(credential, "x".repeat(300))).toBe(true);
    expect(await verifyPassword(credential, "x".repeat(71))).toBe(false);
    expect(await verifyPassword(credential, `${"x".repeat(71)}y`)).toBe(false);
  });

  it("takes the password as it was typed, and in NFC", async () => {
    const typed = imported({
      algorithm: "bcrypt",
      hash: await bcryptLibrary.hash("Cafe\u0301 au lait", 4),
      imported: true,
    });
    expect(await verifyPassword(typed, "Cafe\u0301 au lait")).toBe(true);
    expect(await verifyPassword(typed, "Caf\u00e9 au lait")).toBe(false);
    const composed = imported(await made("Caf\u00e9 au lait"));
    expect(await verifyPassword(composed, "Cafe\u0301 au lait")).toBe(true);
  });

  it("fails for a password with NUL", async () => {
    expect(await verifyPassword(imported(await made("ab")), "ab\0ab")).toBe(false);
  });

  it.each(["2a", "2y"])("knows $%s$ as another name", async (name) => {
    const { hash } = await made("x".repeat(72));
    const credential = parsed({ algorithm: "BCRYPT", hash: `$${name}${hash.slice(3)}` });
    expect(credential).toEqual({ algorithm: "bcrypt", hash, imported: true });
    // Some libraries once counted the length of a password in one byte.
    expect(await verifyPassword(credential, "x".repeat(255))).toBe(true);
    expect(await verifyPassword(credential, "x".repeat(256))).toBe(true);
  });
});

const bcrypt = (cost: string) =>
  parsed({ algorithm: "BCRYPT", hash: `$2y$${cost}$${"a".repeat(21)}u${"a".repeat(30)}u` });

describe("needsRehash", () => {
  it("is for bcrypt below the cost", () => {
    expect(needsRehash(bcrypt("11"), "secret", 12)).toBe(true);
    expect(needsRehash(bcrypt("12"), "secret", 12)).toBe(false);
    expect(needsRehash(bcrypt("13"), "secret", 12)).toBe(false);
  });

  // U+0958 is two characters in NFC, "e" and U+0301 are one.
  it.each<[name: string, password: string, imported: boolean, made: boolean]>([
    ["71 bytes", "x".repeat(71), true, true],
    ["72 bytes, which may be the beginning of more", "x".repeat(72), false, true],
    ["more than 72 bytes", "x".repeat(73), false, true],
    ["72 bytes as it is typed", "e\u0301".repeat(24), false, true],
    ["72 bytes in NFC", "\u0958".repeat(12), false, true],
  ])("of a password of %s depends on whether the hash was imported", async (_name, password, imports, makes) => {
    expect(needsRehash(bcrypt("04"), password, 12)).toBe(imports);
    expect(needsRehash(await made("secret"), password, 12)).toBe(makes);
  });

  const base64 = Buffer.alloc(40).toString("base64");
  it.each<PasswordHash>([
    { algorithm: "SCRYPT", hash: `$scrypt$ln=16,r=8,p=1$${base64}$${base64}` },
    { algorithm: "PBKDF2", hash: `$pbkdf2$i=2000000,d=sha512$${base64}$${base64}` },
    { algorithm: "ARGON2", hash: `$argon2id$v=19$m=262144,t=10,p=1$${base64}$${base64}` },
    { algorithm: "SSHA", hash: `{SSHA}${base64}` },
    { algorithm: "SSHA256", hash: base64 },
  ])("is for $algorithm at any cost", (given) => {
    expect(needsRehash(parsed(given), "x".repeat(72), 10)).toBe(true);
  });
});
