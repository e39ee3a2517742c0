import * as v1 from "../../../gen/ts/roster/v1/event_service.js";
import type { Directory } from "../../directory/directory.js";
import type { Adapter } from "../adapter.js";
import { type Method, method } from "../service.js";
import { toDate } from "../timestamp.js";
import { toEventMessage, watchResponse } from "./event-message.js";

/** `roster.v1.EventService`. */
export const eventService = (directory: Directory, adapter: Adapter): Record<keyof v1.EventServiceService, Method> => ({
  listEvents: method(
    v1.ListEventsRequest,
    v1.ListEventsResponse,
    adapter.serverStream("lookup", async function* (request: v1.ListEventsRequest, call) {
      const range = { rangeStart: toDate(request.rangeStart), rangeEnd: toDate(request.rangeEnd) };
      const pages = directory.listEvents({ ...request, ...range }, call.signal);
      for await (const { events, after } of pages) {
        yield { events: events.map(toEventMessage), listMetadata: { before: undefined, after } };
      }
    }),
  ),
  watchEvents: method(
    v1.WatchEventsRequest,
    watchResponse,
    adapter.serverStream("watch", (request: v1.WatchEventsRequest, call) =>
      directory.watchEvents(request, call.signal),
    ),
  ),
});
