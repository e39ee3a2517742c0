import { describe, expect, it } from "vitest";
import type { User } from "../../gen/ts/roster/v1/user.js";
import { credentialOf } from "../support/authentication.js";
import { answers, failure, failures } from "../support/call.js";
import { allEvents, brief } from "../support/events.js";
import { goodHash } from "../support/password-refusals.js";
import { useServer } from "../support/server.js";
import { createUser, everyField, getUser, updateUser } from "../support/users.js";

const server = useServer();

describe("UpdateUser, expected_revision", () => {
  it("changes a user that is at it", async () => {
    const { users } = server.current;
    const { id } = await createUser(users);
    expect(await updateUser(users, id, { name: "A", expectedRevision: 1n })).toMatchObject({ name: "A", revision: 2n });
    expect(await updateUser(users, id, { name: "B", expectedRevision: 2n })).toMatchObject({ name: "B", revision: 3n });
  });

  it.each([1n, 3n, 9_007_199_254_740_993n])("refuses %i for a user at 2, and changes nothing", async (expected) => {
    const { users } = server.current;
    const { id } = await createUser(users);
    const user = await updateUser(users, id, { name: "A" });
    expect(await failure(updateUser(users, id, { name: "B", expectedRevision: expected }))).toEqual({
      code: "ABORTED",
      message: "expected_revision does not match: the revision is 2",
      reason: "REVISION_MISMATCH",
      domain: "roster",
      metadata: { current_revision: "2" },
      violations: [],
      resource: undefined,
      retryAfterMs: undefined,
    });
    expect(await getUser(users, id)).toEqual(user);
  });

  it("is refused also where nothing would change", async () => {
    const { users } = server.current;
    const { id } = await createUser(users, { name: "A" });
    expect(await failure(updateUser(users, id, { name: "A", expectedRevision: 2n }))).toMatchObject({
      reason: "REVISION_MISMATCH",
      metadata: { current_revision: "1" },
    });
  });

  it("lets one of fifty concurrent updates win, through two servers", async () => {
    const clients = [server.current.users, (await server.current.another()).users] as const;
    const { id } = await createUser(clients[0]);
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) =>
        updateUser(clients[i % 2 === 0 ? 0 : 1], id, { name: `name ${i}`, expectedRevision: 1n }),
      ),
    );
    const won = answers(results);
    expect(won).toHaveLength(1);
    expect(failures(results).map(({ reason, metadata }) => [reason, metadata.current_revision])).toEqual(
      Array.from({ length: 49 }, () => ["REVISION_MISMATCH", "2"]),
    );
    expect(await getUser(clients[0], id)).toEqual(won[0]);
  });
});

describe("UpdateUser that changes nothing", () => {
  const cases: { name: string; given: (user: User) => Parameters<typeof updateUser>[2] }[] = [
    { name: "nothing is given", given: () => ({}) },
    { name: "every field is given as it is", given: ({ id: _id, ...fields }) => fields },
    { name: "a language tag in another spelling is given", given: () => ({ locale: "EN-gb" }) },
    { name: "the email is given with white space around it", given: ({ email }) => ({ email: ` ${email} ` }) },
    { name: "a metadata key that is not there is removed", given: () => ({ removeMetadata: ["nothing"] }) },
    { name: "the revision is expected", given: () => ({ expectedRevision: 1n }) },
  ];

  it.each(cases)("returns the user as it is and writes nothing when $name", async ({ given }) => {
    const { users, db } = server.current;
    const user = await createUser(users, everyField());
    const collection = db.collection<{ _id: string }>("users");
    const before = await collection.findOne({ _id: user.id });
    expect(await updateUser(users, user.id, given(user))).toEqual(user);
    expect(await collection.findOne({ _id: user.id })).toEqual(before);
    expect(await getUser(users, user.id)).toEqual(user);
  });

  it("takes the hash that is the user's already without a change", async () => {
    const { users } = server.current;
    const user = await createUser(users, { passwordHash: goodHash });
    const credential = await credentialOf(server.current, user.id);
    expect(await updateUser(users, user.id, { passwordHash: goodHash })).toEqual(user);
    expect(await credentialOf(server.current, user.id)).toEqual(credential);
    const renamed = await updateUser(users, user.id, { passwordHash: goodHash, name: "New" });
    expect(renamed).toMatchObject({ name: "New", revision: 2n });
    expect((await allEvents(server.current, { userId: user.id })).map(brief)).toEqual([
      "user.created 1",
      "user.updated 2",
    ]);
  });

  it("removes an absent text without a change", async () => {
    const { users } = server.current;
    const user = await createUser(users);
    expect(await updateUser(users, user.id, { name: "", externalId: "", locale: "" })).toEqual(user);
  });
});
