import { beforeEach, describe, expect, it } from "vitest";
import type { Lookup, Mutation } from "../../src/directory/commit/mutation.js";
import { type Draft, WorkingSet } from "../../src/directory/commit/working-set.js";
import { NotLoaded } from "../../src/directory/commit/working-table.js";
import type { RosterError } from "../../src/directory/error.js";
import { ErrorReason } from "../../src/directory/error.js";
import type { User } from "../../src/directory/user.js";
import { clock } from "../support/clock.js";

const time = new Date("2026-01-02T03:04:05.678Z");

const user = (id: string, given: Partial<User> = {}): User => {
  const email = given.email ?? `${id}@example.com`;
  const plain = { emailVerified: false, metadata: {}, createdAt: time, updatedAt: time, revision: 1 };
  return { id, email, normalizedEmail: email, ...plain, ...given };
};

const lookup = (key: string, value: string): Lookup => ({ table: "users", key, value });
const lookups = [
  ...["a", "b", "c"].map((id) => lookup("id", id)),
  ...["1", "2"].map((externalId) => lookup("externalId", externalId)),
];

const a = user("a", { externalId: "1", revision: 5 });
const b = user("b");
let working: WorkingSet;

beforeEach(() => {
  working = new WorkingSet(clock);
  working.add(lookups, { users: [a, b] });
});

const attempt = <Result>(apply: (draft: Draft) => Result): Result =>
  working.attempt({ lookups, apply } satisfies Mutation<Result>);

const change = (id: string, given: Partial<User>) =>
  attempt(({ users }) => users.put({ ...(users.find("id", id) as User), ...given }));

const refusal = (run: () => unknown): ErrorReason | undefined => {
  try {
    run();
  } catch (error) {
    return (error as RosterError).reason;
  }
  return undefined;
};

const move = ({ users, tell }: Draft) => {
  tell({ type: "authentication.password_failed", authentication: { email: "a@example.com" } });
  users.put({ ...a, name: "A" });
  return users.find("externalId", "3");
};

