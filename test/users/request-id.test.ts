import { describe, expect, it } from "vitest";
import { answers, call, failure, failures } from "../support/call.js";
import { useServer } from "../support/server.js";
import { createUser, deleteUser, everyField, getUser, newEmail, newKey, updateUser } from "../support/users.js";

const server = useServer();

const reused = (requestId: string) => ({
  code: "INVALID_ARGUMENT",
  message: "this request_id was used for another request within 24 hours",
  reason: "REQUEST_ID_REUSED",
  domain: "roster",
  metadata: { request_id: requestId },
  violations: [{ field: "request_id", description: "was used for another request within 24 hours" }],
  resource: undefined,
  retryAfterMs: undefined,
});

const requestsOf = () => server.current.db.collection<{ _id: string }>("requests");

describe("a request_id used again for the same request", () => {
  it("gives the first answer to a create, also when the user was changed or deleted since", async () => {
    const { users } = server.current;
    const request = { ...everyField(), requestId: newKey() };
    const first = await createUser(users, request);
    expect(await createUser(users, request)).toEqual(first);
    await updateUser(users, first.id, { name: "New", email: newEmail() });
    expect(await createUser(users, request)).toEqual(first);
    await deleteUser(users, first.id);
    expect(await createUser(users, request)).toEqual(first);
    expect((await failure(getUser(users, first.id))).reason).toBe("USER_NOT_FOUND");
  });

  it("gives the first answer to an update and changes nothing", async () => {
    const { users } = server.current;
    const { id } = await createUser(users);
    const request = { name: "A", expectedRevision: 1n, requestId: newKey() };
    const first = await updateUser(users, id, request);
    const later = await updateUser(users, id, { name: "B" });
    expect(await updateUser(users, id, request)).toEqual(first);
    expect(await getUser(users, id)).toEqual(later);
  });

  it("gives the first answer to a deletion", async () => {
    const { users } = server.current;
    const { id } = await createUser(users);
    const requestId = newKey();
    expect(await deleteUser(users, id, requestId)).toEqual({});
    expect(await deleteUser(users, id, requestId)).toEqual({});
    expect((await failure(deleteUser(users, id))).reason).toBe("USER_NOT_FOUND");
  });

  it("does not depend on the order of the metadata", async () => {
    const { users } = server.current;
    const [email, requestId] = [newEmail(), newKey()];
    const pairs: [string, string][] = [
      ["a", "1"],
      ["b", "2"],
      ["c", "3"],
    ];
    const first = await createUser(users, { email, requestId, metadata: new Map(pairs) });
    expect(await createUser(users, { email, requestId, metadata: new Map(pairs.toReversed()) })).toEqual(first);
  });

  it("makes one user of fifty concurrent creates through two servers, and gives all the same answer", async () => {
    const clients = [server.current.users, (await server.current.another()).users] as const;
    const request = { ...everyField(), requestId: newKey() };
    const users = await Promise.all(
      Array.from({ length: 50 }, (_, i) => createUser(clients[i % 2 === 0 ? 0 : 1], request)),
    );
    expect(users).toEqual(Array.from({ length: 50 }, () => users[0]));
    const stored = await server.current.db.collection("users").countDocuments({ externalId: request.externalId });
    expect(stored).toBe(1);
  });

  it("makes one change of fifty concurrent updates through two servers", async () => {
    const clients = [server.current.users, (await server.current.another()).users] as const;
    const { id } = await createUser(clients[0]);
    const request = { metadata: new Map([["a", "1"]]), requestId: newKey() };
    const users = await Promise.all(
      Array.from({ length: 50 }, (_, i) => updateUser(clients[i % 2 === 0 ? 0 : 1], id, request)),
    );
    expect(users).toEqual(Array.from({ length: 50 }, () => users[0]));
    expect(await getUser(clients[0], id)).toMatchObject({ revision: 2n });
  });
});

describe("a request_id used for another request", () => {
  it("is refused by the same method, and nothing is created", async () => {
    const { users } = server.current;
    const requestId = newKey();
    await createUser(users, { requestId });
    const email = newEmail();
    expect(await failure(createUser(users, { email, requestId }))).toEqual(reused(requestId));
    expect((await failure(call(users.getUserByEmail.bind(users), { email }))).reason).toBe("USER_NOT_FOUND");
  });

  it("is refused by another method, also for a request of the same content", async () => {
    const { users } = server.current;
    const requestId = newKey();
    const { id } = await createUser(users);
    const user = await updateUser(users, id, { requestId });
    expect(await failure(deleteUser(users, id, requestId))).toEqual(reused(requestId));
    expect(await getUser(users, id)).toEqual(user);
  });

  it("is refused to all but one of concurrent requests", async () => {
    const { users } = server.current;
    const requestId = newKey();
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => createUser(users, { requestId })));
    expect(answers(results)).toHaveLength(1);
    expect(failures(results)).toEqual(Array.from({ length: 19 }, () => reused(requestId)));
  });
});

describe("a request_id is free again", () => {
  it("when its request failed", async () => {
    const { users } = server.current;
    const [email, requestId] = [newEmail(), newKey()];
    const { id } = await createUser(users, { email });
    expect((await failure(createUser(users, { email, requestId }))).reason).toBe("EMAIL_NOT_AVAILABLE");
    expect(await requestsOf().findOne({ _id: requestId })).toBeNull();
    await deleteUser(users, id);
    expect(await createUser(users, { email, requestId })).toMatchObject({ email });
  });

  it("when its time is over, though the database has not dropped it yet", async () => {
    const { users } = server.current;
    const requestId = newKey();
    const first = await createUser(users, { requestId });
    await requestsOf().updateOne({ _id: requestId }, { $set: { expiresAt: new Date(Date.now() - 1) } });
    const request = { email: newEmail(), requestId };
    const second = await createUser(users, request);
    expect(second.id).not.toBe(first.id);
    expect(await createUser(users, request)).toEqual(second);
  });

  it("after a day, and no sooner", async () => {
    const requestId = newKey();
    const started = Date.now();
    await createUser(server.current.users, { requestId });
    const { expiresAt } = (await requestsOf().findOne({ _id: requestId })) as unknown as { expiresAt: Date };
    const day = 24 * 60 * 60 * 1_000;
    expect(expiresAt.getTime()).toBeGreaterThanOrEqual(started + day);
    expect(expiresAt.getTime()).toBeLessThanOrEqual(Date.now() + day);
  });
});
