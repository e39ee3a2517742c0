import { describe, expect, it } from "vitest";
import type { Event } from "../../src/directory/events/event.js";
import type { EventLog, Stretch } from "../../src/directory/events/event-log.js";
import { watchEvents } from "../../src/directory/events/watch-events.js";
import { failure } from "../support/call.js";
import { brief, listEvents, openWatch, settled, userOf, Watch } from "../support/events.js";
import { useServer } from "../support/server.js";
import { createUser, deleteUser, everyField, newEmail, newKey, updateUser } from "../support/users.js";

const server = useServer({ env: { ROSTER_WATCH_HEARTBEAT: "200ms" } });

const watch = async (request = {}) => {
  await settled(server.current.db);
  return openWatch(server.current.address, request);
};

describe("WatchEvents", () => {
  it("tells where it starts at once, without waiting for an event", async () => {
    const first = new Watch(server.current.address);
    const { events, cursor } = await first.message();
    expect(events).toEqual([]);
    expect(cursor).toMatch(/^event_[0-9A-Z]{26}$/);
    first.cancel();
  });

  it("delivers each change with the object, the request id and what changed", async () => {
    const { users } = server.current;
    const watching = await watch();
    const requestId = newKey();
    const created = await createUser(users, { ...everyField(), requestId });
    const updated = await updateUser(users, created.id, { firstName: "", metadata: new Map([["k", "v"]]) });
    await deleteUser(users, created.id);
    const events = await watching.events(3);
    expect(events).toMatchObject([
      { type: "user.created", object: { $case: "user", value: created }, context: { requestId } },
      {
        type: "user.updated",
        object: { $case: "user", value: updated },
        context: {
          requestId: undefined,
          previousAttributes: {
            first_name: created.firstName,
            metadata: Object.fromEntries(created.metadata),
          },
        },
      },
      { type: "user.deleted", object: { $case: "user", value: updated } },
    ]);
    expect(Object.keys(events[1]?.context?.previousAttributes ?? {}).toSorted()).toEqual(["first_name", "metadata"]);
    for (const { context } of [events[0], events[2]].flatMap((event) => event ?? [])) {
      expect(context?.previousAttributes).toBeUndefined();
    }
    watching.cancel();
  });

  it("says null for what was absent, and names the email and its verification", async () => {
    const { users } = server.current;
    const watching = await watch();
    const before = await createUser(users, { emailVerified: true });
    await updateUser(users, before.id, { email: newEmail(), locale: "de" });
    const [, event] = await watching.events(2);
    expect(event?.context?.previousAttributes).toEqual({
      email: before.email,
      email_verified: true,
      locale: null,
    });
    watching.cancel();
  });

  it("has no event for a call that was refused, repeated, or changed nothing", async () => {
    const { users } = server.current;
    const watching = await watch();
    const request = { email: newEmail(), requestId: newKey() };
    const user = await createUser(users, request);
    await createUser(users, request);
    await failure(createUser(users, { email: user.email }));
    await failure(updateUser(users, user.id, { name: "x", expectedRevision: 7n }));
    await updateUser(users, user.id, { email: user.email });
    const last = await createUser(users);
    const events = await watching.events(2);
    expect(events.map((event) => userOf(event).id)).toEqual([user.id, last.id]);
    watching.cancel();
  });

  it("goes on from a cursor without gap or double", async () => {
    const { users } = server.current;
    const first = await watch();
    const { id } = await createUser(users);
    await first.events(1);
    first.cancel();
    for (const name of ["a", "b", "c"]) await updateUser(users, id, { name });
    const second = new Watch(server.current.address, { after: first.cursor });
    await updateUser(users, id, { name: "d" });
    expect((await second.events(4)).map(brief)).toEqual([2, 3, 4, 5].map((n) => `user.updated ${n}`));
    second.cancel();
  });

  it("delivers a long history and then what is new, in one order", async () => {
    const { users, address } = server.current;
    const start = await watch();
    start.cancel();
    await Promise.all(Array.from({ length: 300 }, () => createUser(users)));
    const all = new Watch(address, { after: start.cursor });
    const late = createUser(users);
    const events = await all.events(301);
    expect(events.map(userOf).at(-1)?.id).toBe((await late).id);
    const ids = events.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(301);
    expect((await listEvents(address, { after: start.cursor })).map(({ id }) => id)).toEqual(ids);
    all.cancel();
  });

  it("filters by type and by user, and moves its cursor past what does not match", async () => {
    const { users } = server.current;
    const deletions = await watch({ types: ["user.deleted"] });
    const mine = await createUser(users);
    const ofMine = await watch({ after: deletions.cursor, userId: mine.id });
    const other = await createUser(users);
    await updateUser(users, mine.id, { name: "x" });
    await deleteUser(users, other.id);
    expect((await deletions.events(1)).map((event) => userOf(event).id)).toEqual([other.id]);
    expect((await ofMine.events(2)).map(brief)).toEqual(["user.created 1", "user.updated 2"]);
    const before = deletions.cursor;
    await createUser(users);
    while (deletions.cursor === before) expect((await deletions.message()).events).toEqual([]);
    deletions.cancel();
    ofMine.cancel();
  });

  it("gives a sign of life with its cursor when nothing happens", async () => {
    const quiet = await watch({ userId: "user_00000000000000000000000000" });
    const { events, cursor } = await quiet.message();
    expect(events).toEqual([]);
    expect(cursor).toBe(quiet.cursor);
    quiet.cancel();
  });

  it.each([
    { request: { after: "event_1" }, fields: ["after"] },
    { request: { types: ["user.created", "nothing"], userId: "x" }, fields: ["types[1]", "user_id"] },
    { request: { after: "event_7ZZZZZZZZZZZZZZZZZZZZZZZZZ" }, fields: ["after"] },
  ])("refuses $request", async ({ request, fields }) => {
    const error = await failure(new Watch(server.current.address, request).message());
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", reason: "INVALID_REQUEST" });
    expect(error.violations.map(({ field }) => field)).toEqual(fields);
  });
});

const place = (n: number) => `event_${String(n).padStart(26, "0")}`;

describe("a watch", () => {
  it("gives no cursor behind events that it has not delivered, however many come in one piece", async () => {
    const authentication = { email: "ada@example.com" };
    const events = Array.from({ length: 250 }, (_, i): Event => {
      return { id: place(i + 1), createdAt: new Date(), type: "authentication.password_failed", authentication };
    });
    const left: Stretch[] = [{ events, end: place(300) }];
    const log: EventLog = {
      currentTail: async () => place(0),
      reader: () => ({ read: async () => left.shift() }),
      waitBehind: async () => {},
    };
    const request = { after: "", types: [], userId: "", organizationId: "" };
    const deliveries = watchEvents(request, log, 0, new AbortController().signal);
    const cursors: [delivered: string | undefined, cursor: string][] = [];
    for await (const { events: delivered, cursor } of deliveries) {
      cursors.push([delivered.at(-1)?.id, cursor]);
      if (cursors.length === 5) break;
    }
    expect(cursors).toEqual([
      [undefined, place(0)],
      [place(100), place(100)],
      [place(200), place(200)],
      [place(250), place(300)],
      [undefined, place(300)],
    ]);
  });
});
