import bcrypt from "bcrypt";
import { describe, expect, it } from "vitest";
import {
  credentialOf,
  goodPassword,
  hashMessage,
  invalidCredentials,
  oneOfEach,
  signIn,
  type Vector,
  vectorsOf,
  verifyPassword,
} from "../support/authentication.js";
import { failure } from "../support/call.js";
import { useServer } from "../support/server.js";
import { createUser } from "../support/users.js";

/** Unlike what other tests fill texts with. */
const longPassword = (bytes: number): string => "long-p4ssword!".repeat(9).slice(0, bytes);

const server = useServer({ env: { ROSTER_BCRYPT_COST: "10" } });

const importUser = (vector: Omit<Vector, "password" | "madeBy">) =>
  createUser(server.current.users, { passwordHash: hashMessage(vector) });

/** Bcrypt of the password at the server's cost, and nothing of what was imported. */
const upgraded = (id: string, revision: number) => ({
  _id: id,
  revision,
  password: { algorithm: "bcrypt", hash: expect.stringMatching(/^\$2b\$10\$/), imported: false },
});

const bcryptHash = (cost: number): Vector => ({
  algorithm: "BCRYPT",
  hash: bcrypt.hashSync(goodPassword, cost),
  password: goodPassword,
  madeBy: `bcrypt at cost ${cost}`,
});

describe("a user who came with a hash", () => {
  const vectors = [
    ...vectorsOf("plain"),
    ...["nonAscii", "decomposed", "trailingSpaces"].flatMap(oneOfEach),
    bcryptHash(9),
  ];

  it.each(vectors)("of $algorithm by $madeBy signs in to a bcrypt hash: $hash", async ({ password, ...vector }) => {
    const user = await importUser(vector);
    const imported = await credentialOf(server.current, user.id);
    expect(imported?.revision).toBe(1);

    expect(await failure(signIn(server.current, user.email, `${password}x`))).toEqual(invalidCredentials);
    expect(await credentialOf(server.current, user.id)).toEqual(imported);

    const signedIn = await signIn(server.current, user.email, password);
    expect(signedIn).toEqual({ ...user, lastSignInAt: signedIn.lastSignInAt });
    const replaced = await credentialOf(server.current, user.id);
    expect(replaced).toEqual(upgraded(user.id, 2));
    expect(await bcrypt.compare(password.normalize("NFC"), replaced?.password.hash)).toBe(true);

    expect((await signIn(server.current, user.email, password)).revision).toBe(1n);
    expect(await credentialOf(server.current, user.id)).toEqual(replaced);
    expect(await verifyPassword(server.current, user.id, password.trimEnd())).toBe(password === password.trimEnd());
  });

  it("of a password in another composition signs in by that alone until it is replaced, then by both", async () => {
    for (const { password, ...vector } of oneOfEach("decomposed")) {
      const user = await importUser(vector);
      expect(await failure(signIn(server.current, user.email, password.normalize("NFC")))).toEqual(invalidCredentials);
      await signIn(server.current, user.email, password);
      expect((await signIn(server.current, user.email, password.normalize("NFC"))).id).toBe(user.id);
    }
  });
});

describe("a hash stays as it came", () => {
  const stays: [name: string, vector: Vector][] = [
    ...oneOfEach("longerThan72").map((vector): [string, Vector] => [
      `${vector.algorithm} of a password over 72 bytes`,
      vector,
    ]),
    [
      "PBKDF2 of a password with NUL",
      {
        algorithm: "PBKDF2",
        hash: "$pbkdf2$i=4096,d=sha256$c2EAbHQ$ibadBRb4KYk8aWImZQqGhw",
        password: "pass\0word",
        madeBy: "the inputs of RFC 6070 with SHA-256",
      },
    ],
    ["bcrypt at the cost of the server", bcryptHash(10)],
    ["bcrypt at a greater cost", bcryptHash(11)],
  ];

  it.each(stays)("%s", async (_name, { password, ...vector }) => {
    const user = await importUser(vector);
    const imported = await credentialOf(server.current, user.id);
    for (let i = 0; i < 2; i++) {
      expect(await signIn(server.current, user.email, password)).toMatchObject({ id: user.id, revision: 1n });
      expect(await credentialOf(server.current, user.id)).toEqual(imported);
    }
    expect(await failure(signIn(server.current, user.email, `x${password}`))).toEqual(invalidCredentials);
  });

  // Bcrypt reads 72 bytes: a hash that matches as many may be of a longer password.
  it.each([
    ["of the password itself", longPassword(73), [longPassword(73)]],
    ["of its first 72 bytes", longPassword(80), [longPassword(72), longPassword(80)]],
    ["of another end", `${"é".repeat(36)}end`, [`${"é".repeat(36)}other`, "é".repeat(36), `${"é".repeat(36)}end`]],
    [
      "of its first 72 bytes that are fewer in NFC",
      `${"e\u0301".repeat(24)}end`,
      ["e\u0301".repeat(24), `${"e\u0301".repeat(24)}end`],
    ],
    ["of 72 bytes in all", longPassword(72), [longPassword(72), longPassword(72)]],
  ])("bcrypt at a lower cost of a password over 71 bytes, after a sign-in %s", async (_name, password, typed) => {
    const user = await importUser({ algorithm: "BCRYPT", hash: bcrypt.hashSync(password, 4) });
    const imported = await credentialOf(server.current, user.id);
    for (const each of [...typed, password]) {
      expect((await signIn(server.current, user.email, each)).id).toBe(user.id);
      expect(await credentialOf(server.current, user.id)).toEqual(imported);
    }
  });

  it("when its password is verified without a sign-in", async () => {
    const [{ password, ...vector }] = vectorsOf("plain") as [Vector];
    const user = await importUser(vector);
    const imported = await credentialOf(server.current, user.id);
    expect(await verifyPassword(server.current, user.id, password)).toBe(true);
    expect(await credentialOf(server.current, user.id)).toEqual(imported);
  });
});
