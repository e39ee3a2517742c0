import { ChannelCredentials } from "@grpc/grpc-js";
import { MongoClient } from "mongodb";
import { afterEach, describe, expect, it, vi } from "vitest";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { listEvents } from "../support/events.js";
import { useMongod } from "../support/mongod.js";
import { ServerProcess } from "../support/server-process.js";
import { createUser, eraseUser, newEmail, newKey, updateUser } from "../support/users.js";

const mongod = useMongod();
const database = "erasure";
const servers: ServerProcess[] = [];

const start = async (): Promise<ServerProcess> => {
  const server = await ServerProcess.start({ MONGODB_URI: mongod.current.uri, ROSTER_DATABASE: database });
  servers.push(server);
  return server;
};

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.kill()));
});

describe("an erasure whose server is killed between the deletion and the end of it", () => {
  it.each(["events", "requests"])(
    "is done by another server, when the first one could not write to %s",
    async (collection) => {
      const client = await MongoClient.connect(mongod.current.uri);
      const db = client.db(database);
      const texts = async () => {
        const found = [
          db.collection("events").find(),
          db.collection("outbox").find(),
          db.collection("requests").find(),
        ];
        return JSON.stringify(await Promise.all(found.map((cursor) => cursor.toArray())));
      };
      const [first, second, survivor] = [newEmail(), newEmail(), await start()];
      const failing = { failCommands: ["update"], namespace: `${database}.${collection}`, errorCode: 50 };
      let id = "";
      await mongod.current.whileFailing(failing, "alwaysOn", async () => {
        const victim = await start();
        const users = new UserServiceClient(victim.address, ChannelCredentials.createInsecure());
        ({ id } = await createUser(users, { email: first, requestId: newKey() }));
        await updateUser(users, id, { email: second, requestId: newKey() });
        await eraseUser(users, id);
        await Promise.all([survivor, victim].map((server) => server.kill()));
        users.close();
      });
      expect(await db.collection<{ _id: string }>("erasures").findOne({ _id: id })).toMatchObject({
        emails: expect.arrayContaining([second]),
      });
      expect(await texts()).toContain(first);

      const servers = await Promise.all([start(), start()]);
      await vi.waitUntil(async () => !new RegExp(`${first}|${second}`).test(await texts()), { timeout: 40_000 });
      for (const { address } of servers) {
        // Those of the deletion may have waited for the next server, too.
        const told = async () => (await listEvents(address, { userId: id })).map(({ type, erased }) => [type, erased]);
        await expect.poll(told, { timeout: 40_000 }).toEqual([
          ["user.created", true],
          ["user.updated", true],
          ["user.deleted", true],
        ]);
      }
      await client.close();
    },
  );
});

describe("an erasure", () => {
  it("takes what has no place in the order yet along", async () => {
    const client = await MongoClient.connect(mongod.current.uri);
    const outbox = client.db(database).collection("outbox");
    const email = newEmail();
    const server = await start();
    const users = new UserServiceClient(server.address, ChannelCredentials.createInsecure());
    const failing = { failCommands: ["insert"], namespace: `${database}.events`, errorCode: 13 };
    await mongod.current.whileFailing(failing, "alwaysOn", async () => {
      // A change that is made while another one is appends nothing itself.
      const [{ id }] = await Promise.all([createUser(users, { email }), createUser(users)]);
      await updateUser(users, id, { name: "Ada" });
      expect(JSON.stringify(await outbox.find().toArray())).toContain(email);
      await eraseUser(users, id);
      await vi.waitUntil(async () => !JSON.stringify(await outbox.find().toArray()).includes(email), {
        timeout: 40_000,
      });
    });
    users.close();
    await client.close();
  });
});
