import { setTimeout as sleep } from "node:timers/promises";
import type { Document } from "mongodb";
import { beforeEach, describe, expect, it } from "vitest";
import { HealthCheckResponse_ServingStatus, HealthClient } from "../../gen/ts/health/v1/health.js";
import type { DeleteUserRequest } from "../../gen/ts/roster/v1/user_service.js";
import { call, eventually, failure } from "../support/call.js";
import { settled } from "../support/events.js";
import { type TestMongod, useMongod } from "../support/mongod.js";
import { useServer } from "../support/server.js";
import { createUser, getUser, idsOf, listPages, newEmail, newKey, unusedId, updateUser } from "../support/users.js";

const mongod = useMongod();
const lines: string[] = [];
const server = useServer(() => ({ mongodbUri: mongod.current.uri, log: (line) => lines.push(line) }));

// A connection that one test took away is no matter of the next.
beforeEach(async () => {
  const health = server.current.client(HealthClient);
  const check = async () => (await call(health.check.bind(health), { service: "" })).status;
  await expect.poll(check, { timeout: 5_000 }).toBe(HealthCheckResponse_ServingStatus.SERVING);
});

/** Makes commands fail that are about users; the server runs others at any time, and commits when it numbers events. */
const whileFailing: TestMongod["whileFailing"] = async (data, mode, run) => {
  await settled(server.current.db);
  const namespace = `${server.current.db.databaseName}.users`;
  const filter = data.failCommands.includes("commitTransaction") ? {} : { namespace };
  return mongod.current.whileFailing({ ...data, ...filter }, mode, run);
};

const transient = ["TransientTransactionError"];

// What happens once or twice and is mended without the caller's notice.
const mended: [name: string, data: Document, times: number][] = [
  ["a write conflict", { failCommands: ["insert"], errorCode: 112, errorLabels: transient }, 2],
  ["a conflict at the commit", { failCommands: ["commitTransaction"], errorCode: 251, errorLabels: transient }, 2],
  ["a transaction that takes too long", { failCommands: ["insert"], errorCode: 290 }, 2],
  ["a connection that is lost while reading", { failCommands: ["find"], closeConnection: true }, 1],
  ["a connection that is lost while writing", { failCommands: ["insert"], closeConnection: true }, 1],
  ["a connection that is lost at the commit", { failCommands: ["commitTransaction"], closeConnection: true }, 1],
  ["a primary that steps down at the commit", { failCommands: ["commitTransaction"], errorCode: 10_107 }, 1],
  ["a primary that steps down", { failCommands: ["insert"], errorCode: 189, errorLabels: transient }, 2],
  ["a transaction that the cache has no room for", { failCommands: ["insert"], errorCode: 388 }, 2],
  // Without the label that the database gives to most.
  ["a transaction that is gone", { failCommands: ["insert"], errorCode: 251 }, 2],
  ["a transaction that is older than its session's last", { failCommands: ["insert"], errorCode: 225 }, 2],
  ["an operation that is interrupted", { failCommands: ["insert"], errorCode: 11_601 }, 2],
  ["a lock that is not to be had", { failCommands: ["insert"], errorCode: 24 }, 2],
  ["a snapshot that is too old", { failCommands: ["insert"], errorCode: 239 }, 2],
  ["a snapshot that is not there", { failCommands: ["insert"], errorCode: 246 }, 2],
  ["a database that has no room for a moment", { failCommands: ["insert"], errorCode: 365 }, 2],
  ["a commit that takes too long", { failCommands: ["commitTransaction"], errorCode: 290 }, 2],
  ["a commit that is interrupted", { failCommands: ["commitTransaction"], errorCode: 11_601 }, 2],
  ["a commit of a transaction that may be gone", { failCommands: ["commitTransaction"], errorCode: 251 }, 2],
  [
    "a commit that is interrupted when it is made",
    { failCommands: ["commitTransaction"], writeConcernError: { code: 11_601, errmsg: "operation was interrupted" } },
    2,
  ],
  [
    "a commit that takes too long when it is made",
    { failCommands: ["commitTransaction"], writeConcernError: { code: 290, errmsg: "operation was interrupted" } },
    2,
  ],
  [
    "a commit that a majority is slow to take",
    {
      failCommands: ["commitTransaction"],
      writeConcernError: { code: 64, errmsg: "waiting for replication timed out" },
    },
    1,
  ],
];

