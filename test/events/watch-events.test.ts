import { describe, expect, it } from "vitest";
import { useServer } from "../support/server.js";
import { createUser, updateUser } from "../support/users.js";
import { EventServiceClient, WatchEventsRequest, type WatchEventsResponse } from "../../gen/ts/roster/v1/event_service.js";
import { ChannelCredentials } from "@grpc/grpc-js";

const server = useServer();

describe("WatchEvents", () => {
  it("tells its cursor at once, then what is committed", async () => {
    const events = new EventServiceClient(server.current.address, ChannelCredentials.createInsecure());
    const stream = events.watchEvents(WatchEventsRequest.fromPartial({}));
    const it = stream[Symbol.asyncIterator]();
    const first: WatchEventsResponse = (await it.next()).value;
    expect(first.events).toEqual([]);
    const t = Date.now();
    const user = await createUser(server.current.users, { requestId: "r1" });
    console.log("created", Date.now() - t);
    const second: WatchEventsResponse = (await it.next()).value;
    console.log("delivered", Date.now() - t);
    expect(second.events).toMatchObject([{ type: "user.created", object: { $case: "user", value: user } }]);
    const changed = await updateUser(server.current.users, user.id, { firstName: "B" });
    const third: WatchEventsResponse = (await it.next()).value;
    expect(third.events).toMatchObject([
      { type: "user.updated", object: { $case: "user", value: changed }, context: { previousAttributes: { first_name: null } } },
    ]);
    const lat: number[] = [];
    for (let i = 0; i < 50; i++) {
      await createUser(server.current.users);
      const t = performance.now();
      await it.next();
      lat.push(performance.now() - t);
      await new Promise((r) => setTimeout(r, 20));
    }
    lat.sort((a, b) => a - b);
    console.log("p50", lat[25], "p99", lat[49]);
    stream.on("error", () => {});
    stream.cancel();
    events.close();
  });
});
