import { once } from "node:events";
import { connect } from "node:http2";
import { describe, expect, it } from "vitest";
import { HealthCheckResponse_ServingStatus, HealthClient } from "../../gen/ts/health/v1/health.js";
import { failure } from "../support/call.js";
import { openWatch } from "../support/events.js";
import { openCall } from "../support/half-call.js";
import { frame } from "../support/http2.js";
import { useServer } from "../support/server.js";
import { createUser, getUser, idsOf, listPages, unusedId } from "../support/users.js";

const server = useServer({ env: { ROSTER_MAX_CALLS_PER_CALLER: "3" } });

describe("a caller with as many calls as it may have", () => {
  it("has no more over any connection, until one ends", async () => {
    const { address, users, connect } = server.current;
    const watches = await Promise.all([openWatch(address), openWatch(address), openWatch(address)]);
    const tooMany = {
      code: "RESOURCE_EXHAUSTED",
      message: "a caller may have 3 calls at a time on one server",
      reason: "TOO_MANY_CALLS",
      metadata: { max_calls: "3" },
      retryAfterMs: 1_000,
    };
    expect(await failure(getUser(users, unusedId()))).toMatchObject(tooMany);
    expect(await failure(getUser(connect(), unusedId()))).toMatchObject(tooMany);
    expect(await failure(openWatch(address))).toMatchObject(tooMany);
    watches[0]?.cancel();
    await expect.poll(async () => (await failure(getUser(users, unusedId()))).reason).toBe("USER_NOT_FOUND");
  });
});

describe("a caller with as many watches as it may have", () => {
  const usual = useServer({ env: { ROSTER_MAX_WATCHES_PER_CALLER: "2" } });

  it("has no more over any connection until one ends, and may do everything else", async () => {
    const { address, users, client } = usual.current;
    const [first] = await Promise.all([openWatch(address), openWatch(address)]);
    expect(await failure(openWatch(address))).toMatchObject({
      code: "RESOURCE_EXHAUSTED",
      message: "a caller may have 2 watches at a time on one server",
      reason: "TOO_MANY_CALLS",
      metadata: { max_watches: "2" },
      retryAfterMs: 1_000,
    });
    const { id } = await createUser(users);
    expect(await getUser(users, id)).toMatchObject({ id });
    const health = Array.from({ length: 5 }, () => client(HealthClient).watch({ service: "" }));
    for (const watch of health) {
      expect(await once(watch, "data")).toEqual([{ status: HealthCheckResponse_ServingStatus.SERVING }]);
    }
    for (const watch of health) watch.on("error", () => {}).cancel();
    first.cancel();
    await expect.poll(async () => (await openWatch(address)).cancel()).toBeUndefined();
  });
});

describe("a caller with as many lists under way as it may have", () => {
  const usual = useServer();

  it("waits with further ones, and with nothing else, until one of them ends", async () => {
    const { address, users } = usual.current;
    const { id } = await createUser(users);
    const session = connect(`http://${address}`, { settings: { initialWindowSize: 0 } }).on("error", () => {});
    const lists = Array.from({ length: 32 }, () => {
      const list = openCall(session, "/roster.v1.UserService/ListUsers", { read: false });
      list.stream.end(frame(new Uint8Array()));
      return list;
    });
    await Promise.all(lists.map(({ stream }) => once(stream, "response")));
    let done = false;
    const further = listPages(users).then((pages) => {
      done = true;
      return idsOf(pages);
    });
    expect(await getUser(users, id)).toMatchObject({ id });
    expect(done).toBe(false);
    lists[0]?.stream.close();
    expect(await further).toEqual([id]);
    session.destroy();
  });
});