describe("a create that meets", () => {
  it.each(mended)("%s is answered once, and done once", async (_name, data, times) => {
    const { users, db } = server.current;
    const email = newEmail();
    const user = await whileFailing(data, { times }, () => createUser(users, { email }));
    expect(user).toMatchObject({ email, revision: 1n });
    expect(await db.collection("users").countDocuments({ email })).toBe(1);
    expect(await getUser(users, user.id)).toEqual(user);
  });

  it("conflicts without end is answered with CONFLICT, and not done", async () => {
    const { users, db } = server.current;
    const email = newEmail();
    const data = { failCommands: ["insert"], errorCode: 112, errorLabels: transient };
    const error = await whileFailing(data, "alwaysOn", () => failure(createUser(users, { email })));
    expect(error).toMatchObject({ code: "ABORTED", reason: "CONFLICT" });
    expect(await db.collection("users").countDocuments({ email })).toBe(0);
  });

  it("a commit of unknown outcome can be sent again with its request_id, and is done once", async () => {
    const { users, db } = server.current;
    const request = { email: newEmail(), requestId: newKey() };
    const data = { failCommands: ["commitTransaction"], closeConnection: true };
    const error = await whileFailing(data, "alwaysOn", () => failure(createUser(users, request)));
    expect(error).toMatchObject({ code: "UNAVAILABLE", reason: "DATABASE_UNAVAILABLE", retryAfterMs: 1_000 });
    // The transaction keeps its locks until the database ends it.
    const user = await eventually(() => createUser(users, request));
    expect(await createUser(users, request)).toEqual(user);
    expect(await db.collection("users").countDocuments({ email: request.email })).toBe(1);
  });

  it("a failure in the middle of many creates leaves each done once or answered with the reason", async () => {
    const { users, db } = server.current;
    const emails = Array.from({ length: 100 }, newEmail);
    const data = { failCommands: ["commitTransaction"], errorCode: 251, errorLabels: transient };
    const created = await whileFailing(data, { times: 3 }, () =>
      Promise.all(emails.map((email) => createUser(users, { email }))),
    );
    expect(created.map(({ email }) => email)).toEqual(emails);
    expect(await db.collection("users").countDocuments({ email: { $in: emails } })).toBe(100);
  });
});

describe("an error of the database that nobody expects", () => {
  const odd = { errorCode: 8_000 };

  const calls: [name: string, command: string, run: () => Promise<unknown>][] = [
    [
      "GetUserByEmail",
      "find",
      () => call(server.current.users.getUserByEmail.bind(server.current.users), { email: newEmail() }),
    ],
    ["CreateUser", "insert", () => createUser(server.current.users)],
    ["CreateUser, at the commit", "commitTransaction", () => createUser(server.current.users)],
    ["ListUsers", "find", () => listPages(server.current.users)],
  ];

  it.each(calls)("tells the caller nothing but INTERNAL: %s", async (_name, command, run) => {
    const error = await whileFailing({ ...odd, failCommands: [command] }, "alwaysOn", () => failure(run()));
    expect(error).toEqual({
      code: "INTERNAL",
      message: "internal error",
      reason: "INTERNAL",
      domain: "roster",
      metadata: {},
      violations: [],
      resource: undefined,
      retryAfterMs: undefined,
    });
  });

  it("does not last: the next calls are answered", async () => {
    const { users } = server.current;
    const user = await createUser(users);
    expect(await updateUser(users, user.id, { name: "A" })).toMatchObject({ name: "A", revision: 2n });
    expect(idsOf(await listPages(users))).toContain(user.id);
  });
});

