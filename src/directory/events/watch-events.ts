import { FieldChecker } from "../field-checker.js";
import type { Event } from "./event.js";
import type { EventLog } from "./event-log.js";
import { checkFilter, type FilterRequest } from "./filter.js";
import { pagesOf } from "./page.js";

/** What a watch delivers: events or a sign of life, and the place up to which everything was delivered. */
export interface Delivery {
  readonly events: readonly Event[];
  readonly cursor: string;
}

const pageSize = 100;
/** For how long events that were read are delivered to a slow client: then they are read anew, as some may be erased. */
const freshMs = 10_000;

/** Checks the request and returns what it delivers, without end. Reads the log only as fast as deliveries are taken. */
export const watchEvents = (
  request: FilterRequest,
  log: EventLog,
  heartbeatMs: number,
  signal: AbortSignal,
): AsyncGenerator<Delivery> => {
  const check = new FieldChecker();
  const filter = checkFilter(check, request);
  check.done();

  return (async function* () {
    // A place given by another server may be ahead of what is known here, so it is the log that judges it.
    let cursor = request.after || (await log.currentTail(signal));
    const reader = log.reader(filter, signal);
    let stretch = await reader.read(cursor);
    yield { events: [], cursor };
    let deliveredAt = performance.now();
    let readAt = deliveredAt;
    for (;;) {
      if (stretch === undefined) {
        await log.waitBehind(cursor, deliveredAt + heartbeatMs - performance.now(), signal);
      } else {
        const last = stretch.events.at(-1);
        if (last === undefined) cursor = stretch.end;
        for (const events of pagesOf(stretch.events, pageSize)) {
          cursor = events.at(-1) === last ? stretch.end : (events.at(-1) as Event).id;
          yield { events, cursor };
          deliveredAt = performance.now();
          if (deliveredAt - readAt > freshMs) break;
        }
      }
      if (performance.now() >= deliveredAt + heartbeatMs) {
        yield { events: [], cursor };
        deliveredAt = performance.now();
      }
      stretch = await reader.read(cursor);
      readAt = performance.now();
    }
  })();
};
