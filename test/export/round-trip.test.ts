import { describe, expect, it } from "vitest";
import type { PasswordHash } from "../../gen/ts/roster/v1/password.js";
import { toTimestamp } from "../../src/rpc/timestamp.js";
import {
  goodPassword,
  hashMessage,
  oneOfEach,
  signIn,
  type Vector,
  verifyPassword,
} from "../support/authentication.js";
import { exportRows } from "../support/exports.js";
import { createOnly, importRows, newRows, row, tally, upsert } from "../support/imports.js";
import { useServer } from "../support/server.js";
import { createUser, everyField, newEmail, unusedId } from "../support/users.js";

const options = { env: { ROSTER_BCRYPT_COST: "10" } };
const first = useServer(options);
const second = useServer(options);

const vectors: Vector[] = ["plain", "decomposed"].flatMap(oneOfEach);

describe("an export that is imported into an empty directory and exported again", () => {
  it("is equal row by row, and every password still verifies", async () => {
    const { users } = first.current;
    const expected = new Map<string, string>();
    for (const vector of vectors) {
      const { email } = await createUser(users, { passwordHash: hashMessage(vector) });
      expected.set(email, vector.password);
    }
    // A hash that the server made, of a password whose NFC is another text.
    const own = "Cafe\u0301 au lait et lune";
    expected.set((await createUser(users, { password: own })).email, own);
    await signIn(
      first.current,
      (await createUser(users, { email: newEmail(), password: goodPassword })).email,
      goodPassword,
    );
    await createUser(users, everyField());
    await createUser(users, {
      metadata: new Map([
        ["_bsontype", "x"],
        ["$ref", "y"],
        ["__proto__", "z"],
      ]),
    });
    await importRows(users, createOnly, [
      row({ id: unusedId(), createdAt: toTimestamp(new Date(1)), lastSignInAt: toTimestamp(new Date(2)) }),
      ...newRows(2_400),
    ]);

    const rows = await exportRows(users);
    expect(rows).toHaveLength(vectors.length + 5 + 2_400);
    expect(rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).toSorted());
    expect(tally(await importRows(second.current.users, createOnly, rows, { perMessage: 700 }))).toEqual({
      CREATED: rows.length,
    });
    expect(await exportRows(second.current.users)).toEqual(rows);
    const verified = await Promise.all(
      rows
        .filter(({ email }) => expected.has(email))
        .map(({ id, email }) => verifyPassword(second.current, id, expected.get(email) as string)),
    );
    expect(verified).toEqual(Array.from({ length: expected.size }, () => true));
    expect(await verifyPassword(second.current, rows[0]?.id as string, "another one")).toBe(false);
  });

  it("is unchanged where it came from", async () => {
    const { users } = first.current;
    const rows = await exportRows(users);
    for (const matchOn of ["ID", "EMAIL"] as const) {
      expect(tally(await importRows(users, upsert(matchOn), rows))).toEqual({ UNCHANGED: rows.length });
    }
  });
});

describe("a row of an export", () => {
  it("has everything of its user but what the directory counts, and no password in it", async () => {
    const { users } = first.current;
    const hash = oneOfEach("plain").find(({ algorithm }) => algorithm === "SSHA256") as Vector;
    const given = everyField();
    const passwordHash: PasswordHash = hashMessage({ ...hash, saltPosition: "PREFIX" });
    const { updatedAt: _updatedAt, revision: _revision, ...user } = await createUser(users, { ...given, passwordHash });
    const exported = (await exportRows(users)).find(({ id }) => id === user.id);
    expect(exported).toEqual({
      ...user,
      password: undefined,
      passwordHash: { ...passwordHash, hash: expect.any(String) },
    });
  });
});
