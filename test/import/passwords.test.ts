import { describe, expect, it } from "vitest";
import { HashingPool } from "../../src/passwords/index.js";
import {
  credentialOf,
  goodPassword,
  hashMessage,
  signIn,
  type Vector,
  vectorsOf,
  verifyPassword,
} from "../support/authentication.js";
import { brief as briefEvent, allEvents } from "../support/events.js";
import { untilWaiting, whileBusy } from "../support/busy-pool.js";
import { brief, createOnly, ImportCall, importRows, newRows, row, tally, upsert } from "../support/imports.js";
import { goodHash } from "../support/password-refusals.js";
import { useServer } from "../support/server.js";
import { createUser, getUser, newEmail, updateUser } from "../support/users.js";

const pool = new HashingPool({ concurrency: 2, maxQueue: 1 });
const server = useServer({ env: { ROSTER_BCRYPT_COST: "10" }, pool });

const otherHash = hashMessage(vectorsOf("plain").find(({ algorithm }) => algorithm === "ARGON2") as never);
const plain = "correct horse battery staple";

describe("a hash", () => {
  it("is kept, and the user signs in with its password", async () => {
    const given = row({ passwordHash: goodHash });
    const [result] = await importRows(server.current.users, createOnly, [given]);
    expect(await verifyPassword(server.current, result?.userId as string, plain)).toBe(true);
    expect((await signIn(server.current, given.email, plain)).id).toBe(result?.userId);
  });

  it("is another one when its hash is the same and the salt stood at the other end", async () => {
    const { users } = server.current;
    const { email } = await createUser(users);
    const salted = vectorsOf("plain").find(({ algorithm }) => algorithm === "SSHA256") as Vector;
    const results = await importRows(
      users,
      upsert("EMAIL"),
      (["PREFIX", "SUFFIX", "SUFFIX"] as const).map((saltPosition) =>
        row({ email, passwordHash: hashMessage({ ...salted, saltPosition }) }),
      ),
    );
    expect(results.map(brief)).toEqual(["UPDATED", "UPDATED", "UNCHANGED"]);
  });

  it("changes nothing when it is the user's already, and replaces another one", async () => {
    const { users } = server.current;
    const { id, email } = await createUser(users, { passwordHash: goodHash });
    const results = await importRows(users, upsert("EMAIL"), [
      row({ email, passwordHash: goodHash }),
      row({ email, passwordHash: otherHash }),
      row({ email, passwordHash: otherHash }),
      row({ email }),
    ]);
    expect(results.map(brief)).toEqual(["UNCHANGED", "UPDATED", "UNCHANGED", "UNCHANGED"]);
    expect(await getUser(users, id)).toMatchObject({ revision: 2n });
    expect(await credentialOf(server.current, id)).toMatchObject({ password: { algorithm: "argon2" }, revision: 2 });
    expect((await allEvents(server.current, { userId: id })).map(briefEvent)).toEqual([
      "user.created 1",
      "user.password_changed 2",
    ]);
  });

  it("is left where the row brings none", async () => {
    const { users } = server.current;
    const { id, email } = await createUser(users, { passwordHash: goodHash });
    await importRows(users, upsert("EMAIL"), [row({ email, firstName: "New" })]);
    expect(await verifyPassword(server.current, id, plain)).toBe(true);
  });

  it("of one that the server made itself is recognized", async () => {
    const { users } = server.current;
    const { id, email } = await createUser(users, { password: goodPassword });
    const stored = await credentialOf(server.current, id);
    const passwordHash = hashMessage({ algorithm: "BCRYPT", hash: stored?.password.hash });
    expect((await importRows(users, upsert("EMAIL"), [row({ email, passwordHash })])).map(brief)).toEqual([
      "UNCHANGED",
    ]);
  });

  it("goes to a user who had none", async () => {
    const { users } = server.current;
    const { id, email } = await createUser(users);
    const results = await importRows(users, upsert("EMAIL"), [row({ email, passwordHash: goodHash })]);
    expect(results.map(brief)).toEqual(["UPDATED"]);
    expect(await verifyPassword(server.current, id, plain)).toBe(true);
  });

  it("of a rejected row is kept nowhere", async () => {
    const { users, db } = server.current;
    const { email } = await createUser(users);
    const before = await db.collection("credentials").countDocuments();
    const results = await importRows(users, createOnly, [row({ email, passwordHash: goodHash })]);
    expect(results.map(brief)).toEqual(["REJECTED EMAIL_NOT_AVAILABLE"]);
    expect(await db.collection("credentials").countDocuments()).toBe(before);
  });
});

