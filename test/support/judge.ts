import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "mongodb";
import { expect } from "vitest";
import type { Event } from "../../gen/ts/roster/v1/event.js";
import type { Reader } from "./event-reader.js";
import type { Writer } from "./event-writer.js";
import { userOf } from "./events.js";

/**
 * Compares what writers were told was done, what readers saw, and what is stored: every reader saw the same events, once, in
 * one order, one for each change, and all that was acknowledged. Closes the readers, and returns the events.
 */
export const judge = async (
  db: Db,
  reading: readonly Reader[],
  writing: readonly Pick<Writer, "acknowledged">[],
): Promise<Event[]> => {
  const acknowledged = writing.flatMap((writer) => writer.acknowledged);
  expect(acknowledged.length).toBeGreaterThan(100);
  while ((await db.collection("outbox").countDocuments()) > 0) await sleep(50);
  const [newest] = await db.collection<{ _id: number; last: string }>("events").find().sort({ _id: -1 }).toArray();
  const users = await db.collection<{ _id: string; revision: number }>("users").find().toArray();
  const stored = new Map(users.map((user) => [user._id, BigInt(user.revision)]));
  for (const reader of reading) await reader.readUpTo(newest?.last as string);

  const [events = [], ...others] = reading.map((reader) => reader.close());
  const ids = events.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].toSorted());
  for (const other of others) expect(other.map(({ id }) => id)).toEqual(ids);

  // In the order of the revisions, none left out, and nothing behind a deletion.
  const last = new Map<string, Event>();
  for (const event of events) {
    const user = userOf(event);
    const before = last.get(user.id);
    const expected =
      before === undefined ? "user.created" : event.type === "user.deleted" ? "user.deleted" : "user.updated";
    expect(event.type).toBe(expected);
    if (before) expect(before.type).not.toBe("user.deleted");
    const revision = before === undefined ? 1n : userOf(before).revision + (event.type === "user.deleted" ? 0n : 1n);
    expect(user.revision).toBe(revision);
    last.set(user.id, event);
  }

  // What is stored is what the last event says, and every acknowledged change is among the events.
  const surviving = [...last].filter(([, { type }]) => type !== "user.deleted");
  expect(new Map(surviving.map(([id, event]) => [id, userOf(event).revision]))).toEqual(stored);
  const seen = new Set(events.map((event) => `${event.type} ${userOf(event).id} ${userOf(event).revision}`));
  expect(acknowledged.filter((change) => !seen.has(change))).toEqual([]);
  return events;
};
