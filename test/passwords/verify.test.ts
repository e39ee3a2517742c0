import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  formatPasswordHash,
  type PasswordCredential,
  type PasswordHash,
  parsePasswordHash,
  verifyPassword,
} from "../../src/passwords/index.js";
import { verificationMemory } from "../../src/passwords/verify.js";

interface Vector extends PasswordHash {
  readonly password: string;
  readonly madeBy: string;
}

const table = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url), "utf8")) as {
  passwords: Record<string, string>;
  vectors: Vector[];
};
const passwordOf = (name: string): string => table.passwords[name] as string;

const parse = (hash: PasswordHash): PasswordCredential => {
  const parsed = parsePasswordHash(hash);
  if ("problem" in parsed) throw new Error(`${parsed.field} ${parsed.problem}`);
  return parsed;
};

const hex = (digits: string): string => Buffer.from(digits, "hex").toString("base64");
const text = (plain: string): string => Buffer.from(plain).toString("base64");

// Published by those who made the algorithms, or in wide use to test them.
const published: (PasswordHash & { source: string; password: string })[] = [
  {
    source: "Firebase's scrypt utility",
    algorithm: "FIREBASE_SCRYPT",
    hash:
      "$firebase-scrypt$hash=lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==" +
      "$salt=42xEC+ixf3L2lw==" +
      "$sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$ss=Bw==$r=8$m=14",
    password: "user1password",
  },
  {
    source: "RFC 7914, section 12, second vector",
    algorithm: "SCRYPT",
    hash: `$scrypt$v=1$n=1024,r=8,p=16,kl=64$${text("NaCl")}$${hex(
      "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162" +
        "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
    )}`,
    password: "password",
  },
  {
    source: "RFC 7914, section 12, third vector",
    algorithm: "SCRYPT",
    hash: `$scrypt$ln=14,r=8,p=1$${text("SodiumChloride")}$${hex(
      "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2" +
        "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887",
    )}`,
    password: "pleaseletmein",
  },
  {
    source: "RFC 7914, section 11, of PBKDF2",
    algorithm: "PBKDF2",
    hash: `$pbkdf2$i=80000,d=sha256$${text("NaCl")}$${hex(
      "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56" +
        "a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d",
    )}`,
    password: "Password",
  },
  {
    source: "the inputs of RFC 6070 with SHA-256, third",
    algorithm: "PBKDF2",
    hash: `$pbkdf2-sha256$4096$${text("salt")}$${hex("c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a")}`,
    password: "password",
  },
  {
    source: "the inputs of RFC 6070 with SHA-256, with NUL",
    algorithm: "PBKDF2",
    hash: `$pbkdf2$i=4096,d=sha256$${text("sa\0lt")}$${hex("89b69d0516f829893c696226650a8687")}`,
    password: "pass\0word",
  },
  {
    source: "the inputs of RFC 6070 with SHA-512, third",
    algorithm: "PBKDF2",
    hash: `$pbkdf2$i=4096,d=sha512$${text("salt")}$${hex(
      "d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457b5" +
        "143f30602641b3d55cd335988cb36b84376060ecd532e039b742a239434af2d5",
    )}`,
    password: "password",
  },
  {
    source: "the tests of the reference implementation of Argon2",
    algorithm: "ARGON2",
    hash: "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
    password: "password",
  },
  {
    source: "the README of the reference implementation of Argon2",
    algorithm: "ARGON2",
    hash: "$argon2i$v=19$m=65536,t=2,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b+dWRWJTmaaJObG",
    password: "password",
  },
  {
    source: "the manual of OpenLDAP, slappw-argon2(5)",
    algorithm: "ARGON2",
    hash: "$argon2i$v=19$m=4096,t=3,p=1$c2FsdHNhbHRzYWx0$qOCkx9nMeFlaGOO4DUmPDgrlUbgMMuO9T1+vQCFuyzw",
    password: "secret",
  },
  {
    source: "crypt_blowfish, of a salt that ends in bits that are not used",
    algorithm: "BCRYPT",
    hash: "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a",
    password: "U*U*U",
  },
  {
    source: "crypt_blowfish, of the empty password",
    algorithm: "BCRYPT",
    hash: "$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy",
    password: "",
  },
  {
    source: "crypt_blowfish, of a password over 72 bytes",
    algorithm: "BCRYPT",
    hash: "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
    password: "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789chars after 72 are ignored",
  },
  {
    source: "the tests of passlib",
    algorithm: "SSHA",
    hash: "{SSHA}0H+zTv8o4MR4H43n03eCsvw1luG8LdB7",
    password: "secret",
  },
];

