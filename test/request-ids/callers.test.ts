import { beforeAll, describe, expect, it } from "vitest";
import { UserServiceClient } from "../../gen/ts/roster/v1/user_service.js";
import { askingCallers, makeKey, withKey } from "../support/api-keys.js";
import { answers, failure } from "../support/call.js";
import { useServer } from "../support/server.js";
import { createUser, newEmail, newKey, updateUser } from "../support/users.js";

const server = useServer({ env: askingCallers });

let ann: UserServiceClient;
let ben: UserServiceClient;
let cid: UserServiceClient;

const clientOf = async (name: string) =>
  server.current.client(UserServiceClient, withKey(await makeKey(server.current.db, ["users:write"], name)));

beforeAll(async () => {
  [ann, ben, cid] = [await clientOf("Ann"), await clientOf("Ben"), await clientOf("Cid")];
});

const usersWith = (email: string) => server.current.db.collection("users").countDocuments({ email });
const idsOf = async (requestId: string): Promise<number> =>
  server.current.db
    .collection<{ _id: string }>("requests")
    .countDocuments({ $or: [{ _id: requestId }, { _id: { $gt: `${requestId} `, $lt: `${requestId}!` } }] });

describe("a request_id", () => {
  it("is each caller's own: the same request of another caller is another request", async () => {
    const request = { email: newEmail(), requestId: newKey() };
    const first = await createUser(ann, request);
    expect((await failure(createUser(ben, request))).reason).toBe("EMAIL_NOT_AVAILABLE");
    expect(await createUser(ann, request)).toEqual(first);
    expect(await usersWith(request.email)).toBe(1);
  });

  it("may be used by several callers for different requests, each with its own first answer", async () => {
    const requestId = newKey();
    const callers = [ann, ben, cid];
    const users = [];
    for (const caller of callers) users.push(await createUser(caller, { email: newEmail(), requestId }));
    for (const round of [1, 2]) {
      for (const [i, caller] of callers.entries()) {
        const email = users[i]?.email as string;
        expect(await createUser(caller, { email, requestId }), `round ${round}`).toEqual(users[i]);
        expect((await failure(createUser(caller, { email: newEmail(), requestId }))).reason).toBe("REQUEST_ID_REUSED");
      }
    }
    expect(await idsOf(requestId)).toBe(3);
  });

  it("is answered by every server, whoever used it last", async () => {
    const another = await server.current.another();
    const requestId = newKey();
    const key = await makeKey(server.current.db, ["users:write"]);
    const [here, there] = [
      server.current.client(UserServiceClient, withKey(key)),
      another.client(UserServiceClient, withKey(key)),
    ];
    const { id } = await createUser(ann);
    const first = await updateUser(here, id, { name: "A", requestId });
    await updateUser(ben, id, { name: "B", requestId });
    expect(await updateUser(there, id, { name: "A", requestId })).toEqual(first);
    expect(first.revision).toBe(2n);
  });

  it("makes one change for each caller of sixty calls at once", async () => {
    const another = await server.current.another();
    const requestId = newKey();
    const { id } = await createUser(ann);
    const key = await makeKey(server.current.db, ["users:write"]);
    const dora = [server.current, another].map(({ client }) => client(UserServiceClient, withKey(key)));
    const clients = [ann, ben, dora[0] as UserServiceClient, dora[1] as UserServiceClient];
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, (_, i) =>
        updateUser(clients[i % 4] as UserServiceClient, id, {
          metadata: new Map([[`${Math.min(i % 4, 2)}`, "x"]]),
          requestId,
        }),
      ),
    );
    const users = answers(results);
    expect(users).toHaveLength(60);
    const revisions = (caller: number) =>
      new Set(users.filter((_, i) => Math.min(i % 4, 2) === caller).map((user) => user.revision));
    expect([0, 1, 2].map((caller) => revisions(caller).size)).toEqual([1, 1, 1]);
    expect(new Set([0, 1, 2].flatMap((caller) => [...revisions(caller)]))).toEqual(new Set([2n, 3n, 4n]));
    expect(await idsOf(requestId)).toBe(3);
  });

  it("is free again for a caller whose time is over, and stays taken for the others", async () => {
    const requestId = newKey();
    const [a, b] = [await createUser(ann, { requestId }), await createUser(ben, { requestId })];
    const requests = server.current.db.collection<{ _id: string; caller: string }>("requests");
    const { caller: annsId } = (await requests.findOne({ _id: { $gt: `${requestId} `, $lt: `${requestId}!` } })) ?? {};
    await requests.updateOne({ _id: `${requestId} ${annsId}` }, { $set: { expiresAt: new Date(Date.now() - 1_000) } });
    const again = await createUser(ann, { requestId });
    expect(again.id).not.toBe(a.id);
    expect(await createUser(ben, { email: b.email, requestId })).toEqual(b);
    expect(await createUser(ann, { email: again.email, requestId })).toEqual(again);
  });
});
