import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { User } from "../../gen/ts/roster/v1/user.js";
import { listEvents } from "../support/events.js";
import { useMongod } from "../support/mongod.js";
import { useServer } from "../support/server.js";
import { createUser, deleteUser, fullMetadata, getUser, updateUser } from "../support/users.js";

const mongod = useMongod();
const server = useServer(() => ({ mongodbUri: mongod.current.uri }));

const slowCommit = { failCommands: ["commitTransaction"], blockConnection: true, blockTimeMS: 2_000 };

const metadata = new Map(Object.entries(fullMetadata()));
const other = new Map([...metadata].map(([key, value]) => [key, value.replaceAll("🗄", "🗃")]));

/** Runs calls that all wait for the same commit. */
const inOneCommit = <T>(run: () => Promise<T>): Promise<T> =>
  mongod.current.whileFailing(slowCommit, { times: 2 }, async () => {
    const { users } = server.current;
    // As many commits as there are at a time.
    const first = createUser(users);
    await sleep(100);
    const second = createUser(users);
    await sleep(100);
    const all = run();
    await Promise.all([first, second]);
    return all;
  });

describe("a commit of more than the driver puts into one command", () => {
  it("answers every call", { timeout: 60_000 }, async () => {
    const { users, address } = server.current;
    const created: User[] = [];
    for (let i = 0; i < 16; i++) {
      created.push(...(await Promise.all(Array.from({ length: 8 }, () => createUser(users, { metadata })))));
    }
    const change = { metadata: other };
    const updated = await inOneCommit(() => Promise.all(created.map(({ id }) => updateUser(users, id, change))));
    expect(updated.map(({ revision }) => revision)).toEqual(created.map(() => 2n));
    expect(await getUser(users, created[7]?.id as string)).toEqual(updated[7]);
    await inOneCommit(() => Promise.all(created.map(({ id }) => deleteUser(users, id))));
    while ((await listEvents(address, { types: ["user.deleted"] })).length < created.length);
    const ids = created.map(({ id }) => id);
    const collection = server.current.db.collection<{ _id: string }>("users");
    expect(await collection.countDocuments({ _id: { $in: ids } })).toBe(0);
  });
});
