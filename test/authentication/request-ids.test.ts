import type { Binary } from "mongodb";
import { describe, expect, it } from "vitest";
import { SecretKey } from "../../src/directory/secret-key.js";
import { HashingPool } from "../../src/passwords/index.js";
import { credentialOf, goodPassword, signIn, verifyPassword } from "../support/authentication.js";
import { failure } from "../support/call.js";
import { goodHash } from "../support/password-refusals.js";
import { useServer } from "../support/server.js";
import { createUser, deleteUser, getUser, newEmail, newKey, updateUser } from "../support/users.js";

const pool = new HashingPool();
const server = useServer({ env: { ROSTER_BCRYPT_COST: "10" }, pool });

const otherPassword = "staple of another kind";

/** How many hash operations the work took. */
const operationsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const before = pool.operations;
  await work();
  return pool.operations - before;
};

describe("a request_id used again with a password", () => {
  it("gives the first answer to a create, whatever the password is, and hashes nothing", async () => {
    const { users } = server.current;
    const request = { email: newEmail(), requestId: newKey() };
    const first = await createUser(users, { ...request, password: goodPassword });
    const operations = await operationsOf(async () => {
      for (const given of [{ password: goodPassword }, { password: otherPassword }, { password: "weak" }, {}]) {
        expect(await createUser(users, { ...request, ...given })).toEqual(first);
      }
      const error = await failure(createUser(users, { ...request, passwordHash: goodHash }));
      expect(error.reason).toBe("REQUEST_ID_REUSED");
    });
    expect(operations).toBe(0);
    expect(await verifyPassword(server.current, first.id, goodPassword)).toBe(true);
    expect(await verifyPassword(server.current, first.id, otherPassword)).toBe(false);
  });

  it("gives the first answer to an update, and leaves the password that was set since", async () => {
    const { users } = server.current;
    const { id } = await createUser(users);
    const request = { password: goodPassword, requestId: newKey() };
    const first = await updateUser(users, id, request);
    expect(first.revision).toBe(2n);
    await updateUser(users, id, { password: otherPassword });
    expect(await updateUser(users, id, request)).toEqual(first);
    expect((await getUser(users, id)).revision).toBe(3n);
    expect(await verifyPassword(server.current, id, otherPassword)).toBe(true);
  });

  it("gives the first answer when the user's name is in the password by now, or the user is gone", async () => {
    const { users } = server.current;
    const { id } = await createUser(users);
    const request = { password: "zebulonfeatherstone", requestId: newKey() };
    const first = await updateUser(users, id, request);
    await updateUser(users, id, { name: "Zebulon Featherstone" });
    expect(await updateUser(users, id, request)).toEqual(first);
    await deleteUser(users, id);
    expect(await updateUser(users, id, request)).toEqual(first);
    expect(await credentialOf(server.current, id)).toBeNull();
  });

  it("is refused for another request before anything is hashed", async () => {
    const { users } = server.current;
    const requestId = newKey();
    await createUser(users, { requestId, password: goodPassword });
    const operations = await operationsOf(async () => {
      const error = await failure(createUser(users, { requestId, password: goodPassword }));
      expect(error).toMatchObject({ code: "INVALID_ARGUMENT", reason: "REQUEST_ID_REUSED" });
    });
    expect(operations).toBe(0);
  });

  it("gives the first answer to the same hash, and refuses another one, or none", async () => {
    const { users } = server.current;
    const { id } = await createUser(users);
    const request = { passwordHash: goodHash, requestId: newKey() };
    const first = await updateUser(users, id, request);
    expect(first.revision).toBe(2n);
    expect(await updateUser(users, id, request)).toEqual(first);
    const others = [{ ...goodHash, hash: goodHash.hash.replace(/.$/, ".") }, undefined];
    for (const passwordHash of others) {
      const error = await failure(updateUser(users, id, { ...request, passwordHash }));
      expect(error).toMatchObject({ code: "INVALID_ARGUMENT", reason: "REQUEST_ID_REUSED" });
    }
    expect((await getUser(users, id)).revision).toBe(2n);
  });

  it("keeps of a hash what needs the secret key to be compared", async () => {
    const { users, db } = server.current;
    const { id } = await createUser(users);
    const requestId = newKey();
    await updateUser(users, id, { passwordHash: goodHash, requestId });
    const kept = await db.collection<{ _id: string; secret: string }>("requests").findOne({ _id: requestId });
    const { key } = (await db.collection<{ _id: string; key: Binary }>("secrets").findOne({ _id: "key" })) ?? {};
    const { hash } = goodHash;
    const expected = new SecretKey(Buffer.from((key as Binary).buffer)).digest(
      "request password hash",
      JSON.stringify([
        ["algorithm", "BCRYPT"],
        ["hash", hash],
      ]),
    );
    expect(kept?.secret).toBe(expected);
  });

  it("is free again after a refusal of the password", async () => {
    const { users } = server.current;
    const request = { email: newEmail(), requestId: newKey() };
    const error = await failure(createUser(users, { ...request, password: "weak" }));
    expect(error.reason).toBe("PASSWORD_TOO_WEAK");
    const user = await createUser(users, { ...request, password: goodPassword });
    expect((await signIn(server.current, user.email, goodPassword)).id).toBe(user.id);
  });

  it("makes one user with one password of twenty concurrent creates through two servers", async () => {
    const clients = [server.current.users, (await server.current.another()).users] as const;
    const email = newEmail();
    const request = { email, requestId: newKey(), password: goodPassword };
    const users = await Promise.all(
      Array.from({ length: 20 }, (_, i) => createUser(clients[i % 2 === 0 ? 0 : 1], request)),
    );
    expect(users).toEqual(Array.from({ length: 20 }, () => users[0]));
    expect(await credentialOf(server.current, users[0]?.id as string)).toMatchObject({ revision: 1 });
    expect((await signIn(server.current, email, goodPassword)).id).toBe(users[0]?.id);
  });
});
