import { beforeAll, describe, expect, it } from "vitest";
import { trimLog } from "../../src/mongo/events/trim.js";
import { failure } from "../support/call.js";
import { listEvents, openWatch, userOf, Watch } from "../support/events.js";
import { startServer, type TestServer, useServer } from "../support/server.js";
import { createUser } from "../support/users.js";

const server = useServer();
/** Started when the first events were gone already. */
let later: TestServer;
let beforeAllEvents = "";
let kept: string[] = [];

beforeAll(async () => {
  const { users, address, db } = server.current;
  const watch = await openWatch(address);
  beforeAllEvents = watch.cursor;
  for (let n = 0; n < 4; n++) {
    await createUser(users);
    kept = (await watch.events(1)).map(({ id }) => id);
  }
  watch.cancel();
  await trimLog(db, new Date(Date.now() + 1_000));
  later = await server.current.another();
});

describe("events beyond their retention time", () => {
  it("are gone, but the newest ones stay whatever their age", async () => {
    expect((await listEvents(later.address)).map(({ id }) => id)).toEqual(kept);
  });

  it.each(["WatchEvents", "ListEvents"])("%s refuses a cursor that they are behind", async (name) => {
    const call =
      name === "WatchEvents"
        ? new Watch(later.address, { after: beforeAllEvents }).message()
        : listEvents(later.address, { after: beforeAllEvents });
    expect(await failure(call)).toMatchObject({
      code: "OUT_OF_RANGE",
      reason: "CURSOR_EXPIRED",
      message: "the cursor is from before the oldest event that is kept; list the users and watch from now",
      metadata: { after: beforeAllEvents },
    });
  });

  it("do not hinder a range of times that begins before them", async () => {
    const events = await listEvents(later.address, { rangeStart: { seconds: 0n, nanos: 0 } });
    expect(events.map(({ id }) => id)).toEqual(kept);
  });

  it("do not come back: a server that starts on what is left goes on behind it", async () => {
    const { db } = server.current;
    const watch = await openWatch(later.address, { after: kept[0] ?? "" });
    const user = await createUser(later.users);
    const [event] = await watch.events(1);
    expect(event && userOf(event).id).toBe(user.id);
    expect(event!.id > (kept[0] ?? "")).toBe(true);
    expect(await db.collection("outbox").countDocuments()).toBe(0);
    watch.cancel();
  });
});

describe("a directory without events", () => {
  it("has an empty list and a watch that starts in front of the first event", async () => {
    const empty = await startServer();
    expect(await listEvents(empty.address)).toEqual([]);
    const watch = await openWatch(empty.address);
    expect(watch.cursor).toBe("event_00000000000000000000000000");
    await createUser(empty.users);
    expect(await watch.events(1)).toHaveLength(1);
    watch.cancel();
    await empty.stop();
  });
});
