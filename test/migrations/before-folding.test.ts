import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { BSON, type Document, MongoClient, Timestamp } from "mongodb";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { User } from "../../gen/ts/roster/v1/user.js";
import { signIn } from "../support/authentication.js";
import { call, failure } from "../support/call.js";
import { listEvents, settled } from "../support/events.js";
import { brief, createOnly, importRows, row, upsert } from "../support/imports.js";
import { migrated } from "../support/migrations.js";
import { startServer, type TestServer } from "../support/server.js";
import { createUser, deleteUser, getUser, updateUser } from "../support/users.js";

/**
 * What two servers wrote: one of commit f043ae8, the last that compared emails by their lower case alone, and beside it, for
 * the last few users, one that compares them by simple case folding. In between the older one changed the email of dora, whom
 * the newer one had created, and deleted carl; it created Zoe, whose email ends in a capital sigma. The answers are those of
 * the older one.
 */
const lines = readFileSync(new URL("before-folding.ndjson", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => BSON.EJSON.parse(line));
const names = [...new Set<string>(lines.flatMap(({ collection }) => collection ?? []))];
const written = (collection: string): Document[] =>
  lines.filter((line) => line.collection === collection).map(({ document }) => document);
const idOf = (externalId: string): string => written("users").find((user) => user.externalId === externalId)?._id;
const at = "@example.com";
const logged: string[] = [];

const database = `test-${randomUUID().slice(0, 8)}`;
const mongo = new MongoClient(inject("mongodbUri"));
let server: TestServer;

beforeAll(async () => {
  for (const name of names) {
    // The clock of this database may be behind the one that told the order.
    const documents = written(name).map(({ order, ...rest }) =>
      order ? { ...rest, order: new Timestamp({ t: 1, i: order.low }) } : rest,
    );
    await mongo.db(database).collection(name).insertMany(documents);
  }
  const env = { ROSTER_EVENT_RETENTION: "3650d", ROSTER_BCRYPT_COST: "10" };
  server = await startServer({ database, env, log: (line) => void logged.push(line) });
  await migrated(server.db, "0003-folded-emails");
  await settled(server.db);
});

afterAll(async () => {
  await server?.stop();
  await mongo.db(database).dropDatabase();
  await mongo.close();
});

const findByEmail = async (local: string): Promise<User | undefined> => {
  const { users } = server;
  return (await call(users.getUserByEmail.bind(users), { email: local + at })).user;
};
const externalIdOf = async (local: string) => (await findByEmail(local))?.externalId;

/** What the database keeps of a user's email. */
const keysOf = async (externalId: string) => {
  const user = await server.db.collection("users").findOne({ externalId });
  return [user?.foldedEmail, user?.wantedEmail, user?.emailIsWanted];
};

const keysOfSams = async () => [await keysOf("sam-1"), await keysOf("sam-2")];

/** The keys of two users, and what was told of them. */
const shared = () =>
  logged
    .map((line) => JSON.parse(line))
    .filter(({ msg }) => msg.startsWith("two users have the same email"))
    .map(({ level, userId, holder }) => [level, userId, holder]);

describe("users whom a server without case folding has written", () => {
  it("are what they were", async () => {
    const answers = lines.flatMap(({ answer }) => answer ?? []);
    expect(answers).toHaveLength(15);
    for (const { id, email, externalId, revision, firstName } of answers) {
      const user = await getUser(server.users, id);
      expect(user).toMatchObject({ id, email, externalId, revision: BigInt(revision) });
      expect(user.firstName).toBe(firstName ?? undefined);
    }
  });

  it("have no events of it", async () => {
    const told = await listEvents(server.address);
    const before = [...written("events"), ...written("outbox")].flatMap(({ events }) => events);
    expect(told.filter(({ type }) => type.startsWith("user."))).toHaveLength(
      before.filter(({ type }) => type.startsWith("user.")).length,
    );
  });

  it("have the key of their email: the verified one of two, else the older one", async () => {
    expect(await keysOf("nikos-1")).toEqual([undefined, `νικοσ.παπασ${at}`, undefined]);
    expect(await keysOf("nikos-2")).toEqual([`νικοσ.παπασ${at}`, undefined, true]);
    expect(await keysOf("sam-1")).toEqual([`sam${at}`, undefined, true]);
    expect(await keysOf("sam-2")).toEqual([undefined, `sam${at}`, undefined]);
    const alone = ["ss-1", "ss-2", "i-1", "i-2", "admin-1", "admin-2", "quoted", "smile", "zoes", "eve", "dora"];
    const emails = ["straße", "strasse", "ılker", "ilker", "ad\u200bmin", "admin", '"quoted"', "😀", "ζωησ", "eve"];
    for (const [i, email] of [...emails, "dorothea"].entries()) {
      expect(await keysOf(alone[i] as string)).toEqual([email + at, undefined, undefined]);
    }
  });

  it("are found by the address that each has, in the spellings that found them before, and else by the key", async () => {
    const found: [local: string, externalId: string][] = [
      ["νικος.παπας", "nikos-1"],
      ["Νικος.παπας", "nikos-1"],
      ["ΝΙΚΟΣ.ΠΑΠΑΣ", "nikos-2"],
      ["νικοσ.παπας", "nikos-2"],
      ["νικοσ.παπασ", "nikos-2"],
      ["sam", "sam-1"],
      ["SAM", "sam-1"],
      ["\u017fam", "sam-2"],
      ["STRAẞE", "ss-1"],
      ["STRASSE", "ss-2"],
      ["ILKER", "i-2"],
      ["ad\u200bmin", "admin-1"],
      ["admin", "admin-2"],
      ['"Quoted"', "quoted"],
      ["😀", "smile"],
      ["ζωης", "zoes"],
      ["ζωησ", "zoes"],
      ["dorothea", "dora"],
    ];
    for (const [local, externalId] of found) expect([local, await externalIdOf(local)]).toEqual([local, externalId]);
    for (const local of ["bob", "carl", "dora"]) {
      expect((await failure(findByEmail(local))).reason).toBe("USER_NOT_FOUND");
    }
  });

  it("sign in by the address that each has", async () => {
    const password = "correct horse battery staple";
    expect((await signIn(server, `νικος.παπας${at}`, password)).externalId).toBe("nikos-1");
    expect((await failure(signIn(server, `ΝΙΚΟΣ.ΠΑΠΑΣ${at}`, password))).reason).toBe("INVALID_CREDENTIALS");
  });

  it("are told of in the log where they share an email, when it is found out and at each start", async () => {
    const both = [
      ["warn", idOf("sam-2"), idOf("sam-1")],
      ["warn", idOf("nikos-1"), idOf("nikos-2")],
    ];
    await expect.poll(shared).toEqual(both);
    const another = await server.another();
    await expect.poll(shared).toEqual([...both, ...both]);
    await another.stop();
  });

  it("change other fields, and keep an address that nobody is given any more", async () => {
    const legacy = await updateUser(server.users, idOf("quoted"), { email: `"quoted"${at}`, firstName: "Q" });
    expect([legacy.email, legacy.emailVerified, legacy.firstName]).toEqual([`"quoted"${at}`, true, "Q"]);
    const { violations } = await failure(updateUser(server.users, idOf("quoted"), { email: `"other"${at}` }));
    expect(violations.map(({ field }) => field)).toEqual(["email"]);
    const loser = await updateUser(server.users, idOf("nikos-1"), { email: `Νικος.παπας${at}`, firstName: "N" });
    expect(loser.email).toBe(`Νικος.παπας${at}`);
    expect(await keysOf("nikos-1")).toEqual([undefined, `νικοσ.παπασ${at}`, undefined]);
  });

  it("keep others from the address that they share, and from each other's", async () => {
    for (const email of [`νικοσ.πΑπας${at}`, `ΝΙΚΟΣ.παπας${at}`, `S\u0061M${at}`, `\u017fAM${at}`]) {
      expect((await failure(createUser(server.users, { email }))).reason).toBe("EMAIL_NOT_AVAILABLE");
      expect((await failure(updateUser(server.users, idOf("eve"), { email }))).reason).toBe("EMAIL_NOT_AVAILABLE");
    }
    const spelling = `ΝΙΚΟΣ.παπας${at}`;
    expect((await failure(updateUser(server.users, idOf("sam-2"), { email: spelling }))).reason).toBe(
      "EMAIL_NOT_AVAILABLE",
    );
  });

  it("who are deleted keep their ids, for as long as events tell of them", async () => {
    const deletedIds = written("events")
      .flatMap(({ events }) => events)
      .flatMap(({ type, user }) => (type === "user.deleted" ? [user.id] : []));
    expect(deletedIds).toHaveLength(3);
    const rows = deletedIds.map((id) => row({ id }));
    for (const options of [createOnly, upsert("ID"), { ...createOnly, dryRun: true }]) {
      expect(new Set((await importRows(server.users, options, rows)).map(brief))).toEqual(
        new Set(["REJECTED USER_ID_ALREADY_USED"]),
      );
    }
  });

  it("have the key as long as they have the best right to it", async () => {
    const verify = (externalId: string, emailVerified: boolean) =>
      updateUser(server.users, idOf(externalId), { emailVerified });
    const has = [`sam${at}`, undefined, true];
    const wants = [undefined, `sam${at}`, undefined];
    await verify("sam-2", true);
    expect(await keysOfSams()).toEqual([wants, has]);
    expect([await externalIdOf("sam"), await externalIdOf("\u017fam")]).toEqual(["sam-1", "sam-2"]);
    await verify("sam-1", true);
    expect(await keysOfSams()).toEqual([has, wants]);
    await verify("sam-1", false);
    expect(await keysOfSams()).toEqual([wants, has]);
    await verify("sam-2", false);
    expect(await keysOfSams()).toEqual([has, wants]);
    expect((await failure(createUser(server.users, { email: `S\u0061M${at}` }))).reason).toBe("EMAIL_NOT_AVAILABLE");
  });

  it("inherit the key when the one who has it is deleted, or gets another address", async () => {
    await deleteUser(server.users, idOf("nikos-2"));
    expect(await keysOf("nikos-1")).toEqual([`νικοσ.παπασ${at}`, undefined, undefined]);
    expect(await externalIdOf("ΝΙΚΟΣ.ΠΑΠΑΣ")).toBe("nikos-1");
    await updateUser(server.users, idOf("sam-1"), { email: `samuel${at}` });
    expect(await keysOf("sam-2")).toEqual([`sam${at}`, undefined, undefined]);
    expect(await externalIdOf("sam")).toBe("sam-2");
    expect((await failure(createUser(server.users, { email: `Sam${at}` }))).reason).toBe("EMAIL_NOT_AVAILABLE");
  });
});
