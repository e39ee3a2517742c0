import { ChannelCredentials } from "@grpc/grpc-js";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { listEvents } from "../support/events.js";
import { brief, ImportCall, importRows, newRows, upsert } from "../support/imports.js";
import { useMongod } from "../support/mongod.js";
import { goodHash } from "../support/password-refusals.js";
import { ServerProcess } from "../support/server-process.js";
import { createUser } from "../support/users.js";

const mongod = useMongod();
const database = "dead-import";
const clients: UserServiceClient[] = [];
const servers: ServerProcess[] = [];

const start = async (): Promise<UserServiceClient> => {
  const server = await ServerProcess.start({ MONGODB_URI: mongod.current.uri, ROSTER_DATABASE: database });
  servers.push(server);
  const client = new UserServiceClient(server.address, ChannelCredentials.createInsecure());
  clients.push(client);
  return client;
};

let mongo: MongoClient;

beforeAll(async () => {
  mongo = await MongoClient.connect(mongod.current.uri);
});

afterAll(async () => {
  for (const client of clients) client.close();
  await Promise.all(servers.map((server) => server.kill()));
  await mongo.close();
});

describe("a server that is killed in the middle of an import", () => {
  it.each([300, 1_700])(
    "after %i results leaves whole rows with their events; sent again they go on",
    async (after) => {
      const dying = await start();
      const other = await start();
      const mark = `killed after ${after}`;
      const rows = newRows(5_000, { lastName: mark, passwordHash: goodHash });
      const call = new ImportCall(dying, upsert("EXTERNAL_ID"));
      for (let i = 0; i < rows.length; i += 100) call.send(rows.slice(i, i + 100));
      await call.resultsUpTo(after);
      await servers.at(-2)?.kill();
      expect(await call.ended).toBeDefined();
      const told = call.results.length;

      const again = await importRows(other, upsert("EXTERNAL_ID"), rows);
      const written = again.filter((result) => brief(result) === "UNCHANGED").length;
      expect(written).toBeGreaterThanOrEqual(told);
      expect(written).toBeLessThan(rows.length);
      expect(again.map(brief)).toEqual(rows.map((_, i) => (i < written ? "UNCHANGED" : "CREATED")));

      const db = mongo.db(database);
      const users = await db.collection<{ _id: string }>("users").find({ lastName: mark }).toArray();
      expect(users).toHaveLength(rows.length);
      const ids = users.map(({ _id }) => _id);
      const passwords = db.collection<{ _id: string }>("credentials");
      expect(await passwords.countDocuments({ _id: { $in: ids } })).toBe(rows.length);
      // Behind this user's event are no more of the import.
      const last = await createUser(other);
      const address = servers.at(-1)?.address as string;
      await expect.poll(() => listEvents(address, { userId: last.id }), { timeout: 10_000 }).toHaveLength(1);
      const events = await listEvents(address, { types: ["user.created", "user.updated"], pageSize: 1_000 });
      const subjects = events.flatMap(({ object }) => (object?.$case === "user" ? [object.value] : []));
      const created = subjects.filter(({ lastName }) => lastName === mark).map(({ id }) => id);
      expect(created.toSorted()).toEqual(ids.toSorted());
    },
  );
});
