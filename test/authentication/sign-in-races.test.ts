import { describe, expect, it } from "vitest";
import { HashingPool, type JobOptions } from "../../src/passwords/index.js";
import {
  credentialOf,
  goodPassword,
  hashMessage,
  invalidCredentials,
  oneOfEach,
  signIn,
  type Vector,
  verifyPassword,
} from "../support/authentication.js";
import { answers, failure, failures } from "../support/call.js";
import { listEvents } from "../support/events.js";
import { insertOrganization, provision } from "../support/provisioning.js";
import { useServer } from "../support/server.js";
import { createUser, deleteUser, getUser, updateUser } from "../support/users.js";

/** A pool that does `next` when its second job from now is done, before the job's caller gets the result. */
class InterruptedPool extends HashingPool {
  #jobs = 0;
  #next: (() => Promise<unknown>) | undefined;

  afterSecondJob(next: () => Promise<unknown>): void {
    this.#jobs = 2;
    this.#next = next;
  }

  override async run<T>(job: () => Promise<T>, options?: JobOptions): Promise<T> {
    const result = await super.run(job, options);
    this.#jobs -= 1;
    if (this.#jobs === 0) await this.#next?.();
    return result;
  }
}

const pool = new InterruptedPool();
const server = useServer({ env: { ROSTER_BCRYPT_COST: "10" }, pool });

const vectors = oneOfEach("plain");
const [{ password: oldPassword, ...vector }] = vectors as [Vector];
const newPassword = "staple of another kind";
const importUser = () => createUser(server.current.users, { passwordHash: hashMessage(vector) });

describe("a hash that is to be replaced at a sign-in", () => {
  // The first job verifies the imported hash, the second makes the one that would replace it.
  const changes: [name: string, change: (id: string) => Promise<unknown>, credential: object | null][] = [
    [
      "a new password",
      (id) => updateUser(server.current.users, id, { password: newPassword }),
      { revision: 2, password: { algorithm: "bcrypt", imported: false } },
    ],
    [
      "another imported hash",
      (id) => updateUser(server.current.users, id, { passwordHash: hashMessage(oneOfEach("nonAscii")[1] as Vector) }),
      { revision: 2, password: { algorithm: "scrypt" } },
    ],
    [
      "a new password behind a removed one, which counts anew",
      async (id) => {
        const organizationId = await insertOrganization(server.current.db, { "example.com": "verified" });
        const { email } = await getUser(server.current.users, id);
        await provision(server.current.users, { organizationId, email });
        await updateUser(server.current.users, id, { password: newPassword });
      },
      { revision: 1, password: { algorithm: "bcrypt", imported: false } },
    ],
    ["the user's end", (id) => deleteUser(server.current.users, id), null],
  ];

  it.each(changes)("is not, when it meets %s", async (_name, change, credential) => {
    const user = await importUser();
    pool.afterSecondJob(() => change(user.id));
    expect(await failure(signIn(server.current, user.email, oldPassword))).toEqual(invalidCredentials);
    const stored = await credentialOf(server.current, user.id);
    if (credential === null) expect(stored).toBeNull();
    else expect(stored).toMatchObject(credential);
  });

  it("is, when it meets another change of the user, which survives", async () => {
    const user = await importUser();
    pool.afterSecondJob(() => updateUser(server.current.users, user.id, { name: "New" }));
    const signedIn = await signIn(server.current, user.email, oldPassword);
    expect(signedIn).toMatchObject({ name: "New", revision: 2n, lastSignInAt: expect.any(Object) });
    expect(await credentialOf(server.current, user.id)).toMatchObject({ revision: 2, password: { imported: false } });
  });

  it("is, when it meets an update with the same password, which changes nothing", async () => {
    const user = await importUser();
    pool.afterSecondJob(() => updateUser(server.current.users, user.id, { password: oldPassword }));
    expect(await signIn(server.current, user.email, oldPassword)).toMatchObject({ id: user.id, revision: 1n });
    expect(await credentialOf(server.current, user.id)).toMatchObject({ revision: 2, password: { imported: false } });
  });
});

describe("first sign-ins at the same time", () => {
  it.each(vectors.slice(0, 2))(
    "through two servers all succeed, and replace the hash once: $algorithm",
    async (given) => {
      const servers = [server.current, await server.current.another()] as const;
      const user = await createUser(server.current.users, { passwordHash: hashMessage(given) });
      const results = await Promise.allSettled(
        Array.from({ length: 8 }, (_, i) => signIn(servers[i % 2 === 0 ? 0 : 1], user.email, given.password)),
      );
      expect(failures(results)).toEqual([]);
      for (const { revision } of answers(results)) expect(revision).toBe(1n);
      expect(await credentialOf(server.current, user.id)).toMatchObject({ revision: 2, password: { imported: false } });
      const types = async () => (await listEvents(server.current.address, { userId: user.id })).map(({ type }) => type);
      await expect.poll(async () => (await types()).length).toBe(9);
      expect((await types()).filter((type) => type === "authentication.password_succeeded")).toHaveLength(8);
    },
  );
});

describe("a change of the password at the same time as sign-ins", () => {
  it("wins: afterwards the new password is right, and the old one is not", async () => {
    const other = await server.current.another();
    for (let round = 0; round < 5; round++) {
      const user = await importUser();
      const change = updateUser(other.users, user.id, { password: goodPassword });
      const results = await Promise.allSettled(
        Array.from({ length: 3 }, () => signIn(server.current, user.email, oldPassword)),
      );
      await change;
      for (const error of failures(results)) expect(error).toEqual(invalidCredentials);
      expect(await verifyPassword(server.current, user.id, oldPassword)).toBe(false);
      expect(await verifyPassword(server.current, user.id, goodPassword)).toBe(true);
      expect((await getUser(server.current.users, user.id)).revision).toBe(2n);
    }
  });
});
