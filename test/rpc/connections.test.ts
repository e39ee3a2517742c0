import { once } from "node:events";
import { connect } from "node:http2";
import { Metadata } from "@grpc/grpc-js";
import { describe, expect, it } from "vitest";
import { call, seenError } from "../support/call.js";
import { openCall } from "../support/half-call.js";
import { frame } from "../support/http2.js";
import { useServer } from "../support/server.js";
import { createUser, newKey } from "../support/users.js";

describe("a connection that has come of age", () => {
  const server = useServer({ env: { ROSTER_MAX_CONNECTION_AGE: "1s" } });

  it("is told to go away, and no call is lost; after as long again it is closed", async () => {
    const { users, address, db } = server.current;
    const session = connect(`http://${address}`).on("error", () => {});
    const closed = once(session, "close");
    const watch = openCall(session, "/roster.v1.EventService/WatchEvents");
    watch.stream.end(frame(new Uint8Array()));
    const away = new AbortController();
    const goaway = once(session, "goaway").then(([code]) => {
      away.abort();
      return code;
    });
    const work = async () => {
      let done = 0;
      // Goes on after the first connections have come of age.
      for (let rest = 50; !away.signal.aborted || rest > 0; done++) {
        if (away.signal.aborted) rest -= 1;
        await createUser(users, { requestId: newKey() });
      }
      return done;
    };
    const done = await Promise.all(Array.from({ length: 5 }, work));
    expect(await goaway).toBe(0);
    expect(await db.collection("users").countDocuments()).toBe(done.reduce((sum, count) => sum + count, 0));
    await closed;
  });
});

describe("a client", () => {
  const server = useServer({ env: { ROSTER_MAX_CONCURRENT_STREAMS: "10" } });

  it("is told how many calls it may have at a time", async () => {
    const session = connect(`http://${server.current.address}`);
    await once(session, "remoteSettings");
    expect(session.remoteSettings.maxConcurrentStreams).toBe(10);
    session.destroy();
  });

  it("may ask for more at a time than the server takes: the rest waits", async () => {
    const { users } = server.current;
    const created = await Promise.all(Array.from({ length: 200 }, () => createUser(users)));
    expect(new Set(created.map(({ id }) => id)).size).toBe(200);
  });

  it("that sends headers without measure is refused, and nobody else", async () => {
    const { users, connect: connectClient } = server.current;
    const { id } = await createUser(users);
    const metadata = new Metadata();
    metadata.set("x-much", "x".repeat(200_000));
    const client = connectClient();
    const error = await new Promise((resolve) => {
      client.getUser({ id }, metadata, { deadline: Date.now() + 5_000 }, resolve);
    });
    expect(seenError(error).message).toMatch(/^Received RST_STREAM/);
    expect(await call(users.getUser.bind(users), { id })).toMatchObject({ user: { id } });
  });
});
