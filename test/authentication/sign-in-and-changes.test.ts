import type { ClientSession, Db } from "mongodb";
import { MongoClient } from "mongodb";
import { describe, expect, inject, it } from "vitest";
import type { User } from "../../gen/ts/roster/v1/user.js";
import { goodPassword as password, signIn } from "../support/authentication.js";
import { allEvents } from "../support/events.js";
import { useServer } from "../support/server.js";
import { createUser, getUser, updateUser } from "../support/users.js";

const server = useServer({ env: { ROSTER_BCRYPT_COST: "10" } });

const timeOf = (user: User): number =>
  Number(user.lastSignInAt?.seconds) * 1_000 + (user.lastSignInAt?.nanos ?? 0) / 1_000_000;

describe("sign-ins of a user at the same time as updates, through two servers", () => {
  it("lose no update, put back no sign-in, and raise no revision", async () => {
    const servers = [server.current, await server.current.another()] as const;
    const user = await createUser(server.current.users, { password });
    const keys = Array.from({ length: 8 }, (_, i) => `key${i}`);
    const [signIns] = await Promise.all([
      Promise.all(keys.map((_, i) => signIn(servers[i % 2 === 0 ? 0 : 1], user.email, password))),
      Promise.all(
        keys.map((key, i) =>
          updateUser(servers[i % 2 === 0 ? 1 : 0].users, user.id, { metadata: new Map([[key, ""]]) }),
        ),
      ),
    ]);
    const stored = await getUser(server.current.users, user.id);
    expect([...stored.metadata.keys()].toSorted()).toEqual(keys.toSorted());
    expect(stored.revision).toBe(BigInt(1 + keys.length));
    expect(timeOf(stored)).toBe(Math.max(...signIns.map(timeOf)));

    const events = await allEvents(server.current, { userId: user.id });
    const updates = events.flatMap(({ type, object }) =>
      type === "user.updated" && object?.$case === "user" ? [object.value] : [],
    );
    expect(updates.map(({ revision }) => Number(revision))).toEqual(keys.map((_, i) => i + 2));
    // Of the copies of the user, each has the sign-ins before it.
    let last = 0;
    for (const { object } of events) {
      if (object?.$case === "authentication") last = Math.max(last, timeOf(object.value as unknown as User));
      if (object?.$case === "user" && object.value.lastSignInAt) expect(timeOf(object.value)).toBe(last);
    }
  });
});

/** Reads the user, and replaces it if it is at the revision that was read. */
const replace = async (db: Db, session: ClientSession, id: string, afterRead?: () => Promise<unknown>) => {
  const users = db.collection<{ _id: string; revision: number }>("users");
  const read = await users.findOne({ _id: id }, { session });
  if (read === null) throw new Error("no user");
  await afterRead?.();
  const { _id, revision, ...rest } = read;
  const renamed = { ...rest, name: "Renamed", revision: revision + 1 };
  const { matchedCount } = await users.replaceOne({ _id, revision }, renamed, { session });
  if (matchedCount !== 1) throw new Error("the user is not what was read");
};

/** Runs a transaction as such a server does: reads the user, and replaces it if it is at the revision that was read. */
const rename = async (
  id: string,
  steps: { afterRead?: () => Promise<unknown>; afterWrite?: () => Promise<unknown> },
): Promise<void> => {
  const client = new MongoClient(inject("mongodbUri"));
  const session = client.startSession();
  try {
    session.startTransaction({ readConcern: { level: "snapshot" }, writeConcern: { w: "majority" } });
    await replace(client.db(server.current.db.databaseName), session, id, steps.afterRead);
    await steps.afterWrite?.();
    await session.commitTransaction();
  } finally {
    if (session.inTransaction()) await session.abortTransaction();
    await session.endSession();
    await client.close();
  }
};

describe("a sign-in beside a server of an older version, which replaces the whole user", () => {
  it("is not put back by a replacement of what was read before it", async () => {
    const { id, email } = await createUser(server.current.users, { password });
    let signedIn: User | undefined;
    const renaming = rename(id, {
      afterRead: async () => {
        signedIn = await signIn(server.current, email, password);
      },
    });
    await expect(renaming).rejects.toMatchObject({ code: 112, errorLabels: ["TransientTransactionError"] });
    expect(await getUser(server.current.users, id)).toEqual(signedIn);
    await rename(id, {});
    expect(await getUser(server.current.users, id)).toEqual({ ...signedIn, name: "Renamed", revision: 2n });
  });

  it("waits for a replacement that is not committed yet, and leaves what that has written", async () => {
    const { id, email } = await createUser(server.current.users, { password });
    let signingIn: Promise<User> | undefined;
    await rename(id, {
      afterWrite: async () => {
        signingIn = signIn(server.current, email, password);
        await new Promise((resolve) => setTimeout(resolve, 300));
      },
    });
    expect(await signingIn).toMatchObject({ name: "Renamed", revision: 2n, lastSignInAt: expect.any(Object) });
    expect(await getUser(server.current.users, id)).toEqual(await signingIn);
  });
});
