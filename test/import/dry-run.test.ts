import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { ImportOptions, ImportRow } from "../../gen/ts/roster/v1/import.js";
import { ErrorReason } from "../../src/directory/error.js";
import { importUsers } from "../../src/directory/import/import-users.js";
import { clock } from "../support/clock.js";
import { startProfile } from "../support/database.js";
import { goodHash } from "../support/password-refusals.js";
import { brief, createOnly, ImportCall, importRows, newRows, row, upsert } from "../support/imports.js";
import { useServer } from "../support/server.js";
import { createUser, everyField, newEmail, newKey, unusedId } from "../support/users.js";

const server = useServer({ env: { ROSTER_BCRYPT_COST: "10" } });

const dry = (options: ImportOptions): ImportOptions => ({ ...options, dryRun: true });

/** Rows that meet users who exist and each other in many ways. */
const storyOf = async (): Promise<ImportRow[]> => {
  const { users } = server.current;
  const [a, b, c] = await Promise.all(
    [1, 2, 3].map(() => createUser(users, { ...everyField(), passwordHash: goodHash })),
  );
  if (!a || !b || !c) throw new Error("three users were created");
  const [email, externalId, id] = [newEmail(), newKey(), unusedId()];
  const password = "correct horse battery";
  const unknown = newRows(1_100);
  return [
    row({ externalId: newKey() }),
    row({ email: "nobody", externalId: newKey() }),
    row({ id, email, externalId }),
    row({ id, externalId: newKey() }),
    row({ email, externalId: newKey() }),
    row({ externalId }),
    row({ email: a.email, externalId: a.externalId }),
    row({ email: a.email, externalId: a.externalId, firstName: "New" }),
    row({ email: a.email, externalId: a.externalId, firstName: "New" }),
    row({ email: b.email, externalId: a.externalId }),
    // The email and the external id that it had are free for the rows behind it.
    row({ email: newEmail(), externalId: b.externalId }),
    row({ email: b.email, externalId: newKey(), passwordHash: goodHash }),
    row({ email: b.email, externalId: b.externalId, passwordHash: goodHash }),
    row({ email: c.email, externalId: c.externalId, passwordHash: goodHash }),
    row({ email: c.email, externalId: c.externalId, password }),
    row({ email: c.email, externalId: c.externalId, password }),
    row({ email: c.email, externalId: c.externalId, password: "password" }),
    row({ id: c.id, email: c.email, externalId: c.externalId, passwordHash: goodHash }),
    row({ email: newEmail(), externalId: newKey(), password }),
    ...unknown,
    { ...(unknown[0] as ImportRow), lastName: "Late" },
    row({ email, externalId, lastName: "Late" }),
    row({ email, externalId, lastName: "Late" }),
    row({ email: b.email.toUpperCase(), externalId: newKey() }),
  ];
};

const modes = [
  { name: "that only create", options: createOnly },
  { name: "matched on the email", options: upsert("EMAIL") },
  { name: "matched on the external id", options: upsert("EXTERNAL_ID") },
  { name: "matched on the id", options: upsert("ID") },
];

const newRow = (n: number) => ({ id: "", email: `${n}@example.com`, metadata: new Map<string, string>() });

/** A thousand rows and, in the next piece, one with the email of the eighth. */
async function* inTwoPieces() {
  const options = { mode: "create only", matchOn: undefined, dryRun: true } as const;
  yield { options, rows: Array.from({ length: 1_000 }, (_, n) => newRow(n)) };
  yield { options: undefined, rows: [newRow(7)] };
}

/** What becomes of the rows of messages, of which each waits for the results of those before. */
const outcomesOf = async (messages: readonly ImportRow[][], options: ImportOptions): Promise<string[]> => {
  const call = new ImportCall(server.current.users, options);
  let sent = 0;
  for (const rows of messages) {
    call.send(rows);
    sent += rows.length;
    await call.resultsUpTo(sent);
  }
  return (await call.finish()).map(brief);
};

