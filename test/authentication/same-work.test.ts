import type { Document } from "mongodb";
import { describe, expect, it } from "vitest";
import { HashingPool } from "../../src/passwords/index.js";
import {
  goodPassword,
  hashMessage,
  invalidCredentials,
  oneOfEach,
  signIn,
  verifyPassword,
} from "../support/authentication.js";
import { failure } from "../support/call.js";
import { startProfile } from "../support/database.js";
import { useServer } from "../support/server.js";
import { createUser, newEmail } from "../support/users.js";

const pool = new HashingPool();
const server = useServer({ env: { ROSTER_BCRYPT_COST: "10" }, pool });

const users = () => server.current.users;
const emailOf = async (given: Parameters<typeof createUser>[1]) => (await createUser(users(), given)).email;

/** Emails for which a password is wrong. */
const wrong: [name: string, email: () => Promise<string>][] = [
  ["a wrong password", () => emailOf({ password: goodPassword })],
  ["an unknown email", async () => newEmail()],
  ["a user without a password", () => emailOf({})],
  ...oneOfEach("plain").map((vector): [string, () => Promise<string>] => [
    `a wrong password of an imported ${vector.algorithm} hash`,
    () => emailOf({ passwordHash: hashMessage(vector) }),
  ]),
];

/** What the database is asked for about users and their passwords, in order. */
const databaseWorkOf = async (work: () => Promise<unknown>): Promise<string[]> => {
  const operations = await startProfile(server.current.db);
  await work();
  return (await operations())
    .filter(({ ns }) => /\.(attempts|users|credentials)$/.test(ns))
    .map(({ op, ns, command }: Document) => `${op === "update" ? op : Object.keys(command)[0]} ${ns.split(".")[1]}`);
};

describe("AuthenticateWithPassword", () => {
  it.each(wrong)("makes one hash operation and one answer of %s", async (_name, email) => {
    const address = await email();
    const before = pool.operations;
    expect(await failure(signIn(server.current, address, "wrong"))).toEqual(invalidCredentials);
    expect(pool.operations - before).toBe(1);
  });

  it("asks the database for the same in all these cases", async () => {
    const works: string[][] = [];
    for (const [, email] of wrong.slice(0, 3)) {
      const address = await email();
      works.push(await databaseWorkOf(() => failure(signIn(server.current, address, "wrong"))));
    }
    const each = ["findAndModify attempts", "find users", "find credentials", "update attempts", "find users"];
    expect(works).toEqual([each, each, each]);
  });

  it("makes one of a right password, and one more where the hash is replaced", async () => {
    const [email, imported] = [
      await emailOf({ password: goodPassword }),
      await emailOf({ passwordHash: hashMessage(oneOfEach("plain")[0] as never) }),
    ];
    const password = oneOfEach("plain")[0]?.password as string;
    for (const [address, given, operations] of [
      [email, goodPassword, 1],
      [imported, password, 2],
      [imported, password, 1],
    ] as const) {
      const before = pool.operations;
      await signIn(server.current, address, given);
      expect(pool.operations - before).toBe(operations);
    }
  });
});

describe("VerifyPassword", () => {
  const cases: [name: string, given: Parameters<typeof createUser>[1], password: string, verified: boolean][] = [
    ["the right password", { password: goodPassword }, goodPassword, true],
    ["a wrong password", { password: goodPassword }, "wrong", false],
    ["a user without a password", {}, goodPassword, false],
  ];

  it.each(cases)("makes one hash operation of %s", async (_name, given, password, verified) => {
    const { id } = await createUser(users(), given);
    const before = pool.operations;
    expect(await verifyPassword(server.current, id, password)).toBe(verified);
    expect(pool.operations - before).toBe(1);
  });
});