describe("a fault of the database", () => {
  it.each([8, 96, 146, 187, 202, 314, 358, 14_031])("of code %i is answered with UNAVAILABLE", async (errorCode) => {
    const { users } = server.current;
    const failing = { failCommands: ["find"], errorCode };
    const away = { code: "UNAVAILABLE", reason: "DATABASE_UNAVAILABLE", retryAfterMs: 1_000 };
    const read = await whileFailing(failing, "alwaysOn", () => failure(getUser(users, unusedId())));
    expect(read).toMatchObject(away);
    expect(await whileFailing(failing, "alwaysOn", () => failure(listPages(users)))).toMatchObject(away);
  });

  it.each([202, 14_031])("of code %i, when a user is created, is answered with UNAVAILABLE", async (errorCode) => {
    const failing = { failCommands: ["insert"], errorCode };
    const error = await whileFailing(failing, "alwaysOn", () => failure(createUser(server.current.users)));
    expect(error).toMatchObject({ code: "UNAVAILABLE", reason: "DATABASE_UNAVAILABLE", retryAfterMs: 1_000 });
  });

  it.each([
    [13, /"method":"\/roster.v1.UserService\/GetUser".*Unauthorized, code 13.*grant the user of MONGODB_URI the role/],
    [18, /"method":"\/roster.v1.UserService\/GetUser".*AuthenticationFailed, code 18/],
  ])("that its operator has to mend, code %i, is INTERNAL, and named in the log alone", async (errorCode, line) => {
    const failing = { failCommands: ["find"], errorCode };
    const error = await whileFailing(failing, "alwaysOn", () => failure(getUser(server.current.users, unusedId())));
    expect(error).toMatchObject({
      code: "INTERNAL",
      reason: "INTERNAL",
      message: "internal error",
      metadata: {},
    });
    expect(lines.filter((each) => line.test(each))).toHaveLength(1);
  });
});

describe("a read that loses its connection", () => {
  it("is answered with UNAVAILABLE and when to try again", async () => {
    const { users } = server.current;
    const { id } = await createUser(users);
    const data = { failCommands: ["find"], closeConnection: true };
    const error = await whileFailing(data, "alwaysOn", () => failure(getUser(users, id)));
    expect(error).toMatchObject({ code: "UNAVAILABLE", reason: "DATABASE_UNAVAILABLE", retryAfterMs: 1_000 });
    expect((await getUser(users, id)).id).toBe(id);
  });
});

describe("a database that takes longer than the caller waits", () => {
  const calls: [name: string, command: string, method: "getUser" | "deleteUser"][] = [
    ["GetUser", "find", "getUser"],
    ["DeleteUser", "commitTransaction", "deleteUser"],
  ];

  it.each(calls)("is answered in time, with DEADLINE_EXCEEDED: %s", async (_name, command, method) => {
    const { users } = server.current;
    const { id } = await createUser(users);
    const data = { failCommands: [command], blockConnection: true, blockTimeMS: 2_000 };
    const error = await whileFailing(data, { times: 1 }, () =>
      failure(
        call<DeleteUserRequest, unknown>(
          users[method].bind(users),
          { id, erase: false, requestId: "" },
          { serverDeadlineMs: 500 },
        ),
      ),
    );
    expect(error).toMatchObject({ code: "DEADLINE_EXCEEDED", reason: "DEADLINE_EXCEEDED" });
  });
});

describe("a server that is slow to look at the others", () => {
  it("does not take itself for dead and end its own transactions", async () => {
    const { users, db } = server.current;
    const killed = async () =>
      Number((await db.admin().command({ serverStatus: 1 })).metrics.commands.killSessions.total);
    await createUser(users);
    const before = await killed();
    const namespace = `${db.databaseName}.servers`;
    const slow = { failCommands: ["find"], namespace, blockConnection: true, blockTimeMS: 2_700 };
    await mongod.current.whileFailing(slow, { times: 2 }, () => sleep(3_500));
    expect(await killed()).toBe(before);
    expect(await db.collection("servers").countDocuments()).toBe(1);
  });
});