describe("a dry run", () => {
  it.each(modes)("of rows $name, tells what the real run then does, and writes nothing", async ({ options }) => {
    const { users, db } = server.current;
    const rows = await storyOf();
    const counts = () =>
      Promise.all(["users", "credentials", "outbox", "events"].map((name) => db.collection(name).countDocuments()));
    // Events move from the outbox to the log.
    const total = async () => {
      const [userCount = 0, credentials = 0, outbox = 0, events = 0] = await counts();
      return [userCount, credentials, outbox === 0 ? events : -1];
    };
    await expect.poll(async () => (await counts())[2]).toBe(0);
    const before = await total();
    const expected = await importRows(users, dry(options), rows, { perMessage: 300 });
    expect(await total()).toEqual(before);

    const results = await importRows(users, options, rows, { perMessage: 200 });
    expect(expected.map(brief)).toEqual(results.map(brief));
    expect(expected.map(({ error }) => error)).toEqual(results.map(({ error }) => error));
    const known = results.map((result, i) => {
      const sameAs = results.findIndex(({ userId }) => userId !== "" && userId === result.userId);
      const isNew = sameAs >= 0 && brief(results[sameAs] as never) === "CREATED" && rows[sameAs]?.id === "";
      return isNew ? "" : (results[i]?.userId as string);
    });
    expect(expected.map(({ userId }) => userId)).toEqual(known);
    expect(new Set(results.map(brief)).size).toBeGreaterThan(3);
  });

  const passed: [field: string, value: () => string, freed: () => string, reason: string][] = [
    ["externalId", newKey, () => "", "EXTERNAL_ID_ALREADY_USED"],
    ["email", newEmail, newEmail, "EMAIL_NOT_AVAILABLE"],
  ];

  it.each(passed)("knows who has the %s that another user gave up before", async (field, value, freed, reason) => {
    const { users } = server.current;
    const given = value();
    const a = await createUser(users, { [field]: given });
    const b = await createUser(users);
    const c = await createUser(users);
    const messages = [
      // The first user changes once more after the second has taken the value.
      [
        row({ id: a.id, email: "", [field]: freed() }),
        row({ id: b.id, email: "", [field]: given }),
        row({ id: a.id, email: "", name: "Again" }),
      ],
      [row({ id: c.id, email: "", [field]: given })],
    ];
    const expected = ["UPDATED", "UPDATED", "UPDATED", `REJECTED ${reason}`];
    expect(await outcomesOf(messages, dry(upsert("ID")))).toEqual(expected);
    expect(await outcomesOf(messages, upsert("ID"))).toEqual(expected);
  });

  it.each(passed)("knows that nobody has the %s that a user gave up before", async (field, value, freed) => {
    const { users } = server.current;
    const given = value();
    const [a, b] = [await createUser(users, { [field]: given }), await createUser(users)];
    const messages = [[row({ id: a.id, email: "", [field]: freed() })], [row({ id: b.id, email: "", [field]: given })]];
    for (const options of [dry(upsert("ID")), upsert("ID")]) {
      expect(await outcomesOf(messages, options)).toEqual(["UPDATED", "UPDATED"]);
    }
  });

  it("is told of one piece behind the other, however long the database takes for the first", async () => {
    let reads = 0;
    const read = () => sleep(reads++ === 0 ? 50 : 0, {});
    const unused = undefined as never;
    const parts = { committer: unused, hasher: unused, throttle: unused, objects: { read }, clock };
    const results = [];
    for await (const some of importUsers(inTwoPieces(), parts, { signal: new AbortController().signal })) {
      results.push(...some);
    }
    expect(results.at(-1)).toMatchObject({
      row: 1_001,
      outcome: "rejected",
      error: { reason: ErrorReason.EMAIL_NOT_AVAILABLE },
    });
  });

  it("sends the database no write", async () => {
    const { users, db } = server.current;
    const operations = await startProfile(db);
    await importRows(users, dry(upsert("EMAIL")), newRows(100));
    const kinds = new Set((await operations()).map(({ op, ns }) => `${op} ${ns}`.replace(`${db.databaseName}.`, "")));
    expect([...kinds].filter((kind) => /^(insert|update|remove).* (users|credentials|outbox)$/.test(kind))).toEqual([]);
    expect(kinds).toContain("query users");
  });
});
