import { createHash, pbkdf2Sync, scryptSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  type PasswordHash,
  parsePasswordHash,
  passwordHashAlgorithms,
  verifyPassword,
} from "../../src/passwords/index.js";

const docs = readFileSync(new URL("../../docs/passwords.md", import.meta.url), "utf8");
const password = "correct horse battery";
const base64 = (bytes: Buffer | string): string => Buffer.from(bytes).toString("base64");

/** As passlib writes base64. */
const adapted = (bytes: Buffer): string => base64(bytes).replaceAll("+", ".").replaceAll("=", "");

/** A documented recipe with its places filled in. */
const recipe = (text: string, values: Record<string, string | number>): string => {
  expect(docs).toContain(`\`${text}\``);
  return text.replaceAll(/<([^>]+)>/g, (_, name: string) => String(values[name]));
};

// Made as the other system makes them, then turned as docs/passwords.md says.
const moves: [string, () => PasswordHash][] = [
  [
    "Keycloak",
    () => {
      const salt = Buffer.from("0123456789abcdef");
      const value = pbkdf2Sync(password, salt, 27_500, 64, "sha256");
      const values = { hashIterations: 27_500, salt: base64(salt), value: base64(value) };
      return { algorithm: "PBKDF2", hash: recipe("$pbkdf2$i=<hashIterations>,d=sha256$<salt>$<value>", values) };
    },
  ],
  [
    "Django's PBKDF2",
    () => {
      const hash = base64(pbkdf2Sync(password, "seasalt", 20_000, 32, "sha256"));
      const values = { iterations: 20_000, "base64 of salt": base64("seasalt"), hash };
      return { algorithm: "PBKDF2", hash: recipe("$pbkdf2$i=<iterations>,d=sha256$<base64 of salt>$<hash>", values) };
    },
  ],
  [
    "Django's scrypt",
    () => {
      const hash = base64(scryptSync(password, "seasalt", 64, { N: 16_384, r: 8, p: 5, maxmem: 64 * 1_024 * 1_024 }));
      const text = "$scrypt$v=1$n=<n>,r=<r>,p=<p>,kl=64$<base64 of salt>$<hash>";
      const values = { n: 16_384, r: 8, p: 5, "base64 of salt": base64("seasalt"), hash };
      return { algorithm: "SCRYPT", hash: recipe(text, values) };
    },
  ],
  [
    "OpenLDAP's PBKDF2",
    () => {
      const salt = Buffer.from("fbefbefbefbefbef", "hex");
      const hash = adapted(pbkdf2Sync(password, salt, 10_000, 32, "sha256"));
      const text = "$pbkdf2-sha256$<iterations>$<salt>$<hash>";
      return { algorithm: "PBKDF2", hash: recipe(text, { iterations: 10_000, salt: adapted(salt), hash }) };
    },
  ],
  [
    "OpenLDAP's SSHA",
    () => {
      const hash = createHash("sha1").update(`${password}salt`).digest();
      return { algorithm: "SSHA", hash: `{SSHA}${base64(Buffer.concat([hash, Buffer.from("salt")]))}` };
    },
  ],
];

describe("docs/passwords.md", () => {
  it.each(moves)("turns a hash of %s into one that verifies", async (_, make) => {
    const credential = parsePasswordHash(make());
    if ("problem" in credential) throw new Error(credential.problem);
    expect(await verifyPassword(credential, password)).toBe(true);
    expect(await verifyPassword(credential, `${password} `)).toBe(false);
  });

  it("turns Firebase's published user into one that verifies", async () => {
    const text =
      "$firebase-scrypt$hash=<passwordHash>$salt=<salt>$sk=<base64_signer_key>$ss=<base64_salt_separator>$r=<rounds>$m=<mem_cost>";
    const hash = recipe(text, {
      passwordHash: "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==",
      salt: "42xEC+ixf3L2lw==",
      base64_signer_key: "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==",
      base64_salt_separator: "Bw==",
      rounds: 8,
      mem_cost: 14,
    });
    const credential = parsePasswordHash({ algorithm: "FIREBASE_SCRYPT", hash });
    if ("problem" in credential) throw new Error(credential.problem);
    expect(await verifyPassword(credential, "user1password")).toBe(true);
  });

  it("has a row for each algorithm and for nothing else", () => {
    const rows = [...docs.matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map(([, name]) => name);
    expect(rows).toEqual(passwordHashAlgorithms);
  });
});
