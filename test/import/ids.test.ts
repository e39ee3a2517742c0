import { describe, expect, it } from "vitest";
import { idAt } from "../../src/directory/id.js";
import { failure } from "../support/call.js";
import { newId } from "../support/clock.js";
import { settled } from "../support/events.js";
import { brief, createOnly, importRows, row, upsert } from "../support/imports.js";
import { useServer } from "../support/server.js";
import { createUser, deleteUser, getUser, newEmail, newKey, updateUser } from "../support/users.js";

const server = useServer();
const users = () => server.current.users;

const ways = [
  ["creates users", createOnly],
  ["matches on ids", upsert("ID")],
  ["matches on emails", upsert("EMAIL")],
  ["matches on external ids", upsert("EXTERNAL_ID")],
  ["only tells what it would do", { ...createOnly, dryRun: true }],
] as const;

/** What becomes of a row that brings an id. */
const imported = async (id: string, options: Parameters<typeof importRows>[1] = createOnly) => {
  const [result] = await importRows(users(), options, [row({ id, externalId: newKey() })]);
  return result;
};

describe.each(ways)("an import that %s", (_what, options) => {
  it("gives no new user the id of a deleted one", async () => {
    const { id } = await createUser(users());
    await deleteUser(users(), id);
    const result = await imported(id, options);
    expect(result && brief(result)).toBe("REJECTED USER_ID_ALREADY_USED");
    expect((await failure(getUser(users(), id))).reason).toBe("USER_NOT_FOUND");
  });

  it("makes no user of the future", async () => {
    const inTwoHours = new Date(Date.now() + 2 * 60 * 60_000);
    for (const id of ["user_7ZZZZZZZZZZZZZZZZZZZZZZZZZ", idAt("user", inTwoHours)]) {
      const result = await imported(id, options);
      expect(result?.error?.fieldViolations).toEqual([{ field: "id", description: "must not be from the future" }]);
    }
    const inHalfAnHour = new Date(Date.now() + 30 * 60_000);
    expect(brief((await imported(idAt("user", inHalfAnHour), options)) as never)).toBe("CREATED");
  });
});

it("an id of the future that a user has is no obstacle to a change", async () => {
  const id = "user_7ZZZZZZZZZZZZZZZZZZZZZZZZY";
  const { email } = await createUser(users());
  const stored = await server.current.db.collection("users").findOne({ email });
  const [, normalizedEmail] = [newEmail(), newEmail()];
  const { foldedEmail: _key, ...rest } = stored as NonNullable<typeof stored>;
  await server.current.db
    .collection<{ _id: string }>("users")
    .insertOne({ ...rest, email: normalizedEmail, normalizedEmail, _id: id } as never);
  const [result] = await importRows(users(), upsert("ID"), [row({ id, email: "", firstName: "Ada" })]);
  expect(result && brief(result)).toBe("UPDATED");
});

describe("the id of a deleted user", () => {
  it("is kept longer than the events that tell of it", async () => {
    const { id } = await createUser(users());
    await deleteUser(users(), id);
    await settled(server.current.db);
    await server.current.db.collection("events").deleteMany({ userIds: id });
    expect(brief((await imported(id)) as never)).toBe("REJECTED USER_ID_ALREADY_USED");
  });

  it.each(["waits in the outbox", "is in the log"])(
    "that an older server has not kept is known while its event %s",
    async (where) => {
      const { id } = await createUser(users());
      const { db } = server.current;
      if (where === "is in the log") {
        await deleteUser(users(), id);
        await settled(db);
      } else {
        // As if it had been deleted just now.
        await settled(db);
        await db.collection("events").deleteMany({ userIds: id });
        await db.collection<{ _id: string }>("users").deleteOne({ _id: id });
        await db.collection<{ _id: string }>("outbox").insertOne({
          _id: "held back",
          events: [{ type: "user.deleted", user: { id } }],
        } as never);
      }
      await db.collection<{ _id: string }>("deletedUsers").deleteOne({ _id: id });
      const result = await imported(id);
      await db.collection<{ _id: string }>("outbox").deleteOne({ _id: "held back" });
      expect(brief(result as never)).toBe("REJECTED USER_ID_ALREADY_USED");
    },
  );

  it("is kept once, also where an older server has given it again", async () => {
    const { id } = await createUser(users());
    await deleteUser(users(), id);
    const again = await createUser(users());
    const { db } = server.current;
    const document = await db.collection<{ _id: string }>("users").findOne({ _id: again.id });
    await db.collection<{ _id: string }>("users").deleteOne({ _id: again.id });
    await db.collection<{ _id: string }>("users").insertOne({ ...document, _id: id });
    await updateUser(users(), id, { firstName: "Ada" });
    await deleteUser(users(), id);
    expect(await db.collection<{ _id: string }>("deletedUsers").countDocuments({ _id: id })).toBe(1);
  });

  it("is not given by an import that runs beside the deletion", async () => {
    const other = await server.current.another();
    for (let i = 0; i < 10; i++) {
      const { id } = await createUser(users());
      const [, results] = await Promise.all([
        deleteUser(users(), id),
        importRows(other.users, createOnly, [row({ id })]),
      ]);
      expect(results.map(brief)).toEqual(["REJECTED USER_ID_ALREADY_USED"]);
    }
  });
});

it("a deleted user comes back without the id", async () => {
  const { id, email } = await createUser(users(), { externalId: newKey() });
  await deleteUser(users(), id);
  const [result] = await importRows(users(), createOnly, [row({ email })]);
  expect(result && brief(result)).toBe("CREATED");
  expect(result?.userId).not.toBe(id);
});

it("ids that nobody has had are taken", async () => {
  const ids = Array.from({ length: 1_000 }, () => newId("user"));
  const results = await importRows(
    users(),
    createOnly,
    ids.map((id) => row({ id })),
  );
  expect(results.map(({ userId }) => userId)).toEqual(ids);
});
