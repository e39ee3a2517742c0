import { afterEach, describe, expect, it, vi } from "vitest";
import { erasedEvent } from "../../src/directory/erasure.js";
import type { Event } from "../../src/directory/events/event.js";
import type { EventLog } from "../../src/directory/events/event-log.js";
import { watchEvents } from "../../src/directory/events/watch-events.js";
import { newId } from "../support/clock.js";

afterEach(() => {
  vi.useRealTimers();
});

const failures = Array.from({ length: 150 }, (): Event => {
  const authentication = { email: "ada@example.com" };
  return { id: newId("event"), type: "authentication.password_failed", createdAt: new Date(), authentication };
});

describe("a watch whose client takes no message for a while", () => {
  it.each([
    ["delivers what was erased meanwhile as it is then", 11_000, true],
    ["goes on with what it has read when the while was short", 1_000, undefined],
  ])("%s", async (_name, waitedMs, erased) => {
    vi.useFakeTimers({ toFake: ["performance"] });
    let events: readonly Event[] = failures;
    const read = async (after: string) => {
      const behind = events.filter(({ id }) => id > after);
      return behind.length > 0 ? { events: behind, end: behind.at(-1)?.id as string } : undefined;
    };
    const log = { currentTail: async () => "", reader: () => ({ read }) } as unknown as EventLog;
    const request = { after: "", types: [], userId: "", organizationId: "" };
    const watch = watchEvents(request, log, 60_000, new AbortController().signal);
    await watch.next();
    const first = (await watch.next()).value;
    events = failures.map(erasedEvent);
    vi.advanceTimersByTime(waitedMs);
    const second = (await watch.next()).value;
    await watch.return(undefined);
    const delivered = [...first.events, ...second.events];
    expect(delivered.map(({ id }: Event) => id)).toEqual(failures.map(({ id }) => id));
    expect(new Set(second.events.map((event: Event) => event.erased))).toEqual(new Set([erased]));
  });
});
