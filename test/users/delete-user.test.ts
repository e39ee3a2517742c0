import { describe, expect, it } from "vitest";
import { answers, call, failure, failures } from "../support/call.js";
import { useServer } from "../support/server.js";
import {
  createUser,
  deleteUser,
  everyField,
  getUser,
  idsOf,
  listPages,
  unusedId,
  updateUser,
} from "../support/users.js";

const server = useServer();

describe("DeleteUser", () => {
  it("leaves nothing of the user", async () => {
    const { users, db } = server.current;
    const { id, email, externalId = "" } = await createUser(users, everyField());
    await createUser(users);
    expect(await deleteUser(users, id)).toEqual({});
    const gone = [
      getUser(users, id),
      call(users.getUserByEmail.bind(users), { email }),
      call(users.getUserByExternalId.bind(users), { externalId }),
      updateUser(users, id, { name: "New" }),
      deleteUser(users, id),
    ];
    expect(await Promise.all(gone.map(async (promise) => (await failure(promise)).reason))).toEqual(
      gone.map(() => "USER_NOT_FOUND"),
    );
    expect(await call(users.batchGetUsers.bind(users), { ids: [id] })).toEqual({ users: [], notFoundIds: [id] });
    expect(idsOf(await listPages(users))).not.toContain(id);
    expect(await db.collection<{ _id: string }>("users").findOne({ _id: id })).toBeNull();
  });

  it("frees the email and the external id at once, for a user with another id", async () => {
    const { users } = server.current;
    const first = await createUser(users, everyField());
    await deleteUser(users, first.id);
    const { email, externalId } = first;
    const second = await createUser(users, { email, externalId });
    expect(second).toMatchObject({ email, externalId, revision: 1n });
    expect(second.id).not.toBe(first.id);
    expect(await call(users.getUserByEmail.bind(users), { email })).toEqual({ user: second });
  });

  it("frees them also for a create that shares its commit", async () => {
    const { users } = server.current;
    const { id, email, externalId } = await createUser(users, everyField());
    const [, created] = await Promise.all([deleteUser(users, id), createUser(users, { email, externalId })]);
    expect(await getUser(users, created.id)).toEqual(created);
    expect((await failure(getUser(users, id))).reason).toBe("USER_NOT_FOUND");
  });

  it("answers one of fifty concurrent calls, and the others with NOT_FOUND, through two servers", async () => {
    const clients = [server.current.users, (await server.current.another()).users] as const;
    const { id } = await createUser(clients[0]);
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) => deleteUser(clients[i % 2 === 0 ? 0 : 1], id)),
    );
    expect(answers(results)).toEqual([{}]);
    expect(failures(results).map(({ code, reason }) => [code, reason])).toEqual(
      Array.from({ length: 49 }, () => ["NOT_FOUND", "USER_NOT_FOUND"]),
    );
  });

  it("answers NOT_FOUND for a user that never was", async () => {
    const id = unusedId();
    expect(await failure(deleteUser(server.current.users, id))).toEqual({
      code: "NOT_FOUND",
      message: "no user has this id",
      reason: "USER_NOT_FOUND",
      domain: "roster",
      metadata: { id },
      violations: [],
      resource: { type: "user", name: id },
      retryAfterMs: undefined,
    });
  });

  it("refuses what is no id and no request id", async () => {
    expect(await failure(deleteUser(server.current.users, "42", "a b"))).toMatchObject({
      code: "INVALID_ARGUMENT",
      reason: "INVALID_REQUEST",
      violations: [
        { field: "id", description: "must be user_ and a ULID of 26 characters" },
        { field: "request_id", description: "must be 1-64 printable ASCII characters without spaces" },
      ],
    });
  });
});
