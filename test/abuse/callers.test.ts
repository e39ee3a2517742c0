import { describe, expect, it } from "vitest";
import { failure } from "../support/call.js";
import { openWatch } from "../support/events.js";
import { useServer } from "../support/server.js";
import { getUser, unusedId } from "../support/users.js";

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