/** Passwords that a sloppy verifier would take for the same. */
const neighbours = (password: string): string[] =>
  [
    `${password}x`,
    `${password} `,
    password.trimEnd(),
    password.slice(0, -1),
    password.toUpperCase(),
    password.normalize("NFC"),
    // What ASCII, Latin-1 and the low bytes of UTF-16 make of it.
    password.replaceAll(/[^ -~]/gu, "?"),
    Buffer.from(password, "latin1").toString("latin1"),
    password === "" ? " " : "",
  ].filter((other) => other !== password);

describe("a published hash", () => {
  it.each(published)("from $source verifies with its password only", async ({ password, ...hash }) => {
    const credential = parse(hash);
    expect(await verifyPassword(credential, password)).toBe(true);
    expect(await verifyPassword(credential, `x${password}`)).toBe(false);
  });

  it("called argon2id that is one of argon2i does not verify", async () => {
    const hash = "$argon2id$v=19$m=65536,t=2,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b+dWRWJTmaaJObG";
    expect(await verifyPassword(parse({ algorithm: "ARGON2", hash }), "password")).toBe(false);
  });
});

describe.each(Object.keys(table.passwords))("the password %s", (name) => {
  const vectors = table.vectors.filter(({ password }) => password === name);

  it.each(vectors)("verifies against $algorithm by $madeBy: $hash", async ({ algorithm, hash, saltPosition }) => {
    const credential = parse({ algorithm, hash, saltPosition });
    const password = passwordOf(name);
    expect(await verifyPassword(credential, password)).toBe(true);
    const cut = algorithm === "BCRYPT" && Buffer.byteLength(password) > 72;
    for (const other of neighbours(password)) {
      const samePrefix = cut && other.slice(0, 72) === password.slice(0, 72);
      expect(await verifyPassword(credential, other), JSON.stringify(other)).toBe(samePrefix);
    }
  });

  it.each(vectors)("of $algorithm: $hash is kept as plain data that makes the same hash again", (vector) => {
    const { algorithm, hash, saltPosition } = vector;
    const credential = parse({ algorithm, hash, saltPosition });
    expect(JSON.parse(JSON.stringify(credential))).toEqual(credential);
    const formatted = formatPasswordHash(credential);
    expect(formatted.algorithm).toBe(algorithm);
    expect(parse(formatted)).toEqual(credential);
  });
});

describe("the memory of a verification", () => {
  const [salt, hash] = [text("sixteen bytes of"), hex("a5".repeat(32))];
  const mebibyte = 1_024 * 1_024;
  const needs: [algorithm: PasswordHash["algorithm"], hash: string, bytes: number][] = [
    ["SCRYPT", `$scrypt$ln=14,r=8,p=1$${salt}$${hash}`, 16 * mebibyte + 3 * 1_024],
    ["SCRYPT", `$scrypt$ln=1,r=262144,p=2$${salt}$${hash}`, 192 * mebibyte],
    ["SCRYPT", `$scrypt$ln=4,r=32768,p=16$${salt}$${hash}`, 136 * mebibyte],
    ["FIREBASE_SCRYPT", `$firebase-scrypt$v=1$r=8,m=14,ss=,sk=${hash}$${salt}$${hash}`, 16 * mebibyte + 3 * 1_024],
    ["ARGON2", `$argon2id$v=19$m=65536,t=3,p=4$${salt}$${hash}`, 64 * mebibyte],
    ["PBKDF2", `$pbkdf2$i=600000,d=sha256$${salt}$${hash}`, 0],
  ];

  it.each(needs)("against %s %s is counted", (algorithm, given, bytes) => {
    expect(verificationMemory(parse({ algorithm, hash: given }))).toBe(bytes);
  });
});

describe("the table of vectors", () => {
  it("has every algorithm for every password", () => {
    const algorithms = ["ARGON2", "BCRYPT", "FIREBASE_SCRYPT", "PBKDF2", "SCRYPT", "SSHA", "SSHA256"];
    for (const name of Object.keys(table.passwords)) {
      const found = table.vectors.filter(({ password }) => password === name).map(({ algorithm }) => algorithm);
      expect([...new Set(found)].toSorted()).toEqual(algorithms);
    }
  });
});
