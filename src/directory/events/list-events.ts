import { FieldChecker } from "../field-checker.js";
import { ulidAt } from "../id.js";
import { type Event, eventIdPrefix, firstCursor } from "./event.js";
import type { EventFilter, EventLog, EventReader } from "./event-log.js";
import { checkFilter, type FilterRequest } from "./filter.js";
import { pagesOf } from "./page.js";

/** What `ListEvents` takes. Zeros are the same as absent. */
export interface ListEvents extends FilterRequest {
  readonly pageSize: number;
  readonly limit: number;
  readonly rangeStart: Date | undefined;
  readonly rangeEnd: Date | undefined;
}

/** One page of a list of events, with the cursor of its end, which is absent where the list ends. */
export interface EventPage {
  readonly events: readonly Event[];
  readonly after?: string;
}

const defaultPageSize = 100;

/** Checks the request and returns the pages, up to the newest event at the time. */
export const listEvents = (request: ListEvents, log: EventLog, signal: AbortSignal): AsyncGenerator<EventPage> => {
  const check = new FieldChecker();
  const filter = checkFilter(check, request);
  if (request.pageSize !== 0) check.range("page_size", request.pageSize, 1, 1_000);
  if (request.limit < 0) check.fail("limit", "must not be negative");
  const { after, rangeStart, rangeEnd } = request;
  for (const [field, time] of [["range_start", rangeStart] as const, ["range_end", rangeEnd] as const]) {
    if (time && !(time.getTime() >= 0)) check.fail(field, "must be a time from 1970 on");
  }
  if (rangeStart && after !== "") check.fail("range_start", "must not be given together with after");
  if (rangeStart && rangeEnd && rangeEnd < rangeStart) check.fail("range_end", "must not be before range_start");
  check.done();

  return pages(log, filter, request, signal);
};

// Ids begin with the time of their event, so a time is a place in the log.
const placeAt = (time: Date): string => `${eventIdPrefix}_${ulidAt(time)}`;

async function* pages(
  log: EventLog,
  filter: EventFilter,
  { after, rangeStart, rangeEnd, pageSize, limit }: ListEvents,
  signal: AbortSignal,
): AsyncGenerator<EventPage> {
  const tail = await log.currentTail(signal);
  const start = after || (rangeStart ? placeAt(rangeStart) : firstCursor);
  const stop = rangeEnd && placeAt(rangeEnd) < tail ? placeAt(rangeEnd) : tail;
  const reader = log.reader(filter, signal);
  let left = limit || Number.POSITIVE_INFINITY;
  let waiting: readonly Event[] = [];
  // The log judges a cursor, also one behind which there is nothing to be read.
  if (after !== "" && start >= stop) await reader.read(start);
  for await (const events of stretches(reader, start, stop, after === "")) {
    waiting = [...waiting, ...events];
    // An event that is kept back proves that the page before it is not the last one.
    for (;;) {
      const size = Math.min(pageSize || defaultPageSize, left);
      if (waiting.length <= size) break;
      const [page = []] = pagesOf(waiting, size);
      yield withCursor(page);
      left -= page.length;
      if (left === 0) return;
      waiting = waiting.slice(page.length);
    }
  }
  const rest = [...pagesOf(waiting, waiting.length)];
  for (const page of rest.slice(0, -1)) yield withCursor(page);
  yield { events: rest.at(-1) ?? [] };
}

async function* stretches(
  reader: EventReader,
  start: string,
  stop: string,
  orLater: boolean,
): AsyncGenerator<readonly Event[]> {
  for (let place = start; place < stop; ) {
    const stretch = await reader.read(place, orLater && place === start);
    if (stretch === undefined) return;
    yield stretch.events.filter(({ id }) => id <= stop);
    place = stretch.end;
  }
}

const withCursor = (events: readonly Event[]): EventPage => {
  const after = events.at(-1)?.id;
  return { events, ...(after !== undefined && { after }) };
};
