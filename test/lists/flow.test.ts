import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { ListUsersRequest, type ListUsersResponse } from "../../gen/ts/roster/v1/user_service.js";
import { seenError } from "../support/call.js";
import { countFinds, openCursors, settled } from "../support/database.js";
import { callWithoutReading } from "../support/http2.js";
import { usedMemory } from "../support/memory.js";
import { useServer } from "../support/server.js";
import { createUser, deleteUser, getUser, idsOf, insertUsers, listUsers } from "../support/users.js";

const server = useServer();
const pageSize = 100;
let ids: string[];

beforeAll(async () => {
  const metadata = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`key-${i}`, "x".repeat(200)]));
  ids = (await insertUsers(server.current.db, 20_000, () => ({ metadata }))).toReversed();
});

/** Reads of a whole list: what a server that does not wait for its client would make. */
const allReads = 20_000 / pageSize;
// The client takes 16 messages ahead itself.
const stalledReads = 30;

/** A list whose client reads one page and then no more. */
const stalledList = (options = {}) => {
  const stream = listUsers(server.current.connect(), { pageSize }, options);
  const ended = new Promise<unknown>((resolve) => stream.on("error", resolve));
  const pages: ListUsersResponse[] = [];
  stream.on("data", (page: ListUsersResponse) => {
    pages.push(page);
    if (pages.length === 1) stream.pause();
  });
  return { stream, pages, ended };
};

describe("a client that does not read", () => {
  it("stops the reading from the database, and nobody else", async () => {
    const { db, users } = server.current;
    const finds = await countFinds(db);
    const { stream, pages } = stalledList();
    const reads = await settled(finds);
    expect(reads).toBeGreaterThan(0);
    expect(reads).toBeLessThan(stalledReads);

    const { id } = await createUser(users);
    expect((await getUser(users, id)).id).toBe(id);
    await deleteUser(users, id);

    stream.resume();
    await once(stream, "end");
    expect(idsOf(pages)).toEqual(ids);
    expect(await finds()).toBeGreaterThanOrEqual(allReads);
    expect(await openCursors(db)).toBe(0);
  });

  it("costs memory for a few pages: twenty such clients cost less than one list", async () => {
    const { db, address } = server.current;
    const finds = await countFinds(db);
    const before = usedMemory();
    const request = ListUsersRequest.encode(ListUsersRequest.fromPartial({ pageSize })).finish();
    const clients = Array.from({ length: 20 }, () =>
      callWithoutReading(address, "/roster.v1.UserService/ListUsers", request),
    );
    const reads = await settled(finds);
    expect(reads).toBeGreaterThanOrEqual(clients.length);
    expect(reads).toBeLessThan(clients.length * 6);
    const listBytes = ids.length * 2_000;
    expect(usedMemory() - before).toBeLessThan(listBytes);
    for (const client of clients) client.close();
    expect(await settled(finds)).toBe(reads);
  });
});

describe("a call that is over", () => {
  const ends = [
    {
      name: "cancelled while it is read",
      options: {},
      async end({ stream }: ReturnType<typeof stalledList>) {
        await once(stream, "data");
        stream.resume().once("data", () => stream.cancel());
      },
      code: "CANCELLED",
    },
    {
      name: "cancelled while it is stalled",
      options: {},
      async end({ stream }: ReturnType<typeof stalledList>) {
        await once(stream, "data");
        stream.cancel();
        stream.resume();
      },
      code: "CANCELLED",
    },
    {
      name: "over its deadline while it is stalled",
      options: { deadlineMs: 500 },
      async end({ stream }: ReturnType<typeof stalledList>) {
        await sleep(700);
        stream.resume();
      },
      code: "DEADLINE_EXCEEDED",
    },
  ];

  it.each(ends)("stops reading when $name, and leaves no cursor", async ({ options, end, code }) => {
    const { db } = server.current;
    const finds = await countFinds(db);
    const list = stalledList(options);
    await end(list);
    expect(seenError(await list.ended).code).toBe(code);
    expect(await settled(finds)).toBeLessThan(stalledReads);
    expect(await openCursors(db)).toBe(0);
  });
});
