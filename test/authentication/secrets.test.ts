import { BSON } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CreateUserRequest } from "../../gen/ts/roster/v1/user_service.js";
import { credentialOf, hashMessage, oneOfEach, signIn, verifyPassword } from "../support/authentication.js";
import { call, failure } from "../support/call.js";
import { listEvents, openWatch, type Watch } from "../support/events.js";
import { useMongod } from "../support/mongod.js";
import { useServer } from "../support/server.js";
import { createUser, everyField, getUser, listPages, newKey, updateUser } from "../support/users.js";

const lines: string[] = [];
const mongod = useMongod();
const server = useServer(() => ({
  mongodbUri: mongod.current.uri,
  env: { ROSTER_BCRYPT_COST: "10" },
  log: (line) => lines.push(line),
}));

const passwords = ["Sesam öffne dich 7", "staple of another kind", "zebulonfeatherstone", "wrong but telling"] as const;
const [password, changed, weak, wrong] = passwords;
const imported = oneOfEach("nonAscii");
/** What no read, event or line of the log may hold. */
const secrets = new Set<string>([...passwords, "$2b$", ...imported.map((vector) => vector.password)]);
/** Everything that callers were answered. */
const answered: unknown[] = [];
let watch: Watch;

const answer = async (work: Promise<unknown>): Promise<void> => {
  answered.push(await work.catch((error) => failure(Promise.reject(error))));
};

const text = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === "bigint") return String(part);
    return part instanceof Map ? [...part] : part;
  });

/** The secrets that a text holds, as they are or in base64. */
const secretsIn = (found: string): string[] =>
  [...secrets].filter((secret) =>
    [secret, JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString("base64").replace(/=+$/, "")].some(
      (spelling) => found.includes(spelling),
    ),
  );

const documentsOf = async (collection: string): Promise<string> =>
  BSON.EJSON.stringify(await server.current.db.collection(collection).find().toArray());

beforeAll(async () => {
  const { users, db, address } = server.current;
  const create = (given: Partial<CreateUserRequest>) =>
    createUser(users, { ...everyField(), requestId: newKey(), ...given });
  watch = await openWatch(address);
  const user = await create({ password });
  for (const vector of imported) {
    // The salt and the hash, which the credential has in fields of their own.
    for (const part of vector.hash.split(/[$,=}]/)) if (part.length >= 20) secrets.add(part);
    const { email } = await create({ passwordHash: hashMessage(vector) });
    await answer(signIn(server.current, email, wrong));
    await answer(signIn(server.current, email, vector.password));
  }
  for (const given of [{ password: changed }, { passwordHash: hashMessage(imported[0] as never) }, { password }]) {
    await answer(updateUser(users, user.id, { ...given, requestId: newKey() }));
  }
  await answer(signIn(server.current, user.email, password));
  await answer(verifyPassword(server.current, user.id, wrong));
  const refused = [
    { password: weak, name: "Zebulon Featherstone" },
    { password: `${password}\0` },
    { password, passwordHash: hashMessage(imported[0] as never) },
    { passwordHash: { ...hashMessage(imported[1] as never), algorithm: 99 as never } },
    { passwordHash: hashMessage({ algorithm: "ARGON2", hash: `${imported[4]?.hash}$more` }) },
  ];
  for (const given of refused) await answer(create(given));
  const faults = [
    { failCommands: ["insert"], namespace: `${db.databaseName}.credentials` },
    { failCommands: ["insert"], namespace: `${db.databaseName}.users` },
    { failCommands: ["update"], namespace: `${db.databaseName}.credentials` },
    { failCommands: ["find"], namespace: `${db.databaseName}.credentials` },
    { failCommands: ["commitTransaction"] },
  ];
  for (const [i, fault] of faults.entries()) {
    await mongod.current.whileFailing({ ...fault, errorCode: 8_000 }, "alwaysOn", async () => {
      await answer(create({ password }));
      // A new one each time: one that is the user's already writes nothing.
      await answer(updateUser(users, user.id, { password: `${changed} ${i}` }));
      await answer(signIn(server.current, user.email, password));
    });
  }
  answered.push(await getUser(users, user.id), await listPages(users), await listEvents(address));
  answered.push(await call(users.getUserByEmail.bind(users), { email: user.email }));
  const stored = await credentialOf(server.current, user.id);
  secrets.add(stored?.password.hash).add(stored?.password.hash.slice(-31));
});

afterAll(() => watch?.cancel());

describe("no trace of a password or a hash is in", () => {
  it.each(["users", "events", "outbox", "requests", "attempts", "servers"])("the collection %s", async (collection) => {
    expect(secretsIn(await documentsOf(collection))).toEqual([]);
  });

  it("any answer", () => {
    const reasons = answered.flatMap((each) => (each as { reason?: string }).reason ?? []);
    expect(new Set(reasons)).toEqual(
      new Set([
        "INVALID_CREDENTIALS",
        "PASSWORD_TOO_WEAK",
        "PASSWORD_AND_HASH_GIVEN",
        "INVALID_PASSWORD_HASH",
        "INTERNAL",
      ]),
    );
    expect(secretsIn(text(answered))).toEqual([]);
  });

  it("any event that is watched", async () => {
    const events = await watch.events(1 + 4 * imported.length);
    expect(secretsIn(text(events))).toEqual([]);
  });

  it("any line of the log, which tells every call and the causes of internal errors", () => {
    const records = lines.map((line) => JSON.parse(line));
    const calls = records.filter(({ msg }) => msg === "call");
    expect(calls.length).toBeGreaterThan(40);
    expect(calls.filter(({ code }) => code === "INTERNAL").length).toBe(8);
    const causes = records.filter(({ msg }) => msg === "internal error");
    expect(causes.length).toBe(calls.filter(({ code }) => code === "INTERNAL").length);
    for (const { err } of causes) expect(err).toMatchObject({ type: "MongoServerError", code: 8_000 });
    expect(secretsIn(lines.join(""))).toEqual([]);
  });
});

describe("the search for traces", () => {
  it("finds what the collection of credentials holds", async () => {
    expect(secretsIn(await documentsOf("credentials"))).toContain("$2b$");
    for (const secret of secrets) expect(secretsIn(text({ a: [`x${secret}y`] }))).toContain(secret);
  });
});
