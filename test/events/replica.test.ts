import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ChannelCredentials, type Client } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Replica } from "../../examples/replica/replica.js";
import { EventServiceClient } from "../../gen/ts/roster/v1/event_service.js";
import type { User } from "../../gen/ts/roster/v1/user.js";
import { ListUsersRequest, UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { collect } from "../support/call.js";
import { listEvents } from "../support/events.js";
import { insertOrganization, provision } from "../support/provisioning.js";
import { type TestServer, useServer } from "../support/server.js";
import { createUser, deleteUser, eraseUser, updateUser } from "../support/users.js";

const server = useServer();
const clients: Client[] = [];
let folder: string;
let organizationId: string;

beforeAll(async () => {
  organizationId = await insertOrganization(server.current.db, { "example.com": "verified" });
  folder = await mkdtemp(join(tmpdir(), "roster-replica-"));
});

afterAll(async () => {
  for (const client of clients) client.close();
  await rm(folder, { recursive: true, force: true });
});

const connected = <C extends Client>(client: C): C => {
  clients.push(client);
  return client;
};

const openReplica = ({ address }: TestServer, file: string) => {
  const insecure = ChannelCredentials.createInsecure();
  const replica = new Replica(
    connected(new UserServiceClient(address, insecure)),
    connected(new EventServiceClient(address, insecure)),
    join(folder, file),
  );
  return { replica, ended: replica.run() };
};

const byId = (users: Iterable<User>) => [...users].toSorted((a, b) => (a.id < b.id ? -1 : 1));

const directory = async (): Promise<User[]> => {
  const { users } = server.current;
  const pages = await collect(users.listUsers(ListUsersRequest.fromPartial({ pageSize: 1_000 })));
  return byId(pages.flatMap((page) => page.users));
};

const caughtUp = async (replica: Replica) => {
  const newest = (await listEvents(server.current.address)).at(-1)?.id ?? "";
  while ((replica.cursor ?? "") < newest) await sleep(20);
};

/** Creates, changes, signs in, deletes and erases users, many at a time. */
const storm = (users: UserServiceClient) =>
  Promise.all(
    Array.from({ length: 40 }, async (_, i) => {
      for (let n = 0; n < 5; n++) {
        const { id, email } = await createUser(users, { emailVerified: true });
        const signIn = () => (n === 0 ? provision(users, { organizationId, idpId: id, email }) : undefined);
        await Promise.all([...["a", "b", "c"].map((name) => updateUser(users, id, { name })), signIn()]);
        await signIn();
        if ((i + n) % 3 === 0) await (n === 1 ? eraseUser : deleteUser)(users, id);
      }
    }),
  );

describe("a replica", () => {
  it("equals the directory after a storm of changes, in which it was restarted and lost its server", async () => {
    const { users } = server.current;
    await storm(users);
    const other = await server.current.another();

    const first = openReplica(other, "restarted");
    await Promise.all([
      storm(users),
      (async () => {
        await sleep(200);
        first.replica.stop();
        await first.ended;
      })(),
    ]);

    const second = openReplica(other, "restarted");
    const steady = openReplica(server.current, "steady");
    await Promise.all([storm(users), other.stop()]);
    second.replica.stop();
    await second.ended;

    const third = openReplica(server.current, "restarted");
    await storm(users);
    const expected = await directory();
    for (const { replica, ended } of [third, steady]) {
      await caughtUp(replica);
      expect(byId(replica.users.values())).toEqual(expected);
      replica.stop();
      await ended;
    }
    expect(expected.length).toBeGreaterThan(400);
  });

  it("starts over when the events that it missed are gone", async () => {
    const before = openReplica(server.current, "late");
    await caughtUp(before.replica);
    before.replica.stop();
    await before.ended;

    const { users, db } = server.current;
    const [gone] = before.replica.users.values();
    await deleteUser(users, gone?.id ?? "");
    await createUser(users);
    while ((await db.collection("outbox").countDocuments()) > 0) await sleep(20);
    await db.collection("events").deleteMany({ types: "user.deleted" });

    const later = await server.current.another();
    const after = openReplica(later, "late");
    await caughtUp(after.replica);
    expect(byId(after.replica.users.values())).toEqual(await directory());
    after.replica.stop();
    await after.ended;
  });
});
