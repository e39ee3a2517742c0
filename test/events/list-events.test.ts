import { beforeAll, describe, expect, it } from "vitest";
import { cursorExpired, ErrorReason } from "../../src/directory/error.js";
import type { EventLog, Stretch } from "../../src/directory/events/event-log.js";
import { listEvents as listFrom } from "../../src/directory/events/list-events.js";
import { failure } from "../support/call.js";
import { brief, eventPages, listEvents } from "../support/events.js";
import { useServer } from "../support/server.js";
import { createUser, updateUser } from "../support/users.js";

const server = useServer();
let id = "";

const list = (request = {}) => listEvents(server.current.address, request);
const pages = (request = {}) => eventPages(server.current.address, request);

/** Waits until the list has as many events. */
const listed = async (count: number) => {
  while ((await list()).length < count);
};

beforeAll(async () => {
  ({ id } = await createUser(server.current.users));
  for (let n = 0; n < 9; n++) {
    await updateUser(server.current.users, id, { name: `${n}` });
    // So that not all have the same time.
    await listed(n + 2);
  }
  await createUser(server.current.users);
  await listed(11);
});

describe("ListEvents", () => {
  it("lists all events oldest first, in the order of their ids and times", async () => {
    const events = await list();
    expect(events.map(brief)).toEqual([
      "user.created 1",
      ...Array.from({ length: 9 }, (_, i) => `user.updated ${i + 2}`),
      "user.created 1",
    ]);
    const ids = events.map((event) => event.id);
    expect(ids).toEqual(ids.toSorted());
    const times = events.map(({ createdAt }) => Number(createdAt?.seconds) * 1_000 + Number(createdAt?.nanos) / 1e6);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it.each([
    { request: { pageSize: 4 }, sizes: [4, 4, 3] },
    { request: { pageSize: 11 }, sizes: [11] },
    { request: { pageSize: 10 }, sizes: [10, 1] },
    { request: { pageSize: 4, limit: 6 }, sizes: [4, 2] },
    { request: { limit: 11 }, sizes: [11] },
    { request: { limit: 100 }, sizes: [11] },
  ])("cuts $request into pages of $sizes", async ({ request, sizes }) => {
    const got = await pages(request);
    expect(got.map(({ events }) => events.length)).toEqual(sizes);
    const all = await list();
    const total = sizes.reduce((a, b) => a + b);
    // Only the page that ends the list has no cursor.
    const ends = got.map(({ events, listMetadata }) => listMetadata?.after === events.at(-1)?.id);
    expect(ends).toEqual(sizes.map((_, i) => i < sizes.length - 1 || total < all.length));
  });

  it("goes on behind a cursor", async () => {
    const all = await list();
    expect(await list({ after: all[6]?.id ?? "" })).toEqual(all.slice(7));
    const [page] = await pages({ after: all.at(-1)?.id ?? "" });
    expect(page).toEqual({ events: [], listMetadata: { before: undefined, after: undefined } });
  });

  it("refuses a cursor that is ahead of every event", async () => {
    const error = await failure(list({ after: "event_7ZZZZZZZZZZZZZZZZZZZZZZZZZ" }));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", reason: "INVALID_REQUEST" });
    expect(error.violations).toEqual([{ field: "after", description: "is ahead of every event" }]);
  });

  it("takes a range of times: from its start, up to before its end", async () => {
    const all = await list();
    const [from, to] = [all[3]?.createdAt, all[8]?.createdAt];
    const at = ({ createdAt }: (typeof all)[number]) => [createdAt?.seconds ?? 0n, createdAt?.nanos ?? 0] as const;
    const between = all.filter((event) => {
      const [seconds, nanos] = at(event);
      const notBefore = seconds > from!.seconds || (seconds === from!.seconds && nanos >= from!.nanos);
      const before = seconds < to!.seconds || (seconds === to!.seconds && nanos < to!.nanos);
      return notBefore && before;
    });
    expect(between.length).toBeGreaterThan(0);
    expect(await list({ rangeStart: from, rangeEnd: to })).toEqual(between);
    expect(await list({ rangeStart: { seconds: 0n, nanos: 0 } })).toEqual(all);
    expect(await list({ rangeStart: { seconds: 9_999_999_999n, nanos: 0 } })).toEqual([]);
    expect(await list({ rangeEnd: { seconds: 1n, nanos: 0 } })).toEqual([]);
  });

  it("filters by type and by user", async () => {
    expect((await list({ types: ["user.created"] })).map(brief)).toEqual(["user.created 1", "user.created 1"]);
    expect(await list({ userId: id })).toHaveLength(10);
    expect((await list({ userId: id, types: ["user.created"] })).map(brief)).toEqual(["user.created 1"]);
    expect(await pages({ types: ["user.deleted"] })).toEqual([
      { events: [], listMetadata: { before: undefined, after: undefined } },
    ]);
  });

  it("reads from the database what this server has not seen happen", async () => {
    const other = await server.current.another();
    expect(await listEvents(other.address)).toEqual(await list());
    expect(await listEvents(other.address, { userId: id })).toEqual(await list({ userId: id }));
    const [first] = await list({ types: ["user.created"] });
    expect(await listEvents(other.address, { after: first?.id ?? "", types: ["user.created"] })).toHaveLength(1);
  });

  it("names every field at fault", async () => {
    const error = await failure(
      list({
        pageSize: 1_001,
        limit: -1,
        after: "x",
        rangeStart: { seconds: 2n, nanos: 0 },
        rangeEnd: { seconds: 1n, nanos: 0 },
        types: ["x"],
        userId: "y",
      }),
    );
    expect(error.violations.map(({ field }) => field)).toEqual([
      "after",
      "types[0]",
      "user_id",
      "page_size",
      "limit",
      "range_start",
      "range_end",
    ]);
  });

  it.each([-1n, 253_402_300_800n, 281_474_976_711n, 8_640_000_000_000n])("refuses a range at %d s", async (seconds) => {
    const time = { seconds, nanos: 0 };
    const error = await failure(list({ rangeStart: time, rangeEnd: time }));
    expect(error.reason).toBe("INVALID_REQUEST");
    expect(error.violations.map(({ field }) => field)).toEqual(["range_start", "range_end"]);
  });
});

const place = (n: number) => `event_${String(n).padStart(26, "0")}`;

describe("a list of events", () => {
  it("ends with CURSOR_EXPIRED where events behind those that it has delivered are dropped", async () => {
    const stretches: Stretch[] = [1, 9].map((n) => ({ events: [], end: place(n) }));
    const log: EventLog = {
      currentTail: async () => place(9),
      reader: () => ({
        async read(after, orLater) {
          if (after !== place(0) && !orLater) throw cursorExpired(after);
          return stretches.shift();
        },
      }),
      waitBehind: async () => {},
    };
    const request = { after: "", types: [], userId: "", organizationId: "", pageSize: 1, limit: 0 };
    const range = { rangeStart: undefined, rangeEnd: undefined };
    const all = listFrom({ ...request, ...range }, log, new AbortController().signal);
    await expect(all.next()).rejects.toMatchObject({ reason: ErrorReason.CURSOR_EXPIRED });
  });
});
