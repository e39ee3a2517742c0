import { ChannelCredentials } from "@grpc/grpc-js";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { openWatch, settled, userOf } from "../support/events.js";
import { useMongod } from "../support/mongod.js";
import { ServerProcess } from "../support/server-process.js";
import { createUser, newEmail, updateUser } from "../support/users.js";

const mongod = useMongod();
const database = "dead";
const clients: UserServiceClient[] = [];
let client: MongoClient;
let first: ServerProcess;
let second: ServerProcess;

const connect = ({ address }: ServerProcess): UserServiceClient => {
  const client = new UserServiceClient(address, ChannelCredentials.createInsecure());
  clients.push(client);
  return client;
};

beforeAll(async () => {
  const env = { MONGODB_URI: mongod.current.uri, ROSTER_DATABASE: database };
  first = await ServerProcess.start(env);
  second = await ServerProcess.start(env);
  // The embedded MongoDB ends old transactions itself after five seconds; the default is a minute.
  client = await MongoClient.connect(mongod.current.uri);
  await client.db("admin").command({ setParameter: 1, transactionLifetimeLimitSeconds: 60 });
});

afterAll(async () => {
  for (const client of clients) client.close();
  await Promise.all([first, second].map((server) => server?.kill()));
  await client?.close();
});

describe("a server that is killed between the writes of a transaction and its commit", () => {
  it("does not keep the others from the same users, and takes nothing half-done with it", async () => {
    const user = await createUser(connect(first));
    // Numbering an event is a commit, too.
    await settled(client.db(database));
    const email = newEmail();
    const commitHangs = { failCommands: ["commitTransaction"], blockConnection: true, blockTimeMS: 60_000 };
    await mongod.current.whileFailing(commitHangs, { times: 1 }, async () => {
      const dying = connect(first);
      const lost = Promise.allSettled([
        updateUser(dying, user.id, { name: "lost", email }),
        createUser(dying, { email: newEmail() }),
      ]);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await first.kill();
      expect((await lost).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    });

    // The first server numbered the events; the second one takes over, with the watches that are open there.
    const watch = await openWatch(second.address);
    const survivor = connect(second);
    // The same user and the same email: both are locked by the transaction that is left.
    const updated = await updateUser(survivor, user.id, { name: "kept" });
    const created = await createUser(survivor, { email });
    expect(updated).toMatchObject({ name: "kept", email: user.email, revision: 2n });
    const events = await watch.events(2);
    expect(events.slice(-2).map(userOf)).toEqual([updated, created]);
    watch.cancel();
  });
});
