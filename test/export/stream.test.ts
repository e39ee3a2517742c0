import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { ImportRow } from "../../gen/ts/roster/v1/import.js";
import type { ExportUsersResponse } from "../../gen/ts/roster/v1/user_service.js";
import { seenError } from "../support/call.js";
import { countFinds, openCursors, settled } from "../support/database.js";
import { Writer } from "../support/event-writer.js";
import { openWatch, userOf } from "../support/events.js";
import { exportMessages, exportRows } from "../support/exports.js";
import { callWithoutReading } from "../support/http2.js";
import { goodHash } from "../support/password-refusals.js";
import { startServer, useServer } from "../support/server.js";
import { createUser, fullMetadata, getUser, insertUsers } from "../support/users.js";

const server = useServer();

describe("an export", () => {
  it("of a directory without users is one message with a cursor", async () => {
    const empty = await startServer();
    const messages = await exportMessages(empty.users);
    expect(messages).toEqual([{ rows: [], cursor: expect.stringMatching(/^event_[0-9A-HJKMNP-TV-Z]{26}$/) }]);
    await empty.stop();
  });

  it("names the cursor in the first message only, and has every user once in the order of their ids", async () => {
    const { db, users } = server.current;
    const ids = await insertUsers(db, 3_500);
    const messages = await exportMessages(users);
    expect(messages.map(({ rows }) => rows.length)).toEqual([1_000, 1_000, 1_000, 500]);
    expect(messages.map(({ cursor }) => cursor !== "")).toEqual([true, false, false, false]);
    expect(messages.flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(ids);
  });

  it("cuts messages of large users below what clients take", async () => {
    const { db, users } = server.current;
    await insertUsers(db, 60, () => ({ metadata: fullMetadata() }));
    const sizes: number[] = [];
    const client = server.current.connect({ "grpc.max_receive_message_length": 4 * 1_024 * 1_024 });
    for (const { rows } of await exportMessages(client)) sizes.push(rows.length);
    expect(sizes.length).toBeGreaterThan(5);
    expect(sizes.reduce((sum, size) => sum + size)).toBe((await exportRows(users)).length);
    await db.collection("users").deleteMany({});
  });
});

/** A row as it was exported, of one that an event may have replaced. */
const plain = (row: ImportRow & { revision?: bigint }): ImportRow => {
  const { revision: _revision, ...rest } = row;
  return rest;
};

describe("an export and the events behind its cursor", () => {
  it("make a complete copy, whatever changes meanwhile", async () => {
    const { db, users, address } = server.current;
    await insertUsers(db, 6_000);
    const writers = Array.from({ length: 4 }, (_, i) => new Writer(`writer-${i}`, () => address));
    const until = Date.now() + 1_500;
    const writing = Promise.all(writers.map((writer) => writer.run(() => Date.now() >= until)));
    const stream = server.current.connect().exportUsers({});
    const copy = new Map<string, ImportRow & { revision?: bigint }>();
    let cursor = "";
    for await (const message of stream) {
      const { rows, cursor: named } = message as ExportUsersResponse;
      cursor ||= named;
      for (const row of rows) copy.set(row.id, row);
      // Time for changes.
      await sleep(100);
    }
    await writing;

    const last = await createUser(users);
    const watch = await openWatch(address, { after: cursor });
    for (let over = false; !over; ) {
      for (const event of (await watch.message()).events) {
        const user = userOf(event);
        const { updatedAt: _updatedAt, ...row } = user;
        if (event.type === "user.deleted") copy.delete(user.id);
        else copy.set(user.id, { ...row, password: undefined, passwordHash: undefined } as never);
        over = user.id === last.id;
      }
    }
    watch.cancel();
    const expected = await exportRows(users);
    expect([...copy.values()].map(plain).toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(expected);
  });
});

describe("a client that does not read", () => {
  it("stops the reading from the database", async () => {
    const { db, address } = server.current;
    const ids = await insertUsers(db, 30_000);
    const finds = await countFinds(db);
    const client = callWithoutReading(address, "/roster.v1.UserService/ExportUsers", new Uint8Array());
    const reads = await settled(finds);
    expect(reads).toBeGreaterThan(0);
    // Of 240 for all users and their passwords.
    expect(reads).toBeLessThan(30);
    client.close();
    expect(await settled(finds)).toBe(reads);
    expect(await openCursors(db)).toBe(0);
    expect(ids).toHaveLength(30_000);
  });

  it("and cancels, ends it", async () => {
    const stream = server.current.connect().exportUsers({});
    const ended = new Promise((resolve) => stream.on("error", resolve));
    await once(stream, "data");
    stream.cancel();
    expect(seenError(await ended).code).toBe("CANCELLED");
  });
});

describe("a user whose password changes", () => {
  it("is exported with the new one", async () => {
    const { users } = server.current;
    const { id } = await createUser(users, { passwordHash: goodHash });
    const rows = await exportRows(users);
    expect(rows.find((row) => row.id === id)?.passwordHash).toEqual(goodHash);
    expect(await getUser(users, id)).not.toHaveProperty("passwordHash");
  });
});
