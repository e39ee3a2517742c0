import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runInNewContext } from "node:vm";
import { MongoClient } from "mongodb";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Replica } from "../../examples/replica/replica.js";
import { EventServiceClient } from "../../gen/ts/roster/v1/event_service.js";
import type { User } from "../../gen/ts/roster/v1/user.js";
import { ListUsersRequest, UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { EmbeddedMongod } from "../../src/mongo/embedded/mongod.js";
import { collect, failure } from "../support/call.js";
import { listEvents, openWatch, settled, userOf, Watch } from "../support/events.js";
import { startServer, type TestServer } from "../support/server.js";
import { createUser, deleteUser, updateUser } from "../support/users.js";

const database = "roster";
const script = new URL("../../deploy/after-restore.js", import.meta.url);

let folder: string;
let mongod: EmbeddedMongod;
let server: TestServer;
/** Cursors given out before the backup, and after it. */
let [early, lost] = ["", ""];
/** A user whom the backup has, and one who came after it. */
let [kept, gone]: [User | undefined, User | undefined] = [undefined, undefined];

const startMongod = (name: string) => EmbeddedMongod.start({ dataDir: join(folder, name), report: () => {} });
const start = () => startServer({ mongodbUri: mongod.uri, database });

/** Follows the directory into a file until it has everything, like a consumer that is stopped then. */
const follow = async (file: string): Promise<Map<string, User>> => {
  const { client, address } = server;
  const replica = new Replica(client(UserServiceClient), client(EventServiceClient), join(folder, file));
  const ended = replica.run();
  const newest = (await listEvents(address)).at(-1)?.id ?? "";
  while (replica.cursor === undefined || replica.cursor < newest) await sleep(20);
  replica.stop();
  await ended;
  return replica.users;
};

const directory = async (): Promise<Map<string, User>> => {
  const pages = await collect(server.users.listUsers(ListUsersRequest.fromPartial({})));
  return new Map(pages.flatMap(({ users }) => users.map((user) => [user.id, user])));
};

/** Runs the script as mongosh does, of which it uses what the driver has by the same names. */
const afterRestore = async (): Promise<string> => {
  const client = new MongoClient(mongod.uri, { writeConcern: { w: "majority" } });
  const printed: string[] = [];
  const db = {
    hello: () => client.db("admin").command({ hello: 1 }),
    getSiblingDB: (name: string) => ({ getCollection: (collection: string) => client.db(name).collection(collection) }),
  };
  const print = (line: string) => printed.push(line);
  try {
    await runInNewContext(await readFile(script, "utf8"), { db, print, process: { env: {} }, setTimeout });
    return printed.join("\n");
  } finally {
    await client.close();
  }
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "roster-test-"));
  mongod = await startMongod("original");
  server = await start();
  early = (await openWatch(server.address)).cursor;
  kept = await createUser(server.users);
  await settled(server.db);

  const admin = server.db.client.db("admin");
  await admin.command({ fsync: 1, lock: true });
  await cp(join(folder, "original"), join(folder, "backup"), { recursive: true });
  await admin.command({ fsyncUnlock: 1 });

  gone = await createUser(server.users);
  for (const name of ["a", "b", "c"]) await updateUser(server.users, kept.id, { name });
  await settled(server.db);
  lost = (await openWatch(server.address)).cursor;
  await follow("replica");
  await server.stop();
  await mongod.stop();
}, 60_000);

/** Puts the backup back in place of what there was. */
const restore = async () => {
  await rm(join(folder, "restored"), { recursive: true, force: true });
  await cp(join(folder, "backup"), join(folder, "restored"), { recursive: true });
  await cp(join(folder, "replica"), join(folder, "copy"));
  mongod = await startMongod("restored");
};

afterEach(async () => {
  await server.stop();
  await mongod.stop();
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("a backup that was put back", () => {
  it("looks to a consumer as if nothing had happened, unless the cursors from before are made to expire", async () => {
    await restore();
    server = await start();
    await createUser(server.users);
    await settled(server.db);

    const copy = await follow("copy");
    expect(copy.get(gone?.id ?? "")).toEqual(gone);
    expect(copy.get(kept?.id ?? "")?.name).toBe("c");
    expect(await directory()).not.toEqual(copy);
  });

  it("makes consumers take a new copy when they have been", async () => {
    await restore();
    expect(await afterRestore()).toMatch(/^cursors from before event_\w{26} are expired$/);
    server = await start();
    const added = await createUser(server.users);
    await deleteUser(server.users, kept?.id ?? "");
    await settled(server.db);

    for (const after of [early, lost]) {
      expect(await failure(new Watch(server.address, { after }).message())).toMatchObject({
        code: "OUT_OF_RANGE",
        reason: "CURSOR_EXPIRED",
      });
      expect(await failure(listEvents(server.address, { after }))).toMatchObject({ reason: "CURSOR_EXPIRED" });
    }
    const events = await listEvents(server.address);
    expect(events.map((event) => [event.type, userOf(event).id])).toEqual([
      ["user.created", added.id],
      ["user.deleted", kept?.id],
    ]);
    expect(events.every(({ id }) => id > lost)).toBe(true);
    const copy = await follow("copy");
    expect([...copy.keys()]).toEqual([added.id]);
    expect(copy).toEqual(await directory());
  });

  it("is left alone while a server runs on it", async () => {
    await restore();
    server = await start();
    await expect(afterRestore()).rejects.toThrow("a server runs on this database: stop it first");
    expect((await listEvents(server.address)).length).toBe(1);
  });
});
