import { EventEmitter, once } from "node:events";
import { setImmediate as nextPhase } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { firstCursor } from "../../src/directory/events/event.js";
import { foreground } from "../../src/foreground.js";
import type { LogEntry } from "../../src/mongo/events/log-entries.js";
import { LogTail } from "../../src/mongo/events/log-tail.js";

const eventIdOf = (entry: number) => `event_${String(entry).padStart(26, "0")}`;

const entryOf = (entry: number): LogEntry => ({
  after: entry === 1 ? firstCursor : eventIdOf(entry - 1),
  end: { entry, eventId: eventIdOf(entry) },
  events: [],
  bytes: 100,
});

const never = new AbortController().signal;

/** Watches that wait for the first entry, with their numbers in the order in which they are woken. */
const startWatches = (tail: LogTail, count: number) => {
  const woken: number[] = [];
  const waits = Array.from({ length: count }, (_, i) =>
    tail.waitAfter(firstCursor, 60_000, never).then(() => {
      woken.push(i);
    }),
  );
  return { woken, all: Promise.all(waits) };
};

/** A read of a single object that is under way until it is finished. */
const startRead = () => {
  const under = new EventEmitter();
  const read = foreground.read(() => once(under, "finished"));
  return {
    async finish() {
      under.emit("finished");
      await read;
    },
  };
};

describe("the end of the log, when an entry is added", () => {
  it("wakes a few watches at once, and the others when reads of single objects have had their turn", async () => {
    const tail = new LogTail();
    const { woken, all } = startWatches(tail, 100);
    const read = startRead();
    tail.add([entryOf(1)]);
    await nextPhase();
    expect(woken).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    await read.finish();
    await all;
    expect(woken).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it("wakes all of them while reads are without end", async () => {
    const tail = new LogTail();
    const { woken, all } = startWatches(tail, 100);
    const read = startRead();
    tail.add([entryOf(1)]);
    await all;
    expect(woken).toHaveLength(100);
    await read.finish();
  });

  it("wakes those who wait for a later one, when it is added while others are being woken", async () => {
    const tail = new LogTail();
    const first = startWatches(tail, 50);
    const later = tail.waitAfter(eventIdOf(1), 60_000, never);
    tail.add([entryOf(1)]);
    tail.add([entryOf(2)]);
    await Promise.all([first.all, later]);
    expect(first.woken).toHaveLength(50);
  });
});
