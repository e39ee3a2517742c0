import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { seenError } from "../support/call.js";
import { settled } from "../support/database.js";
import { allEvents } from "../support/events.js";
import { brief, createOnly, ImportCall, importRows, newRows, row, tally, upsert } from "../support/imports.js";
import { useServer } from "../support/server.js";
import { newEmail, newKey } from "../support/users.js";

const server = useServer();

const countUsers = (filter = {}) => server.current.db.collection("users").countDocuments(filter);

describe("results", () => {
  it("come while rows still come", async () => {
    const call = new ImportCall(server.current.users, createOnly);
    for (let sent = 1; sent <= 5; sent++) {
      call.send(newRows(1));
      expect(await call.resultsUpTo(sent)).toHaveLength(sent);
    }
    call.send(newRows(1_000));
    expect(await call.resultsUpTo(1_005)).toHaveLength(1_005);
    expect(tally(await call.finish())).toEqual({ CREATED: 1_005 });
  });
});

describe("a client that sends without reading", () => {
  const perMessage = 200;
  const messages = 200;
  // 3,000 rows at work, 16 messages that the client's stream takes in, and some megabytes that are on their way.
  const bound = 25_000;

  it("is stopped, and gets all results when it reads", async () => {
    const mark = newKey();
    const { users } = server.current;
    const call = new ImportCall(users, createOnly);
    // Every row is rejected with a long answer, or the answers of all would fit into what is on its way.
    call.stream.pause();
    const long = "x".repeat(400);
    let taken = 0;
    const sending = (async () => {
      for (let i = 0; i < messages; i++) {
        const rows = newRows(perMessage, { metadata: new Map([[long, ""]]) });
        rows[0] = row({ lastName: mark });
        if (!call.send(rows)) await new Promise((resolve) => call.stream.once("drain", resolve));
        taken += perMessage;
      }
    })();
    const stoppedAt = await settled(async () => taken);
    expect(stoppedAt).toBeLessThan(bound);
    expect(await countUsers({ lastName: mark })).toBeLessThanOrEqual(stoppedAt / perMessage);

    call.stream.resume();
    await sending;
    const results = await call.finish();
    expect(tally(results)).toEqual({
      CREATED: messages,
      "REJECTED INVALID_REQUEST": messages * (perMessage - 1),
    });
    expect(results.map((result) => Number(result.row))).toEqual(results.map((_, i) => i + 1));
  });
});

describe("a call that is cancelled", () => {
  it("leaves whole rows with their events, and the rest goes on with UPSERT", async () => {
    const { users } = server.current;
    const mark = newKey();
    const rows = newRows(10_000, { lastName: mark });
    const call = new ImportCall(users, upsert("EXTERNAL_ID"));
    for (let i = 0; i < rows.length; i += 500) call.send(rows.slice(i, i + 500));
    await call.resultsUpTo(1_000);
    call.stream.cancel();
    expect(seenError(await call.ended).code).toBe("CANCELLED");
    const written = await settled(() => countUsers({ lastName: mark }));
    expect(written).toBeGreaterThanOrEqual(call.results.length);
    expect(written).toBeLessThan(rows.length);

    const events = await allEvents(server.current, { types: ["user.created"] });
    const told = events.filter(({ object }) => object?.$case === "user" && object.value.lastName === mark);
    expect(told).toHaveLength(written);

    const again = await importRows(users, upsert("EXTERNAL_ID"), rows);
    // The first ones, because rows are written in their order.
    expect(again.map(brief)).toEqual(rows.map((_, i) => (i < written ? "UNCHANGED" : "CREATED")));
  });

  it("waits for nobody when it waits for rows", async () => {
    const call = new ImportCall(server.current.users, createOnly);
    call.send(newRows(1));
    await call.resultsUpTo(1);
    call.stream.cancel();
    expect(seenError(await call.ended).code).toBe("CANCELLED");
  });

  it("ends by its deadline, too", async () => {
    const { users } = server.current;
    const stream = users.importUsers({ deadline: Date.now() + 500 });
    const ended = new Promise((resolve) => stream.on("error", resolve));
    stream.resume();
    stream.write({ options: createOnly, rows: newRows(1) });
    expect(seenError(await ended).code).toBe("DEADLINE_EXCEEDED");
  });
});

describe("an import and single calls at once", () => {
  it("do not keep each other from their users", async () => {
    const { users } = server.current;
    const shared = Array.from({ length: 50 }, newEmail);
    const rows = newRows(2_000).map((each, i) => (i % 40 === 0 ? { ...each, email: shared[i / 40] as string } : each));
    const importing = importRows(users, createOnly, rows, { perMessage: 100 });
    const single = await Promise.all(
      shared.map(async (email, i) => {
        await sleep(i * 2);
        const results = await importRows(users, createOnly, [row({ email })]);
        return brief(results[0] as never) === "CREATED";
      }),
    );
    const results = await importing;
    const winners = single.map((won, i) => [won, brief(results[i * 40] as never) === "CREATED"]);
    for (const pair of winners) expect(pair.filter(Boolean)).toHaveLength(1);
    expect(results.filter((_, i) => i % 40 !== 0).every((result) => brief(result) === "CREATED")).toBe(true);
  });
});
