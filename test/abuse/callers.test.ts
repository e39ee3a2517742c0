import { once } from "node:events";
import { connect } from "node:http2";
import { describe, expect, it } from "vitest";
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