describe("a working set", () => {
  it("finds what was loaded, by every key that was looked up", () => {
    attempt(({ users }) => {
      expect(users.find("id", "a")).toBe(a);
      expect(users.find("externalId", "1")).toBe(a);
      expect(users.find("externalId", "2")).toBeUndefined();
      expect(users.find("id", "c")).toBeUndefined();
    });
    expect(working.events).toEqual([]);
    expect(working.writes).toEqual([]);
  });

  it("asks for what was not loaded, and leaves no trace of the mutation until it is added", () => {
    let asked: unknown;
    try {
      attempt(move);
    } catch (error) {
      asked = error;
    }
    expect(asked).toBeInstanceOf(NotLoaded);
    expect((asked as NotLoaded).lookups).toEqual([lookup("externalId", "3")]);
    expect(working.events).toEqual([]);
    expect(working.writes).toEqual([]);
    const d = user("d", { externalId: "3" });
    working.add([lookup("externalId", "3")], { users: [d] });
    expect(attempt(move)).toBe(d);
    expect(working.events.map(({ type }) => type)).toEqual(["user.updated", "authentication.password_failed"]);
  });

  it("keeps what mutations made of an object when it is found once more", () => {
    change("a", { externalId: "2" });
    working.add([lookup("externalId", "9")], { users: [a] });
    attempt(({ users }) => {
      expect(users.find("externalId", "1")).toBeUndefined();
      expect(users.find("externalId", "2")).toMatchObject({ id: "a" });
    });
  });

  it("counts the revision up by one with each mutation, whatever the mutation says", () => {
    expect(change("a", { name: "A", revision: 99 }).revision).toBe(6);
    expect(change("a", { name: "B" }).revision).toBe(7);
    expect(attempt(({ users }) => users.put(user("c", { revision: 42 }))).revision).toBe(1);
    expect(
      attempt(({ users }) => {
        users.put({ ...b, name: "first" });
        return users.put({ ...b, name: "second" });
      }).revision,
    ).toBe(2);
  });

  it("keeps the revision of what is amended, and tells nothing of it", () => {
    const lastSignInAt = new Date("2026-02-03T04:05:06.789Z");
    const amend = () =>
      attempt(({ users }) => users.amend({ ...(users.find("id", "a") as User), lastSignInAt, revision: 99 }));
    expect(amend()).toEqual({ ...a, lastSignInAt });
    expect(working.events).toEqual([]);
    expect(working.writes).toEqual([{ table: "users", before: a, after: { ...a, lastSignInAt } }]);
    expect(change("a", { name: "A" })).toEqual({ ...a, lastSignInAt, name: "A", revision: 6 });
    expect(amend().revision).toBe(6);
    expect(working.events).toMatchObject([{ type: "user.updated", previousAttributes: { name: null } }]);
    expect(working.writes).toEqual([
      { table: "users", before: a, after: { ...a, lastSignInAt, name: "A", revision: 6 } },
    ]);
  });

  it("tells nothing of a change of which nothing is listed", () => {
    expect(change("a", { updatedAt: new Date() }).revision).toBe(6);
    expect(working.events).toEqual([]);
    expect(working.writes).toHaveLength(1);
  });

  it("shows a later mutation what an earlier one did", () => {
    change("a", { name: "A", externalId: "2" });
    attempt(({ users }) => {
      users.remove("b");
    });
    attempt(({ users }) => {
      expect(users.find("externalId", "2")).toMatchObject({ id: "a", name: "A", revision: 6 });
      expect(users.find("externalId", "1")).toBeUndefined();
      expect(users.find("id", "b")).toBeUndefined();
    });
  });

  it("keeps no trace of a mutation that was refused", () => {
    const refused = refusal(() =>
      attempt(({ users }) => {
        users.put({ ...a, externalId: "2" });
        users.put({ ...b, externalId: "1" });
        users.remove("a");
        users.put(user("c", { email: "b@example.com" }));
      }),
    );
    expect(refused).toBe(ErrorReason.EMAIL_NOT_AVAILABLE);
    expect(working.events).toEqual([]);
    expect(working.writes).toEqual([]);
    attempt(({ users }) => {
      expect(users.find("id", "a")).toBe(a);
      expect(users.find("externalId", "1")).toBe(a);
      expect(users.find("externalId", "2")).toBeUndefined();
      expect(users.find("id", "c")).toBeUndefined();
    });
  });

  it("refuses a value that another object has, from the database or from an earlier mutation", () => {
    expect(refusal(() => change("b", { externalId: "1" }))).toBe(ErrorReason.EXTERNAL_ID_ALREADY_USED);
    change("b", { externalId: "2" });
    expect(refusal(() => change("a", { externalId: "2" }))).toBe(ErrorReason.EXTERNAL_ID_ALREADY_USED);
    expect(change("b", { externalId: "2", name: "B" }).revision).toBe(3);
  });

  it("lets a value be given up and taken by another object", () => {
    const { externalId: _removed, ...without } = a;
    attempt(({ users }) => users.put(without));
    change("b", { externalId: "1" });
    attempt(({ users }) => {
      expect(users.find("externalId", "1")?.id).toBe("b");
    });
    expect(working.writes.map(({ after }) => after?.id)).toEqual(["a", "b"]);
  });

  it("lets a value of a removed object be taken, and a removed object come back", () => {
    attempt(({ users }) => users.remove("a"));
    expect(change("b", { externalId: "1" }).revision).toBe(2);
    expect(refusal(() => attempt(({ users }) => users.put(a)))).toBe(ErrorReason.EXTERNAL_ID_ALREADY_USED);
    expect(attempt(({ users }) => users.put({ ...a, externalId: "2" })).revision).toBe(1);
  });

  it("gives one event for each object of a mutation, in the order of the mutations", () => {
    working.attempt({
      lookups,
      request: { requestId: "request", fingerprint: "" },
      apply: ({ users }) => {
        users.put({ ...a, name: "first" });
        users.put({ ...b, name: "B" });
        users.put({ ...a, name: "second" });
      },
    });
    attempt(({ users }) => users.remove("a"));
    const changed = { ...a, name: "second", revision: 6 };
    const [type, requestId, previousAttributes] = ["user.updated", "request", { name: null }];
    expect(working.events).toEqual([
      { type, requestId, user: changed, previousAttributes },
      { type, requestId, user: { ...b, name: "B", revision: 2 }, previousAttributes },
      { type: "user.deleted", user: changed },
    ]);
  });

  it("writes the outcome of all mutations once for each object", () => {
    change("a", { name: "A" });
    change("b", { name: "B" });
    change("a", { name: "AA" });
    expect(working.writes).toEqual([
      { table: "users", before: b, after: { ...b, name: "B", revision: 2 } },
      { table: "users", before: a, after: { ...a, name: "AA", revision: 7 } },
    ]);
  });

  it("writes nothing for an object that was created and deleted", () => {
    attempt(({ users }) => users.put(user("c")));
    attempt(({ users }) => users.remove("c"));
    expect(working.events).toHaveLength(2);
    expect(working.writes).toEqual([]);
  });

  it("writes a deletion for an object that was changed and deleted", () => {
    change("a", { name: "A" });
    attempt(({ users }) => users.remove("a"));
    expect(working.writes).toEqual([{ table: "users", before: a, after: undefined }]);
  });

  it("gives no event for an object that one mutation creates and deletes", () => {
    attempt(({ users }) => {
      users.put(user("c"));
      users.remove("c");
    });
    expect(working.events).toEqual([]);
  });
});

describe("a value that was taken and is given up again", () => {
  it("is hidden by what is written, whoever changes the object", () => {
    change("b", { externalId: "2" });
    expect(working.releasesUniqueValue).toBe(false);
    change("b", { name: "B" });
    expect(working.releasesUniqueValue).toBe(false);
    change("b", { externalId: "3" });
    expect(working.releasesUniqueValue).toBe(true);
  });

  it("is hidden by the object's deletion too", () => {
    change("b", { externalId: "2" });
    attempt(({ users }) => users.remove("b"));
    expect(working.releasesUniqueValue).toBe(true);
  });

  it("is not one that the object had before", () => {
    change("a", { name: "A" });
    change("a", { externalId: "2" });
    change("b", { externalId: "1", name: "B" });
    expect(working.releasesUniqueValue).toBe(false);
  });
});