describe("a password", () => {
  it("is hashed as CreateUser does, in its place among the rows", async () => {
    const { users } = server.current;
    const rows = [...newRows(3), row({ password: goodPassword }), ...newRows(3)];
    const results = await importRows(users, createOnly, rows);
    expect(tally(results)).toEqual({ CREATED: 7 });
    const id = results[3]?.userId as string;
    expect((await credentialOf(server.current, id))?.password).toMatchObject({ algorithm: "bcrypt", imported: false });
    expect(await verifyPassword(server.current, id, goodPassword)).toBe(true);
  });

  it("changes nothing when it is the user's already, and replaces another one", async () => {
    const { users } = server.current;
    const { id, email } = await createUser(users, { passwordHash: otherHash });
    const results = await importRows(users, upsert("EMAIL"), [
      row({ email, password: plain }),
      row({ email, password: goodPassword }),
      row({ email, password: goodPassword }),
      row({ email, passwordHash: otherHash }),
      row({ email, password: plain, firstName: "New" }),
    ]);
    expect(results.map(brief)).toEqual(["UNCHANGED", "UPDATED", "UNCHANGED", "UPDATED", "UPDATED"]);
    expect(await verifyPassword(server.current, id, plain)).toBe(true);
    expect((await credentialOf(server.current, id))?.password).toMatchObject({ algorithm: "argon2" });
  });

  it.each([createOnly, upsert("EMAIL")])("is refused when it is empty", async (options) => {
    const [result] = await importRows(server.current.users, options, [row({ password: "" })]);
    expect(brief(result as never)).toBe("REJECTED PASSWORD_TOO_WEAK");
  });

  it("is judged by what the rows before have called the user", async () => {
    const { users } = server.current;
    const { email } = await createUser(users);
    const results = await importRows(users, upsert("EMAIL"), [
      row({ email, lastName: "Zmxncbvqp" }),
      row({ email, password: "zmxncbvqp1" }),
    ]);
    expect(results.map(brief)).toEqual(["UPDATED", "REJECTED PASSWORD_TOO_WEAK"]);
  });

  it("is judged by what the row and its user are called", async () => {
    const { users } = server.current;
    const { email } = await createUser(users, { lastName: "Zmxncbvqp" });
    const [result] = await importRows(users, upsert("EMAIL"), [row({ email, password: "zmxncbvqp1" })]);
    expect(brief(result as never)).toBe("REJECTED PASSWORD_TOO_WEAK");
    expect(result?.error?.message).not.toContain("zmxncbvqp1");
  });

  it("waits where hashing is overloaded: no row is rejected for it", async () => {
    const { users } = server.current;
    const rows = newRows(12, { password: goodPassword });
    const [a, b] = await Promise.all([
      importRows(users, createOnly, rows),
      importRows(users, upsert("EMAIL"), newRows(6, { password: goodPassword })),
    ]);
    expect([tally(a), tally(b)]).toEqual([{ CREATED: 12 }, { CREATED: 6 }]);
  });

  it("of a user who is changed by others at the same time ends as one of both", async () => {
    const { users } = server.current;
    const emails = Array.from({ length: 5 }, newEmail);
    const passwords = [goodPassword, plain] as const;
    const both = await Promise.all(
      passwords.map((password) =>
        importRows(
          users,
          upsert("EMAIL"),
          emails.map((email) => row({ email, password })),
        ),
      ),
    );
    for (const [i] of emails.entries()) {
      const pair = both.map((results) => results[i]);
      expect(pair.map((result) => brief(result as never)).toSorted()).toEqual(["CREATED", "UPDATED"]);
      const last = pair.findIndex((result) => brief(result as never) === "UPDATED");
      expect(await verifyPassword(server.current, pair[0]?.userId as string, passwords[last] as string)).toBe(true);
    }
  });

  it("that has to be compared again keeps its row before those behind it", async () => {
    const { users } = server.current;
    const wanted = newEmail();
    const a = await createUser(users);
    const b = await createUser(users);
    const c = await createUser(users);
    const others = await Promise.all(newRows(14).map(() => createUser(users)));
    const call = new ImportCall(users, upsert("ID"));
    await whileBusy(pool, 2, async () => {
      call.send([
        row({ id: c.id, email: "", firstName: "Before" }),
        row({ id: a.id, email: wanted, password: goodPassword }),
        ...others.map(({ id }, i) => row({ id, email: "", password: `${goodPassword} ${i}` })),
        row({ id: b.id, email: wanted }),
        row({ id: c.id, email: "", firstName: "Behind" }),
      ]);
      // The passwords were compared, and wait to be hashed.
      await untilWaiting(pool, 1);
      await updateUser(users, a.id, { passwordHash: goodHash });
    });
    expect((await call.finish()).map(brief)).toEqual([
      ...Array.from({ length: 16 }, () => "UPDATED"),
      "REJECTED EMAIL_NOT_AVAILABLE",
      "UPDATED",
    ]);
    expect(await getUser(users, a.id)).toMatchObject({ email: wanted, revision: 3n });
    expect(await getUser(users, c.id)).toMatchObject({ firstName: "Behind", revision: 3n });
    expect(await verifyPassword(server.current, a.id, goodPassword)).toBe(true);
  });
});
